import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { DeviceFacts } from '../../model/device.ts';
import { readDuration } from '../../values/duration.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asNumber, asObject, asText } from '../../values/json.ts';
import { firstJson, rowsOf } from './nx-json.ts';

export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [version, inventory] = await Promise.all([
    firstJson(ask, 'show version'),
    ask.json('show inventory', { optional: true }),
  ]);
  const chassis = rowsOf(inventory, 'inv').find(({ name }) => /^"?Chassis"?$/.test(asText(name)));
  const serial = asText(chassis?.['serialnum']);
  const facts = version === undefined ? await textFacts(ask) : await jsonFacts(ask, version);
  return { ...facts, vendor: 'Cisco', serial_number: serial === '' ? facts.serial_number : serial };
};

async function jsonFacts(ask: Ask, answer: unknown): Promise<DeviceFacts> {
  const version = asObject(answer);
  const [host, interfaces] = await Promise.all([
    ask.json('show hostname', { optional: true }),
    ask.json('show interface', { optional: true }),
  ]);
  const field = (name: string): string => asText(version[name]);
  const part = (name: string): number => asNumber(version[`kern_uptm_${name}`], 0);
  const hostname = field('host_name');
  const isTimed = version['kern_uptm_days'] !== undefined;
  return {
    vendor: 'Cisco',
    hostname,
    fqdn: asText(asObject(host)['hostname']) || hostname,
    // 9.x on Nexus 9000 has `nxos_ver_str` and no other.
    os_version: field('sys_ver_str') || field('rr_sys_ver') || field('nxos_ver_str') || field('kickstart_ver_str'),
    model: field('chassis_id'),
    serial_number: field('proc_board_id'),
    uptime: isTimed ? ((part('days') * 24 + part('hrs')) * 60 + part('mins')) * 60 + part('secs') : -1,
    interface_list: rowsOf(interfaces, 'interface').map((row) => asText(row['interface'])),
  };
}

async function textFacts(ask: Ask): Promise<DeviceFacts> {
  const [version, hostname, hosts, status] = await Promise.all([
    ask.text('show version'),
    ask.text('show hostname', { optional: true }),
    ask.text('show hosts', { optional: true }),
    ask.text('show interface status', { optional: true }),
  ]);
  const facts = { os_version: '', model: '', serial_number: '', hostname: '', uptime: -1 };
  for (const line of version.split('\n', 400)) {
    const text = line.slice(0, 500).trim();
    facts.os_version = /^(?:system|NXOS): +version (\S+)/.exec(text)?.[1] ?? facts.os_version;
    facts.model ||= /^cisco (.{1,80}?) +(?:\(|[Cc]hassis$|[Cc]hassis )/.exec(text)?.[1] ?? '';
    facts.serial_number ||= /^Processor Board ID (\S+)/i.exec(text)?.[1] ?? '';
    facts.hostname ||= /^Device name: (\S+)/.exec(text)?.[1] ?? '';
    const uptime = /^Kernel uptime is (.*)/.exec(text)?.[1];
    if (uptime !== undefined) facts.uptime = readDuration(uptime) ?? -1;
  }
  if (facts.os_version === '') ask.warn({ command: 'show version', reason: 'no line names the version' });
  const model = /^cisco (\S.*?[Cc]hassis)\b/m.exec(version.slice(0, 20_000).replace(/^ +/gm, ''))?.[1];
  const full = hostname?.trim() ?? '';
  const domain = /\bDefault domain is (\S{1,255})/.exec(hosts ?? '')?.[1];
  return {
    ...facts,
    model: model ?? facts.model,
    vendor: 'Cisco',
    fqdn: full.includes('.') ? full : [facts.hostname, domain].filter(Boolean).join('.'),
    interface_list: status === undefined ? [] : interfacesOfStatus(ask, status),
  };
}

function interfacesOfStatus(ask: Ask, output: string): string[] {
  const names: string[] = [];
  readLines(ask, 'show interface status', output, (line) => {
    if (/^(?:-{10}|Port +Name)/.test(line)) return true;
    const name = /^([A-Za-z][A-Za-z-]{1,20}\d[\d/.]*) /.exec(`${line} `)?.[1];
    if (name === undefined) return /^\s/.test(line);
    names.push(longInterfaceName(name));
    return true;
  });
  return names;
}
