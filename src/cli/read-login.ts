import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { didYouMean, NetwrightError, Secret, shortestRedactedSecret } from '#core';
import type { Login } from '#transport';
import { type LoginField, loginFields } from './change-login.ts';
import { firstLines } from './first-lines.ts';
import type { Runtime } from './runtime.ts';

export interface LoginFlags {
  readonly user?: string | undefined;
  readonly passwordStdin?: true | undefined;
  readonly enableStdin?: true | undefined;
  readonly passphraseStdin?: true | undefined;
  readonly key?: string | undefined;
  readonly agent?: true | undefined;
  readonly remove?: readonly LoginField[] | undefined;
}

/** `enable,key` */
export const readFields = (text: string): readonly LoginField[] =>
  text.split(',').map((part) => {
    const word = part.trim();
    const field = loginFields.find((one) => one === word);
    if (field !== undefined) return field;
    throw new InvalidArgumentError(`expected some of ${loginFields.join(', ')}.${didYouMean(word, loginFields)}`);
  });

export interface GivenLogin {
  readonly given: Partial<Login>;
  /** A value is too short to be hidden wherever it stands. */
  readonly isShort: boolean;
}

/**
 * What was given of a credential: from stdin, from a file, or typed when nothing else was given.
 * @throws NetwrightError `NW_USAGE` when stdin has too few lines, or there is nothing to log in with and nobody to ask.
 */
export async function readLoginParts(
  runtime: Runtime,
  flags: LoginFlags,
  before: Login | undefined,
): Promise<GivenLogin> {
  // Before anything is asked: it would be typed for nothing.
  if (before === undefined && flags.user === undefined) {
    throw new NetwrightError('NW_USAGE', 'a new credential: who logs in?', { hint: 'add --user <user>' });
  }
  const wanted = [
    ...(flags.passwordStdin ? (['password'] as const) : []),
    ...(flags.enableStdin ? (['enable'] as const) : []),
    ...(flags.passphraseStdin ? (['passphrase'] as const) : []),
  ];
  const isEnough =
    flags.agent || flags.key !== undefined || (before && (flags.user !== undefined || flags.remove !== undefined));
  const typed =
    wanted.length > 0 ? await linesOfStdin(runtime, wanted) : isEnough ? {} : await askForSecrets(runtime, before);
  const given: Partial<Login> = {
    ...(flags.user !== undefined && { user: flags.user }),
    ...Object.fromEntries(Object.entries(typed).map(([what, value]) => [what, new Secret(value)])),
    ...(flags.key !== undefined && { privateKey: await readKey(runtime, flags.key) }),
    ...(flags.agent && { agent: true }),
  };
  return { given, isShort: Object.values(typed).some(({ length }) => length < shortestRedactedSecret) };
}

type Typed = 'password' | 'enable' | 'passphrase';

async function linesOfStdin(runtime: Runtime, wanted: readonly Typed[]): Promise<Partial<Record<Typed, string>>> {
  // On a terminal the lines would be seen while they are typed.
  if (runtime.stdin.isTTY) return await askFor(runtime, wanted);
  const lines = await firstLines(runtime.stdin, wanted.length, runtime.signal);
  const values: Partial<Record<Typed, string>> = {};
  for (const [n, what] of wanted.entries()) {
    const line = lines[n];
    if (line === undefined || line === '') {
      throw new NetwrightError(
        'NW_USAGE',
        `stdin: expected ${wanted.length} lines (${wanted.join(', ')}), line ${n + 1} is ${line === '' ? 'empty' : 'missing'}`,
      );
    }
    values[what] = line;
  }
  return values;
}

const questions: Readonly<Record<Typed, string>> = {
  password: 'Password',
  enable: 'Enable secret',
  passphrase: 'Passphrase of the key',
};

async function askFor(runtime: Runtime, wanted: readonly Typed[]): Promise<Partial<Record<Typed, string>>> {
  const { askHidden } = await import('./ask-hidden.ts');
  const values: Partial<Record<Typed, string>> = {};
  for (const what of wanted) {
    const value = await askHidden(runtime.stdin, runtime.screen.errorStream, `${questions[what]}: `, runtime.signal);
    if (value === '') throw new NetwrightError('NW_USAGE', `the ${what} is empty`);
    values[what] = value;
  }
  return values;
}

async function askForSecrets(runtime: Runtime, before: Login | undefined): Promise<Partial<Record<Typed, string>>> {
  if (runtime.stdin.isTTY !== true) {
    throw new NetwrightError('NW_USAGE', before ? 'there is nothing to change' : 'there is nothing to log in with', {
      hint: 'give --password-stdin and the password on stdin, --key <file>, or --agent',
    });
  }
  const { askHidden } = await import('./ask-hidden.ts');
  const ask = async (question: string): Promise<string> =>
    await askHidden(runtime.stdin, runtime.screen.errorStream, question, runtime.signal);
  const orAsBefore = (value: Secret | undefined, otherwise: string): string =>
    value === undefined ? otherwise : ' (empty: as it is)';
  const password = await ask(`Password${orAsBefore(before?.password, '')}: `);
  if (password === '' && before === undefined) throw new NetwrightError('NW_USAGE', 'the password is empty');
  const enable = await ask(`Enable secret${orAsBefore(before?.enable, ' (empty: none)')}: `);
  return {
    ...(password !== '' && { password }),
    ...(enable !== '' && { enable }),
  };
}

/** @throws NetwrightError `NW_USAGE` when it cannot be read, or is something else. */
async function readKey(runtime: Runtime, file: string): Promise<Secret> {
  const path = file.startsWith('~/') ? resolve(homedir(), file.slice(2)) : resolve(runtime.cwd, file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new NetwrightError('NW_USAGE', `--key ${file}: ${(error as Error).message}`, { cause: error });
  }
  const { isPrivateKey } = await import('#inventory');
  if (isPrivateKey(text)) return new Secret(text);
  throw new NetwrightError('NW_USAGE', `--key ${file}: is no private key`, {
    hint: file.endsWith('.pub')
      ? `this is its public half; give --key ${file.slice(0, -4)}`
      : 'give a private key in PEM, of OpenSSH or of PuTTY',
  });
}
