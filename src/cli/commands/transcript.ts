import { Command, Option } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import { example } from '../example.ts';
import { count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { formatTime, table } from '../table.ts';
import { transcriptText } from '../transcript-text.ts';

export function transcriptCommand(runtime: Runtime) {
  const { screen } = runtime;
  const list = new Command('list')
    .description('Conversations that failed and were kept, newest first.')
    .argument('[device]')
    .addOption(new Option('-n, --limit <count>', 'at most so many').argParser(count).default(20))
    .addHelpText('after', example('transcript list', 'transcript list r1'))
    .action(async (device, { limit }) => {
      const store = await (await runtime.workspace()).transcripts();
      const kept = await store.list({ ...(device !== undefined && { device }), limit });
      screen.document(
        kept.map(({ startedAtMs, ...rest }) => ({ ...rest, startedAt: new Date(startedAtMs).toISOString() })),
      );
      if (kept.length === 0) {
        screen.note(`no conversation${device === undefined ? '' : ` with ${device}`} failed`);
        return;
      }
      const { bold, yellow } = screen.colors;
      screen.print(
        table(
          ['ID', 'DEVICE', 'PLATFORM', 'WHEN', 'WHY'],
          kept.map(({ id, device: name, platform, startedAtMs, failure }) => [
            yellow(id),
            name,
            platform,
            formatTime(startedAtMs),
            // Whose it is stands in the row already.
            screen.redactor.redact((failure.split('\n', 1)[0] ?? '').replace(`${name} (${platform}): `, '')),
          ]),
          bold,
          screen.listColumns,
        ),
      );
    });

  const show = new Command('show')
    .description('What was said in a conversation that failed; secrets are taken out.')
    .argument('<id>', 'or the beginning of one')
    .addHelpText('after', example('transcript show 3f9a'))
    .action(async (id) => {
      const store = await (await runtime.workspace()).transcripts();
      const transcript = await store.load(id);
      if (transcript === undefined) {
        throw new NetwrightError('NW_USAGE', `no transcript "${id}"`, {
          hint: '`netwright transcript list` lists them',
        });
      }
      screen.document(transcript);
      const { bold, dim, red } = screen.colors;
      screen.print(
        `${bold(transcript.device)} ${dim(`(${transcript.platform}) ${formatTime(transcript.startedAtMs)}`)}`,
      );
      screen.print(red(transcript.failure));
      screen.print();
      screen.printText(transcriptText(transcript, screen.colors));
    });

  return new Command('transcript')
    .description('Conversations that failed, kept to be read.')
    .addCommand(list)
    .addCommand(show);
}
