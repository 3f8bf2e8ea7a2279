import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';
import { unreadable } from '../reading/unreadable.ts';

const command = 'display current-configuration';

/** The highest level of VRP is 3, or 15 where levels are extended: all from 3 on may do everything. */
const levelOf = (told: number): number => (told >= 3 ? 15 : told);

/** Local users, whose passwords are as the configuration has them. */
export const getUsers: ReadFacts<'get_users'> = async (ask) => {
  const configuration = await ask.text(command, { timeoutMs: 180_000 });
  if (!/^(?:#|return|!Software Version .*)[ \r]*$/m.test(configuration)) {
    throw unreadable(command, 'sections that end at "#"', configuration);
  }
  const users: Record<string, { level: number; password: string; sshkeys: string[] }> = {};
  for (const raw of configuration.split('\n')) {
    const [, name, key = '', rest = ''] =
      /^ local-user (\S{1,253}) (\S{1,30})(?: (\S.{0,2000}))?$/.exec(raw.trimEnd()) ?? [];
    if (name === undefined) continue;
    const user = entryOf(users, name, () => ({ level: 0, password: '', sshkeys: [] as string[] }));
    const level = /^(?:level )?(\d{1,2})$/.exec(rest)?.[1];
    if ((key === 'level' || key === 'privilege') && level !== undefined) user.level = levelOf(Number(level));
    // In VRP 8 a group gives the level instead.
    if (key === 'user-group' && rest === 'manage-ug') user.level = 15;
    if (key === 'password') user.password = /(?:irreversible-cipher|cipher|simple|hash) (\S+)/.exec(rest)?.[1] ?? '';
  }
  ask.understood(command);
  if (Object.keys(users).length === 0) ask.note('no local user is configured');
  return users;
};
