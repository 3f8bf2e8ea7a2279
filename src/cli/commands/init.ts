import { relative, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';

export function initCommand(runtime: Runtime) {
  return new Command('init')
    .description('Make a workspace: a folder with netwright.yaml and an inventory, both commented.')
    .argument('[folder]', 'where; made when it is not there (default: the current folder)')
    .addHelpText('after', example('init', 'init ~/network'))
    .action(async (folder) => {
      const { initWorkspace } = await import('#workspace');
      const made = await initWorkspace(resolve(runtime.cwd, folder ?? runtime.workspaceFolder ?? '.'));
      runtime.screen.document({ folder: made.folder, written: made.written });
      const { bold, dim } = runtime.screen.colors;
      const where = relative(runtime.cwd, made.folder) || '.';
      runtime.screen.print(`A workspace in ${bold(made.folder)}:`);
      for (const name of made.written) runtime.screen.print(`  ${name}`);
      runtime.screen.print();
      runtime.screen.print('Next:');
      if (where !== '.') runtime.screen.print(`  cd ${where}`);
      runtime.screen.print(`  ${dim('# write your devices into')} inventory.yaml`);
      runtime.screen.print('  netwright secret set lab --user admin');
      runtime.screen.print('  netwright inventory check --connect');
      runtime.screen.print('  netwright backup');
    });
}
