import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import { readLines } from '../../../lines.ts';
import type { SnmpInformation, Users } from '../../../model/device.ts';
import type { NtpStats } from '../../../model/services.ts';
import { ipOf } from '../../reading/addresses.ts';
import { withoutSecrets } from '../../reading/sanitize.ts';
import { levelOf } from '../user-groups.ts';
import { printed } from './text.ts';

/** What stands in place of a configuration that there is none of. */
const isNone = /^% No such configuration item\(s\)/;

async function configured(ask: Ask, section: string): Promise<{ command: string; output: string }> {
  const command = `show running-config ${section}`;
  const output = await printed(ask, command, isNone);
  if (!isNone.test(output)) return { command, output };
  ask.note(`${section} is not configured`);
  ask.understood(command);
  return { command, output: '' };
}

async function associates(ask: Ask, kind: 'peer' | 'server'): Promise<Record<string, Record<string, never>>> {
  const found: Record<string, Record<string, never>> = {};
  const { command, output } = await configured(ask, 'ntp');
  readLines(ask, command, output, (line) => {
    const words = line.trim().split(/\s+/);
    if (words[0] !== kind) return line === 'ntp' || /^[ !]/.test(line);
    const address = words.slice(1, 6).find((word) => ipOf(word) !== undefined) ?? words.at(words[1] === 'vrf' ? 3 : 1);
    if (address === undefined) return false;
    found[ipOf(address) ?? address] = {};
    return true;
  });
  return found;
}

export const readNtpPeers: ReadFacts<'get_ntp_peers'> = async (ask) => await associates(ask, 'peer');
export const readNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => await associates(ask, 'server');

const associations = 'show ntp associations';

export const readNtpStats: ReadFacts<'get_ntp_stats'> = async (ask) => {
  const stats: NtpStats = [];
  let address: string | undefined;
  const isOff = /^%NTP is not enabled|^% ?NTP is not enabled/;
  readLines(ask, associations, await printed(ask, associations, isOff), (line) => {
    if (isOff.test(line)) ask.note('NTP is not enabled');
    if (isOff.test(line) || /^\s+address\s+ref clock|^ ?\* sys_peer/.test(line)) return true;
    // One of a VRF has its figures on the next line.
    const [, flags, remote] = /^([ *#+x~-]{1,3})([\da-f][\da-f.:]+)(?: vrf \S+)?$/i.exec(line) ?? [];
    if (flags !== undefined && remote !== undefined) {
      address = `${flags}${remote}`;
      return true;
    }
    const found = row.exec(address === undefined ? line : `${address} ${line.trimStart()}`);
    address = undefined;
    if (found === null) return false;
    const [, tally, peer, reference, stratum, when, poll, reach, delay, offset, dispersion] = found;
    stats.push({
      remote: peer!,
      synchronized: tally!.includes('*'),
      referenceid: reference!,
      stratum: Number(stratum),
      type: '',
      when: when!,
      hostpoll: Number(poll),
      reachability: Number(reach),
      delay: Number(delay),
      offset: Number(offset),
      jitter: Number(dispersion),
    });
    return true;
  });
  return stats;
};

const row =
  /^([ *#+x~-]{1,3})([\da-f][\da-f.:]+)\s+(\S+)\s+(\d{1,2})\s+(\S+)\s+(\d+)\s+(\d+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+([\d.]+)$/i;

export const readSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const { command, output } = await configured(ask, 'snmp-server');
  const community: SnmpInformation['community'] = {};
  const texts: Record<string, string> = {};
  readLines(ask, command, output, (line) => {
    const [, key, rest = ''] = /^snmp-server (\S+) ?(.*)$/.exec(line) ?? [];
    if (key === undefined) return /^[ !]/.test(line);
    if (key === 'contact' || key === 'location' || key === 'chassis-id') texts[key] = rest;
    if (key !== 'community') return true;
    const words = rest.split(/\s+/).filter((word) => word !== 'encrypted' && word !== 'clear');
    const [name, ...options] = words;
    if (name === undefined || name === '') return false;
    community[name] = { mode: options.some((word) => /^rw$/i.test(word)) ? 'rw' : 'ro', acl: aclIn(options) };
    return true;
  });
  return {
    chassis_id: texts['chassis-id'] ?? '',
    contact: texts['contact'] ?? '',
    location: texts['location'] ?? '',
    community,
  };
};

/** The list is the last word, or named by its family: `RO IPv4 MANAGEMENT`. The one for IPv6 comes first for NAPALM. */
function aclIn(options: readonly string[]): string {
  for (const family of ['ipv6', 'ipv4']) {
    const at = options.findIndex((word) => word.toLowerCase() === family);
    if (at >= 0) return options[at + 1] ?? '';
  }
  const view = options.indexOf('view');
  const rest = options.filter((_, at) => view < 0 || (at !== view && at !== view + 1));
  return rest.filter((word) => !/^(?:ro|rw|SystemOwner|LROwner|SDROwner)$/i.test(word)).at(-1) ?? '';
}

export const readUsers: ReadFacts<'get_users'> = async (ask) => {
  const { command, output } = await configured(ask, 'username');
  const users: Users = {};
  let name = '';
  readLines(ask, command, output, (line) => {
    const user = /^username (\S+)/.exec(line)?.[1];
    if (user !== undefined) {
      name = user;
      users[name] = { level: 0, password: '', sshkeys: [] };
      return true;
    }
    const one = users[name];
    if (one === undefined) return line.startsWith('!');
    const group = /^ group (\S+)/.exec(line)?.[1];
    // The first group tells the level.
    if (group !== undefined && one.level === 0) users[name] = { ...one, level: levelOf(group) };
    const secret = /^ (?:secret|password) (?:\d{1,2} )?(\S+)/.exec(line)?.[1];
    if (secret !== undefined) users[name] = { ...users[name]!, password: secret };
    return /^[ !]/.test(line);
  });
  return users;
};

/**
 * The candidate is only to be had in the configuration mode, where reading must not go; start-up is no notion of
 * IOS XR. What is volatile at the head stays away.
 */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, sanitized }) => {
  if (retrieve !== 'all' && retrieve !== 'running') return { running: '', candidate: '', startup: '' };
  const output = (await printed(ask, 'show running-config', undefined, 300_000)).replace(
    /^Building configuration\.\.\.\s*\n/,
    '',
  );
  return { running: sanitized ? withoutSecrets(output, ask.platform) : output, candidate: '', startup: '' };
};
