import { Command } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { table } from '../table.ts';

export function configCommand(runtime: Runtime) {
  const explain = new Command('explain')
    .description('Every setting with its value and where that comes from.')
    .argument('[key]', 'one setting, or a group of them: run')
    .addHelpText('after', example('config explain', 'config explain backup.commit'))
    .action(async (key) => {
      const { NetwrightError, didYouMean } = await import('#core');
      const workspace = await runtime.workspace();
      const all = workspace.explained;
      const chosen = key === undefined ? all : all.filter((one) => one.key === key || one.key.startsWith(`${key}.`));
      if (chosen.length === 0) {
        throw new NetwrightError(
          'NW_USAGE',
          `no setting "${key}".${didYouMean(
            key ?? '',
            all.map((one) => one.key),
          )}`,
          {
            hint: '`netwright config explain` lists them all',
          },
        );
      }
      const { screen } = runtime;
      screen.document({ folder: workspace.folder, settings: chosen });
      const { dim, bold, yellow } = screen.colors;
      screen.print(
        table(
          ['SETTING', 'VALUE', 'FROM'],
          chosen.map(({ key: name, value, origin }) => [
            name,
            value === undefined ? dim('-') : JSON.stringify(value),
            origin === 'default' ? dim(origin) : yellow(origin),
          ]),
          bold,
        ),
      );
      if (chosen.length === 1 && chosen[0]) screen.print(`\n${chosen[0].description}\n${dim(chosen[0].variable)}`);
      for (const name of workspace.unknownVariables) {
        screen.note(
          `${name} in the environment is no setting.${didYouMean(
            name,
            all.map((one) => one.variable),
          )}`,
        );
      }
    });
  return new Command('config').description('The settings of the workspace.').addCommand(explain);
}
