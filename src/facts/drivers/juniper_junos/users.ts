import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { Users } from '../../model/device.ts';
import { textIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';
import { nameOf } from './interface-information.ts';

/** Junos has classes instead of levels; NAPALM gives root one above all. */
const levels: Readonly<Record<string, number>> = {
  'super-user': 15,
  superuser: 15,
  operator: 5,
  'read-only': 1,
  unauthorized: 0,
};
const rootLevel = 20;
const keys = ['ssh-rsa', 'ssh-dsa', 'ssh-ecdsa', 'ssh-ed25519'] as const;

export const readUsers: ReadFacts<'get_users'> = async (ask) => {
  const [logins, roots] = await Promise.all([
    configurationAt(ask, 'system/login/user'),
    configurationAt(ask, 'system/root-authentication'),
  ]);
  const users: Users = {};
  for (const login of logins) {
    const authentication = login.child('authentication');
    users[nameOf(login)] = { level: levels[textIn(login, 'class')] ?? 0, ...credentialsIn(authentication) };
  }
  for (const root of roots) users['root'] = { level: rootLevel, ...credentialsIn(root) };
  return users;
};

const credentialsIn = (authentication: XmlElement | undefined): { password: string; sshkeys: string[] } => ({
  password: authentication === undefined ? '' : textIn(authentication, 'encrypted-password'),
  sshkeys: keys.flatMap((kind) => (authentication?.allAt(`${kind}/name`) ?? []).map(({ value }) => value)),
});
