import { NetwrightError } from '#core';
import type { Login } from '#transport';

/** What a credential may hold beside its user, as it is called on the command line. */
export const loginFields = ['password', 'enable', 'key', 'passphrase', 'agent'] as const;
export type LoginField = (typeof loginFields)[number];

const propertyOf = {
  password: 'password',
  enable: 'enable',
  key: 'privateKey',
  passphrase: 'passphrase',
  agent: 'agent',
} as const satisfies Record<LoginField, keyof Login>;

export interface ChangedLogin {
  readonly login: Login;
  /** Names of fields, `user` included. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

/**
 * A credential with only those fields changed that are given. A new private key takes the passphrase of the old one
 * with it.
 * @throws NetwrightError `NW_USAGE` when there is no user, nothing to remove, or nothing left to log in with.
 */
export function changeLogin(
  name: string,
  before: Login | undefined,
  given: Partial<Login>,
  remove: readonly LoginField[],
): ChangedLogin {
  const refuse = (message: string, hint: string): NetwrightError => new NetwrightError('NW_USAGE', message, { hint });
  const user = given.user ?? before?.user;
  if (user === undefined) {
    throw refuse(`there is no credential "${name}" yet: who logs in?`, 'add --user <user>');
  }
  const absent = remove.filter((field) => before?.[propertyOf[field]] === undefined);
  if (absent.length > 0) {
    throw refuse(
      `credential "${name}" has no ${absent.join(' and no ')}`,
      '`netwright secret list` shows what each holds',
    );
  }
  const twice = remove.filter((field) => given[propertyOf[field]] !== undefined);
  if (twice.length > 0) throw refuse(`${twice.join(', ')}: given and to be removed`, 'leave one of both out');

  const isOfOldKey = given.privateKey !== undefined || remove.includes('key');
  const gone = (field: LoginField): boolean =>
    remove.includes(field) || (field === 'passphrase' && isOfOldKey && given.passphrase === undefined);
  const of = (state: (field: LoginField) => boolean): LoginField[] => loginFields.filter(state);
  const isGiven = (field: LoginField): boolean => given[propertyOf[field]] !== undefined;
  const wasThere = (field: LoginField): boolean => before?.[propertyOf[field]] !== undefined;
  const stays = of((field) => wasThere(field) && !gone(field));
  const login: Login = {
    user,
    ...Object.fromEntries(stays.map((field) => [propertyOf[field], before?.[propertyOf[field]]])),
    ...given,
  };
  if (login.password === undefined && login.privateKey === undefined && !login.agent) {
    throw refuse(
      `credential "${name}" would have nothing to log in with`,
      'give --password-stdin, --key <file> or --agent; `netwright secret remove` forgets the whole credential',
    );
  }
  const isNewUser = given.user !== undefined && given.user !== before?.user;
  return {
    login,
    changed: [...(isNewUser ? ['user'] : []), ...of(isGiven)],
    removed: of((field) => wasThere(field) && gone(field)),
    kept: [...(isNewUser ? [] : ['user']), ...stays.filter((field) => !isGiven(field))],
  };
}
