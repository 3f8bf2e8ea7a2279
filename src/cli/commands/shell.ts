import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import { example } from '../example.ts';
import { LeaveKey } from '../leave-key.ts';
import type { Runtime } from '../runtime.ts';

/** What a pipe asked last is answered within this time, or the device says more. */
const pipedLingerMs = 3000;

export function shellCommand(runtime: Runtime) {
  return new Command('shell')
    .description('Sit at a device, logged in. Ctrl-] leaves.')
    .argument('<device>')
    .addHelpText('after', example('shell r1'))
    .action(async (name) => {
      const { screen, stdin, signal } = runtime;
      const workspace = await runtime.workspace();
      const device = (await workspace.inventory()).get(name);
      if (screen.isJson) throw new NetwrightError('NW_USAGE', 'a shell has no JSON output');
      const session = await (await workspace.connector()).connect(device, { signal, prepare: false });
      screen.note(screen.errorColors.dim(`${name}: ${session.platform.id}; Ctrl-] leaves`));
      const input = stdin.pipe(new LeaveKey());
      if (stdin.isTTY) stdin.setRawMode(true);
      try {
        await session.interact(
          { input, output: screen.outputStream, ...(!stdin.isTTY && { lingerMs: pipedLingerMs }) },
          { signal },
        );
      } finally {
        if (stdin.isTTY) stdin.setRawMode(false);
        stdin.unpipe(input);
        stdin.pause();
        await session.close();
      }
      screen.note('');
    });
}
