import { Command } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';

export function changeWatchCommand(runtime: Runtime) {
  return new Command('watch')
    .description('Keep the promises of all changes: take back in time what nobody confirms, finish what a crash left.')
    .addHelpText('after', example('change watch'))
    .action(async () => {
      const { screen, signal } = runtime;
      const workspace = await runtime.workspace();
      const { watchChanges } = await import('#change');
      screen.note(screen.errorColors.dim('watching; Ctrl-C ends it'));
      await watchChanges(workspace, {
        signal,
        onSettled: ({ device, ok, value, error }) => {
          screen.record({ device, ok, ...(ok ? { state: value } : { error: error.toJSON() }) });
          screen.print(`   ${device}: ${ok ? value : `${error.code}: ${error.message}`}`);
        },
      });
    });
}
