import { Command, Option } from '@commander-js/extra-typings';
import { shortestRedactedSecret } from '#core';
import { changeLogin } from '../change-login.ts';
import { example } from '../example.ts';
import { readFields, readLoginParts } from '../read-login.ts';
import type { Runtime } from '../runtime.ts';
import { formatTime, table } from '../table.ts';

export function secretCommand(runtime: Runtime) {
  const { screen } = runtime;
  const set = new Command('set')
    .description(
      'Keep a credential, encrypted, or change what is given of one. Values come from stdin, one line each, or are asked for; never as words.',
    )
    .argument('<name>', 'as the inventory refers to it')
    .option('-u, --user <user>', 'who logs in; a new credential needs it')
    .option('--password-stdin', 'the first line of stdin is the password')
    .option('--enable-stdin', 'the next line is the enable secret')
    .option('--passphrase-stdin', 'the next line opens the private key')
    .option('-k, --key <file>', 'a private key, kept encrypted with the rest')
    .option('--agent', 'use the ssh-agent')
    .addOption(
      new Option('--remove <fields>', 'forget these: password, enable, key, passphrase, agent').argParser(readFields),
    )
    .addHelpText(
      'after',
      example(
        'secret set lab --user admin',
        'secret set lab --user admin --password-stdin --enable-stdin < two-lines.txt',
        'secret set lab --enable-stdin < one-line.txt',
        'secret set lab --remove enable',
        'secret set keys --user noc --key ~/.ssh/id_ed25519 --passphrase-stdin',
      ),
    )
    .action(async (name, flags) => {
      const workspace = await runtime.workspace();
      const isThere = (await workspace.credentials.list()).some((one) => one.name === name);
      const before = isThere ? await workspace.credentials.login(name) : undefined;
      const { given, isShort } = await readLoginParts(runtime, flags, before);
      const secrets = [given.password, given.enable, given.privateKey, given.passphrase];
      for (const secret of secrets) workspace.redactor.learn(secret);
      const { login, changed, removed, kept } = changeLogin(name, before, given, flags.remove ?? []);
      await workspace.credentials.set(name, login);
      const stored = (await workspace.credentials.list()).find((one) => one.name === name);
      screen.document({ ...(stored ? recordOf(stored) : { name }), changed, removed, kept });
      const parts = [
        ...(changed.length > 0 ? [`${isThere ? 'changed' : 'with'} ${changed.join(', ')}`] : []),
        ...(removed.length > 0 ? [`without ${removed.join(', ')} now`] : []),
        ...(kept.length > 0 ? [`as before: ${kept.join(', ')}`] : []),
      ];
      screen.print(`Credential ${screen.colors.bold(name)} is kept, ${parts.join('; ')}`);
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
      if (credentials.length === 0) {
        screen.note('no credential is kept: netwright secret set <name> --user <user> --password-stdin');
        return;
      }
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
    .description(
      'Make a new identity and encrypt the secrets to it. The old one is kept: what was sealed or refused before opens with it alone.',
    )
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

const recordOf = ({ changedAtMs, ...rest }: { readonly changedAtMs: number }): object => ({
  ...rest,
  changedAt: new Date(changedAtMs).toISOString(),
});
