import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';
import { unreadable } from '../reading/unreadable.ts';

const command = 'show running-config';

/** Local users, whose passwords are as the configuration has them. Who is in no built-in group has level 1. */
export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const configuration = await ask.text(command, { timeoutMs: 120_000 });
  if (!/^(?:!|hostname |user )/m.test(configuration)) throw unreadable(command, 'a configuration', configuration);
  const users: Record<string, { level: number; password: string; sshkeys: string[] }> = {};
  for (const raw of configuration.split('\n')) {
    const [, name, rest = ''] = /^user (\S{1,64}) (\S.{0,4000})$/.exec(raw.trimEnd()) ?? [];
    if (name === undefined) continue;
    const user = entryOf(users, name, () => ({ level: 1, password: '', sshkeys: [] as string[] }));
    const group = /(?:^| )group (\S{1,64})/.exec(rest)?.[1];
    if (group !== undefined) user.level = group === 'administrators' ? 15 : 1;
    user.password = /(?:^| )password (?:ciphertext|plaintext) (\S+)/.exec(rest)?.[1] ?? user.password;
    const key = /^authorized-key (\S.*)$/.exec(rest)?.[1];
    if (key !== undefined) user.sshkeys.push(key);
  }
  ask.understood(command);
  if (Object.keys(users).length === 0) ask.note('no local user is configured');
  return users;
};
