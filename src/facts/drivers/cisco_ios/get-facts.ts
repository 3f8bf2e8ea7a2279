import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { readIosLines } from './ios-lines.ts';

/** Facts of IOS and IOS XE. The version is the sentence that `show version` begins with, as NAPALM has it. */
export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [version, hosts, brief] = await Promise.all([
    ask.text('show version'),
    ask.text('show hosts', { optional: true }),
    ask.text('show ip interface brief', { optional: true }),
  ]);
  const known = readVersion(version);
  if (known.os_version === '') ask.warn({ command: 'show version', reason: 'no line names the version' });
  const domain = /^Default domain is (\S{1,255})$/m.exec(hosts ?? '')?.[1];
  return {
    ...known,
    vendor: 'Cisco',
    fqdn: domain === undefined || known.hostname === '' ? known.hostname : `${known.hostname}.${domain}`,
    interface_list: [...(brief === undefined ? [] : interfacesOfBrief(ask, brief))],
  };
};

function readVersion(output: string) {
  const facts = { hostname: '', os_version: '', uptime: -1, model: '', serial_number: '' };
  for (const line of output.split('\n', 400)) {
    const text = line.slice(0, 500).trimEnd();
    const version = /^(?:Cisco )?IOS(?: \(tm\)| Software(?: \[[^\]]{1,60}\])?,) (\S.*)/.exec(text)?.[1];
    if (version !== undefined && facts.os_version === '') facts.os_version = version;
    const up = /^(\S{1,64}) uptime is (.*)/.exec(text);
    if (up !== null) {
      facts.hostname = up[1] ?? '';
      facts.uptime = readDuration(up[2] ?? '') ?? -1;
    }
    facts.model ||= /^cisco (\S+) .*bytes of (?:physical )?memory/i.exec(text)?.[1] ?? '';
    facts.serial_number ||= /^Processor board ID (\S+)/.exec(text)?.[1] ?? '';
  }
  return facts;
}

/** Names of all interfaces, in the order of `show ip interface brief`. */
export function interfacesOfBrief(ask: Parameters<typeof readIosLines>[0], output: string): readonly string[] {
  const names: string[] = [];
  readIosLines(ask, 'show ip interface brief', output, (line) => {
    if (/^Interface +IP-Address/.test(line) || /^Any interface listed with OK\?/.test(line)) return true;
    const name = /^([A-Za-z][\w./:-]*) +\S+ +(?:YES|NO) +\S+/.exec(line)?.[1];
    if (name === undefined) return false;
    names.push(name);
    return true;
  });
  return names;
}
