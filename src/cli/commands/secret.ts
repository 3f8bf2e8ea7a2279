import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { NetwrightError, Secret, shortestRedactedSecret } from '#core';
import type { Login } from '#transport';
import { example } from '../example.ts';
import { firstLines } from '../first-lines.ts';
import type { Runtime } from '../runtime.ts';
import { formatTime, table } from '../table.ts';

export function secretCommand(runtime: Runtime) {
  const { screen } = runtime;
  const set = new Command('set')
    .description(
      'Keep a credential, encrypted. Values come from stdin, one line each, or are asked for; never as words.',
    )
    .argument('<name>', 'as the inventory refers to it')
    .requiredOption('-u, --user <user>', 'who logs in')
    .option('--password-stdin', 'the first line of stdin is the password')
    .option('--enable-stdin', 'the next line is the enable secret')
    .option('--passphrase-stdin', 'the next line opens the private key')
    .option('-k, --key <file>', 'a private key, kept encrypted with the rest')
    .option('--agent', 'use the ssh-agent')
    .addHelpText(
      'after',
      example(
        'secret set lab --user admin',
        'secret set lab --user admin --password-stdin --enable-stdin < two-lines.txt',
        'secret set keys --user noc --key ~/.ssh/id_ed25519 --passphrase-stdin',
      ),
    )
    .action(async (name, flags) => {
      const workspace = await runtime.workspace();
      const { login, isShort } = await readLogin(runtime, flags);
      const secrets = [login.password, login.enable, login.privateKey, login.passphrase];
      for (const secret of secrets) workspace.redactor.learn(secret);
      await workspace.credentials.set(name, login);
      const kept = (await workspace.credentials.list()).find((one) => one.name === name);
      screen.document(kept === undefined ? { name } : recordOf(kept));
      screen.print(`Credential ${screen.colors.bold(name)} is kept: ${kept?.has.join(', ') || 'user only'}`);
      if (isShort) {
        screen.note(
          `a value shorter than ${shortestRedactedSecret} characters stands in too many places to be hidden in outputs`,
        );
      }
    });

  const list = new Command('list')
    .description('The credentials that are kept, without their values.')
    .addHelpText('after', example('secret list'))
    .action(async () => {
      const credentials = await (await runtime.workspace()).credentials.list();
      screen.document(credentials.map(recordOf));
      screen.print(
        table(
          ['NAME', 'USER', 'HOLDS', 'CHANGED'],
          credentials.map(({ name, user, has, changedAtMs }) => [name, user, has.join(', '), formatTime(changedAtMs)]),
          screen.colors.bold,
        ),
      );
    });

  const remove = new Command('remove')
    .description('Forget a credential.')
    .argument('<name>')
    .addHelpText('after', example('secret remove lab'))
    .action(async (name) => {
      await (await runtime.workspace()).credentials.remove(name);
      screen.document({ removed: name });
      screen.print(`Credential ${name} is gone.`);
    });

  const rotate = new Command('rotate')
    .description('Make a new identity and encrypt everything to it; the old identity is kept beside it.')
    .addHelpText('after', example('secret rotate'))
    .action(async () => {
      const made = await (await runtime.workspace()).credentials.rotate();
      screen.document(made);
      screen.print(`The secrets are encrypted to ${made.recipient} now.`);
      screen.print(`Its identity is in ${made.identityFile}; keep a copy of that file.`);
    });

  return new Command('secret')
    .description('Credentials, kept in an age-encrypted file.')
    .addCommand(set)
    .addCommand(list)
    .addCommand(remove)
    .addCommand(rotate);
}

interface SetFlags {
  readonly user: string;
  readonly passwordStdin?: true | undefined;
  readonly enableStdin?: true | undefined;
  readonly passphraseStdin?: true | undefined;
  readonly key?: string | undefined;
  readonly agent?: true | undefined;
}

/** @throws NetwrightError `NW_USAGE` when stdin has too few lines, or there is nothing to log in with. */
async function readLogin(runtime: Runtime, flags: SetFlags): Promise<{ login: Login; isShort: boolean }> {
  const wanted = [
    ...(flags.passwordStdin ? ['password'] : []),
    ...(flags.enableStdin ? ['enable'] : []),
    ...(flags.passphraseStdin ? ['passphrase'] : []),
  ];
  const values = new Map<string, string>();
  if (wanted.length > 0) {
    const lines = await firstLines(runtime.stdin, wanted.length);
    for (const [n, what] of wanted.entries()) {
      const line = lines[n];
      if (line === undefined || line === '') {
        throw new NetwrightError(
          'NW_USAGE',
          `stdin: expected ${wanted.length} lines (${wanted.join(', ')}), line ${n + 1} is ${line === '' ? 'empty' : 'missing'}`,
        );
      }
      values.set(what, line);
    }
  } else if (!flags.agent && flags.key === undefined) {
    for (const [what, value] of await askForSecrets(runtime)) values.set(what, value);
  }
  const key = flags.key === undefined ? undefined : await readKey(runtime, flags.key);
  const secretOf = (what: string): Secret | undefined => {
    const value = values.get(what);
    return value === undefined ? undefined : new Secret(value);
  };
  const [password, enable, passphrase] = [secretOf('password'), secretOf('enable'), secretOf('passphrase')];
  const login: Login = {
    user: flags.user,
    ...(password && { password }),
    ...(enable && { enable }),
    ...(key && { privateKey: key }),
    ...(passphrase && { passphrase }),
    ...(flags.agent && { agent: true }),
  };
  return { login, isShort: [...values.values()].some(({ length }) => length < shortestRedactedSecret) };
}

async function askForSecrets(runtime: Runtime): Promise<readonly (readonly [string, string])[]> {
  if (runtime.stdin.isTTY !== true) {
    throw new NetwrightError('NW_USAGE', 'there is nothing to log in with', {
      hint: 'give --password-stdin and the password on stdin, --key <file>, or --agent',
    });
  }
  const { askHidden } = await import('../ask-hidden.ts');
  const ask = async (question: string): Promise<string> =>
    await askHidden(runtime.stdin, runtime.screen.errorStream, question, runtime.signal);
  const password = await ask('Password: ');
  if (password === '') throw new NetwrightError('NW_USAGE', 'the password is empty');
  const enable = await ask('Enable secret (empty: none): ');
  return [['password', password] as const, ...(enable === '' ? [] : [['enable', enable] as const])];
}

async function readKey(runtime: Runtime, file: string): Promise<Secret> {
  const path = file.startsWith('~/') ? resolve(homedir(), file.slice(2)) : resolve(runtime.cwd, file);
  try {
    return new Secret(await readFile(path, 'utf8'));
  } catch (error) {
    throw new NetwrightError('NW_USAGE', `--key ${file}: ${(error as Error).message}`, { cause: error });
  }
}

const recordOf = ({ changedAtMs, ...rest }: { readonly changedAtMs: number }): object => ({
  ...rest,
  changedAt: new Date(changedAtMs).toISOString(),
});
