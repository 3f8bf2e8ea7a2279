import type { ReadFacts } from '../../define-facts.ts';
import type { SnmpInformation, Users } from '../../model/device.ts';
import type { NetworkInstances, Vlans } from '../../model/routes.ts';
import { entryOf } from '../../values/entry.ts';
import { withoutSecrets } from '../reading/sanitize.ts';
import { interfacesOf } from './interfaces.ts';
import { below, setCommands } from './set-commands.ts';

/** Since 1.3 everybody is an administrator; before, there was a level of operators. */
export const readUsers: ReadFacts<'get_users'> = async (ask) => {
  const users: Record<string, { level: number; password: string; keys: Map<string, { type: string; key: string }> }> =
    {};
  for (const [name, ...rest] of below(await setCommands(ask), 'system login user *')) {
    if (name === undefined) continue;
    const user = entryOf(users, name, () => ({ level: 15, password: '', keys: new Map() }));
    if (rest[0] === 'level' && rest[1] === 'operator') user.level = 5;
    if (rest[0] !== 'authentication') continue;
    const [, kind, value = '', field, text = ''] = rest;
    if (kind === 'encrypted-password') user.password = value;
    if (kind === 'public-keys') {
      const known = user.keys.get(value) ?? { type: '', key: '' };
      user.keys.set(value, {
        ...known,
        ...(field === 'key' && { key: text }),
        ...(field === 'type' && { type: text }),
      });
    }
  }
  return Object.fromEntries(
    Object.entries(users).map(([name, { level, password, keys }]): [string, Users[string]] => [
      name,
      { level, password, sshkeys: [...keys].map(([id, { type, key }]) => `${type} ${key} ${id}`.trim()) },
    ]),
  );
};

/** VLANs of subinterfaces, by their description, and those that ports of bridges let through. */
export const readVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const commands = await setCommands(ask);
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  const add = (id: string, port: string) => {
    const vlan = entryOf(vlans, id, () => ({ name: '', interfaces: [] as string[] }));
    if (!vlan.interfaces.includes(port)) vlan.interfaces.push(port);
    return vlan;
  };
  for (const [, parent, id, key, value] of below(commands, 'interfaces * * vif *')) {
    if (parent === undefined || id === undefined) continue;
    const vlan = add(id, `${parent}.${id}`);
    if (key === 'description') vlan.name ||= value ?? '';
  }
  for (const [, port, key, value = ''] of below(commands, 'interfaces bridge * member interface *')) {
    if (port === undefined || (key !== 'allowed-vlan' && key !== 'native-vlan')) continue;
    const [, first = '0', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(value) ?? [];
    for (let id = Number(first); id > 0 && id <= Math.min(Number(last), 4094); id += 1) add(String(id), port);
  }
  if (Object.keys(vlans).length === 0) ask.note('no VLAN is configured');
  return vlans satisfies Vlans;
};

export const readNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name: only }) => {
  const [commands, interfaces] = await Promise.all([setCommands(ask), interfacesOf(ask)]);
  const names = new Set(below(commands, 'vrf name *').flatMap(([name]) => name ?? []));
  const of = new Map<string, string>();
  for (const [, port = '', vrf = ''] of below(commands, 'interfaces * * vrf')) of.set(port, vrf);
  for (const [, port = '', vif = '', vrf = ''] of below(commands, 'interfaces * * vif * vrf'))
    of.set(`${port}.${vif}`, vrf);
  const instances: NetworkInstances = {};
  for (const name of ['default', ...names]) {
    if (only !== '' && name !== only) continue;
    const members = interfaces.filter((one) => !names.has(one.name) && (of.get(one.name) ?? 'default') === name);
    instances[name] = {
      name,
      type: name === 'default' ? 'DEFAULT_INSTANCE' : 'L3VRF',
      state: { route_distinguisher: '' },
      interfaces: { interface: Object.fromEntries(members.map((one) => [one.name, {}])) },
    };
  }
  return instances;
};

/** Under `system` until 1.3, under `service` since. */
export const readNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => {
  const commands = await setCommands(ask);
  const servers = [...below(commands, 'system ntp server *'), ...below(commands, 'service ntp server *')];
  if (servers.length === 0) ask.note('no NTP server is configured');
  return Object.fromEntries(servers.flatMap(([server]) => (server === undefined ? [] : [[server, {}]])));
};

export const readSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const commands = below(await setCommands(ask), 'service snmp');
  const community: Record<string, SnmpInformation['community'][string]> = {};
  const leaf = (name: string): string => commands.find(([key]) => key === name)?.[1] ?? '';
  for (const [name, key, value] of below(commands, 'community *')) {
    if (name === undefined) continue;
    const known = entryOf(community, name, () => ({ mode: 'ro', acl: '' }));
    if (key === 'authorization') community[name] = { ...known, mode: value ?? 'ro' };
  }
  if (commands.length === 0) ask.note('SNMP is not configured');
  return { chassis_id: '', contact: leaf('contact'), location: leaf('location'), community };
};

const running = 'show configuration commands';
const atBoot = 'cat /config/config.boot';

/** Running as commands, start-up as the file in braces. The candidate belongs to the session that edits it. */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, sanitized }) => {
  const get = async (which: 'running' | 'startup', command: string): Promise<string> => {
    if (retrieve !== 'all' && retrieve !== which) return '';
    const text = (await ask.text(command, { timeoutMs: 120_000, optional: true })) ?? '';
    return sanitized ? withoutSecrets(text, ask.platform) : text;
  };
  const [now, then] = await Promise.all([get('running', running), get('startup', atBoot)]);
  return { running: now, candidate: '', startup: then };
};
