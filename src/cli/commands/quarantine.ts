import { Command, Option } from '@commander-js/extra-typings';
import { decodeText, NetwrightError } from '#core';
import { example } from '../example.ts';
import { count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { formatSize, formatTime, table } from '../table.ts';

export function quarantineCommand(runtime: Runtime) {
  const { screen } = runtime;
  const list = new Command('list')
    .description('Configurations that a backup refused, newest first, and why.')
    .argument('[device]')
    .addOption(new Option('-n, --limit <count>', 'at most so many').argParser(count).default(20))
    .addHelpText('after', example('quarantine list', 'quarantine list r1'))
    .action(async (device, { limit }) => {
      const { quarantineOf } = await import('#backup');
      const kept = await quarantineOf(await runtime.workspace()).list({
        ...(device !== undefined && { device }),
        limit,
      });
      screen.document(kept.map(({ atMs, ...rest }) => ({ ...rest, at: new Date(atMs).toISOString() })));
      if (kept.length === 0) {
        screen.note(`nothing${device === undefined ? '' : ` of ${device}`} is in quarantine`);
        return;
      }
      const { bold, red } = screen.colors;
      screen.print(
        table(
          ['ID', 'WHEN', 'DEVICE', 'SIZE', 'CODE', 'WHY'],
          kept.map((one) => [
            one.id,
            formatTime(one.atMs),
            one.device,
            formatSize(one.sizeBytes),
            red(one.code),
            screen.redactor.redact(one.reason.split('\n', 1)[0] ?? ''),
          ]),
          bold,
          screen.listColumns,
        ),
      );
    });

  const show = new Command('show')
    .description('Print a refused configuration as it came, secrets included; needs the identity.')
    .argument('<id>', 'or the beginning of one, or the name of a device for its newest')
    .addHelpText('after', example('quarantine show r1 > r1-refused.txt'))
    .action(async (id) => {
      const { quarantineOf } = await import('#backup');
      const quarantine = quarantineOf(await runtime.workspace());
      const found = (await quarantine.list({ limit: Number.POSITIVE_INFINITY })).find(
        (one) => one.id.startsWith(id) || one.device === id,
      );
      if (found === undefined) {
        throw new NetwrightError('NW_VERSION_NOT_FOUND', `nothing of "${id}" is in quarantine`, {
          hint: '`netwright quarantine list` lists what is',
        });
      }
      const bytes = await quarantine.read(found.id);
      if (screen.isJson) screen.documentWithSecrets({ ...found, text: decodeText(bytes) });
      else screen.printRaw(bytes);
    });

  return new Command('quarantine')
    .description('Configurations that a backup refused: incomplete, shrunk, or with a failure in them.')
    .addCommand(list)
    .addCommand(show);
}
