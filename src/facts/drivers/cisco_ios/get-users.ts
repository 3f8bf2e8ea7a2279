import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';
import { readIosLines } from './ios-lines.ts';

const command = 'show run | section username';

/** Local users; their keys are the hashes under `ip ssh pubkey-chain`. Who has a key and no user is left out. */
export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const users: Record<string, { level: number; password: string; sshkeys: string[] }> = {};
  const keys: { user: string; key: string }[] = [];
  let holder = '';
  readIosLines(ask, command, await ask.text(command), (line) => {
    const [, name, rest = ''] = /^username (\S{1,255})(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined) {
      const user = entryOf(users, name, () => ({ level: 1, password: '', sshkeys: [] }));
      user.level = Number(/(?:^| )privilege (\d{1,2})(?: |$)/.exec(rest)?.[1] ?? user.level);
      user.password = /(?:^| )(?:secret|password)(?: \d{1,2})? (\S.*)$/.exec(rest)?.[1] ?? user.password;
      return true;
    }
    const owner = /^ +username (\S+)$/.exec(line)?.[1];
    if (owner !== undefined) holder = owner;
    const key = /^ +key-hash (\S+ \S+(?: \S.*)?)$/.exec(line)?.[1];
    if (key !== undefined) keys.push({ user: holder, key });
    return owner !== undefined || key !== undefined || /^(?:\s|ip ssh |aaa |line |event |.*\busername\b)/.test(line);
  });
  for (const { user, key } of keys) if (Object.hasOwn(users, user)) users[user]?.sshkeys.push(key);
  return users;
};
