import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';
import { unreadable } from '../reading/unreadable.ts';

const command = 'display current-configuration';

interface User {
  level: number;
  password: string;
  sshkeys: string[];
}

/** Local users who manage the device, whose passwords are as the configuration has them. */
export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const configuration = await ask.text(command, { timeoutMs: 180_000 });
  if (!/^ ?(?:#|return)[ \r]*$/m.test(configuration))
    throw unreadable(command, 'sections that end at "#"', configuration);
  const users: Record<string, User> = {};
  let user: User | undefined;
  for (const raw of configuration.split('\n')) {
    const line = raw.slice(0, 2000).trimEnd();
    if (!line.startsWith(' ')) {
      const [, name, kind] = /^local-user (\S{1,255})(?: class (\w{1,10}))?$/.exec(line) ?? [];
      // Users of the network service have no business at the command line.
      user =
        name === undefined || kind === 'network'
          ? undefined
          : entryOf<User>(users, name, () => ({ level: 0, password: '', sshkeys: [] }));
    } else if (user !== undefined) {
      user.level = Math.max(user.level, levelIn(line.trim()));
      user.password = /^ *password (?:hash|cipher|simple) (\S+)/.exec(line)?.[1] ?? user.password;
    }
  }
  ask.understood(command);
  if (Object.keys(users).length === 0) ask.note('no local user is configured');
  return users;
};

/** A role of Comware 7, or a level of Comware 5, of which 3 is the highest. */
function levelIn(line: string): number {
  const role = /^authorization-attribute (?:.* )?user-role (\S{1,63})/.exec(line)?.[1];
  if (role === 'network-admin' || role === 'mdc-admin') return 15;
  if (role !== undefined) return Number(/^level-(\d{1,2})$/.exec(role)?.[1] ?? 0);
  const level = Number(/^authorization-attribute (?:.* )?level (\d{1,2})/.exec(line)?.[1] ?? 0);
  return level >= 3 ? 15 : level;
}
