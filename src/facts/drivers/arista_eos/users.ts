import type { ReadFacts } from '../../define-facts.ts';
import type { Users } from '../../model/device.ts';
import { entriesAt, sectionOf, textAt, wholeAt } from '../reading/json.ts';

const command = 'show users accounts';

export const readUsers: ReadFacts<'get_users'> = async (ask) => {
  const users: Users = {};
  for (const [name, user] of entriesAt(sectionOf(await ask.json(command), command, 'users'))) {
    const key = textAt(user, 'sshAuthorizedKey');
    users[name] = {
      level: wholeAt(user, 'privLevel', 0),
      password: textAt(user, 'secret'),
      sshkeys: key === '' ? [] : [key],
    };
  }
  return users;
};
