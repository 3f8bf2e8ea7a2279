import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readPrefix } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { withoutSecrets } from '../reading/sanitize.ts';
import { unreadable } from '../reading/unreadable.ts';
import { portNames } from './interfaces.ts';

const running = 'show running-config';
const startup = 'show configuration';

async function linesOf(ask: Ask): Promise<string[]> {
  const configuration = await ask.text(running, { timeoutMs: 120_000 });
  if (!/^(?:!|ver |end[ \r]*$)/m.test(configuration)) throw unreadable(running, 'a configuration', configuration);
  ask.understood(running);
  return configuration.split('\n').map((line) => line.slice(0, 2000).trimEnd());
}

/** Addresses as configured; those of a switch image, which has one for itself, stand under `management`. */
export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const [lines, nameOf] = await Promise.all([linesOf(ask), portNames(ask)]);
  const addresses = new InterfaceAddresses();
  let port = 'management';
  for (const line of lines) {
    if (!line.startsWith(' ')) {
      const [, kind, number] = /^interface (\S+) (\S{1,20})/.exec(line) ?? [];
      port = kind === undefined ? 'management' : nameOf(kind === 'ethernet' ? `${number}` : `${kind} ${number}`);
    }
    const [, address, rest] = /^ ?(?:ip|ipv6) address ([0-9A-Fa-f.:]{2,45})[ /]([\d.]{1,15})\b/.exec(line) ?? [];
    if (address !== undefined) addresses.add(port, address, lengthOf(rest ?? ''));
  }
  return addresses.value;
};

/** `24`, or the mask `255.255.255.0`; undefined for a mask with holes. */
function lengthOf(text: string): number | undefined {
  if (!text.includes('.')) return Number(text);
  return Array.from({ length: 33 }, (_, bits) => bits).find((bits) => readPrefix(`0.0.0.0/${bits}`)?.mask === text);
}

/** 0 may do everything, 4 configures ports, 5 reads. */
const levels: Readonly<Record<string, number>> = { '0': 15, '4': 5, '5': 1 };

export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const users: Record<string, { level: number; password: string; sshkeys: string[] }> = {};
  for (const line of await linesOf(ask)) {
    const [, name, rest = ''] = /^username (\S{1,64}) (\S.{0,500})$/.exec(line) ?? [];
    if (name === undefined) continue;
    const user = entryOf(users, name, () => ({ level: 15, password: '', sshkeys: [] as string[] }));
    const privilege = /(?:^| )privilege (\d)/.exec(rest)?.[1];
    if (privilege !== undefined) user.level = levels[privilege] ?? 1;
    user.password = /(?:^| )(?:password|create-password)(?: \d)? (\S+)/.exec(rest)?.[1] ?? user.password;
  }
  if (Object.keys(users).length === 0) ask.note('no local user is configured');
  return users;
};

export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const [lines, nameOf] = await Promise.all([linesOf(ask), portNames(ask)]);
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let vlan: { name: string; interfaces: string[] } | undefined;
  for (const line of lines) {
    if (!line.startsWith(' ')) {
      const [, id, name = ''] = /^vlan (\d{1,4})(?: name (\S.{0,63}?))?(?: by port)?$/.exec(line) ?? [];
      vlan = id === undefined ? undefined : entryOf(vlans, id, () => ({ name, interfaces: [] as string[] }));
    }
    const ports = /^ (?:tagged|untagged) (\S.*)$/.exec(line)?.[1];
    if (vlan !== undefined && ports !== undefined) vlan.interfaces.push(...portsIn(ports).map(nameOf));
  }
  return vlans;
};

/** `ethe 1/1/3 to 1/1/5 ethe 1/1/7 lag 1`. */
function portsIn(text: string): string[] {
  const found = text.matchAll(/\b(ethe(?:rnet)?|lag) ([\d/]{1,12})(?: to ([\d/]{1,12}))?/g);
  return [...found].flatMap(([, kind = '', first = '', last = first]) => {
    const prefix = first.slice(0, first.lastIndexOf('/') + 1);
    const from = Number(first.slice(prefix.length));
    const length = Math.min(Number(last.slice(last.lastIndexOf('/') + 1)) - from + 1, 1000);
    const name = kind === 'lag' ? 'lag ' : '';
    return length < 1 ? [] : Array.from({ length }, (_, at) => `${name}${prefix}${from + at}`);
  });
}

const around = /^(?:Current configuration:|Startup-config data location is .*|!?Startup configuration:)$/gm;

export const getConfig: ReadFacts<'get_config'> = async (ask, { retrieve, sanitized }) => {
  const wants = (which: string): boolean => retrieve === 'all' || retrieve === which;
  const timeoutMs = 120_000;
  const [current, saved] = await Promise.all([
    wants('running') ? ask.text(running, { timeoutMs }) : '',
    wants('startup') ? ask.text(startup, { timeoutMs, optional: true }) : '',
  ]);
  for (const command of [running, startup]) ask.understood(command);
  const shown = (text: string): string => {
    const clean = text.replaceAll('\r', '').replace(around, '').trim();
    return sanitized ? withoutSecrets(clean, ask.platform) : clean;
  };
  return { running: shown(current), candidate: '', startup: shown(saved ?? '') };
};
