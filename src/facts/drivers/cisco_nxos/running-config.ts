import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';

const command = 'show running-config';

async function configurationLines(ask: Ask): Promise<readonly string[]> {
  const output = await ask.text(command, { timeoutMs: 120_000 });
  if (/^(?:version \S|hostname |switchname )/m.test(output)) ask.understood(command);
  return output.split('\n').map((line) => line.slice(0, 4000).trimEnd());
}

export const getSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const facts = { chassis_id: '', contact: '', location: '' };
  const community: Record<string, { acl: string; mode: string }> = {};
  for (const line of await configurationLines(ask)) {
    const [, field, text = ''] = /^snmp-server (contact|location) (.*)/.exec(line) ?? [];
    if (field !== undefined) facts[field as 'contact' | 'location'] = text;
    const [, name, rest = ''] = /^snmp-server community (\S+)(?: (\S.*))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    // The group and the access list stand in lines of their own.
    const one = entryOf(community, name, () => ({ acl: '', mode: '' }));
    one.mode = /^(?:group )?(\S+)$/.exec(rest)?.[1] ?? one.mode;
    one.acl = /^use-(?:ipv[46])?acl (\S+)/.exec(rest)?.[1] ?? one.acl;
  }
  return { ...facts, community };
};

/** `network-admin` may do everything (15); `priv-7` is level 7; any other role reads (1). */
const levelOf = (role: string): number =>
  /^(?:network|vdc)-admin$/.test(role) ? 15 : Number(/^priv-(\d{1,2})$/.exec(role)?.[1] ?? 1);

export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const users: Record<string, { level: number; password: string; sshkeys: string[] }> = {};
  for (const line of await configurationLines(ask)) {
    const [, name, rest = ''] = /^username (\S{1,64}) +(\S.*)$/.exec(line) ?? [];
    if (name === undefined || rest.startsWith('passphrase ')) continue;
    const user = entryOf(users, name, () => ({ level: 0, password: '', sshkeys: [] }));
    const password = /^password (?:\d )?(\S+)/.exec(rest)?.[1];
    // A `!` stands for no password: such a user comes from AAA.
    if (password !== undefined && password !== '!') user.password = password;
    const role = /(?:^| )role (\S+)/.exec(rest)?.[1];
    if (role !== undefined) user.level = Math.max(user.level, levelOf(role));
    const key = /^sshkey (\S+ \S.*)$/.exec(rest)?.[1];
    if (key !== undefined) user.sshkeys.push(key);
  }
  return users;
};
