import { Command, Option } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import { count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';

export function demoCommand(runtime: Runtime) {
  return new Command('demo')
    .description('See it work: a lab of simulated devices, two backups, and what changed in between.')
    .addOption(new Option('-n, --devices <count>', 'how many').argParser(count).default(24))
    .option('--once', 'end when it is shown; else the lab stays up until Ctrl-C')
    .addHelpText('after', example('demo', 'demo --once', 'demo --workspace ~/netwright-demo'))
    .action(async ({ devices, once }) => {
      const { showDemo } = await import('../demo.ts');
      await showDemo(runtime, { lab: { devices }, once: once === true });
    });
}
