import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { ReadStatistics, SourceInput } from '#internet';
import { example } from '../../example.ts';
import type { Runtime } from '../../runtime.ts';

export function internetDumpCommand(runtime: Runtime) {
  return new Command('dump')
    .description('Print the routes of an MRT file, a line each, as `bgpdump -m` does.')
    .argument('<file>', 'MRT, plain or packed with gzip, bzip2 or zstd; `-` for stdin')
    .addOption(
      new Option('--time <which>', 'time of the lines of a table: of the dump, or of the last change of the route')
        .choices(['dump', 'change'])
        .default('dump' as const),
    )
    .option('--stats', 'print what was read, what was passed over and why, and no routes')
    .addHelpText(
      'after',
      example(
        'internet dump rib.20260901.0000.bz2 | head',
        'internet dump --json updates.gz',
        'internet dump --stats bview.gz',
      ),
    )
    .action(async (file, flags) => {
      const { screen, signal } = runtime;
      const { openDump } = await import('#internet');
      const input: SourceInput = file === '-' ? { name: 'stdin', bytes: runtime.stdin } : resolve(runtime.cwd, file);
      const dump = openDump(input, {
        signal,
        time: flags.time,
        as: flags.stats ? 'nothing' : screen.isJson ? 'json' : 'text',
      });
      for await (const lines of dump.lines) {
        // Public routes: there is nothing to redact.
        screen.printRaw(lines);
        await screen.drained(signal);
        if (screen.isClosed) return;
      }
      const statistics = dump.statistics();
      if (statistics.damageCount > 0) runtime.exitCode = 1;
      if (flags.stats) {
        screen.document(statistics);
        screen.print(statisticsText(statistics));
      } else for (const line of damageLines(statistics)) screen.note(line);
    });
}

function statisticsText(statistics: ReadStatistics): string {
  const { fileBytes, unpackedBytes, records, routes, withdrawals, stateChanges, skipped } = statistics;
  const rows: readonly (readonly [string, number])[] = [
    ['bytes in the file', fileBytes],
    ['bytes unpacked', unpackedBytes],
    ['records', records],
    ['routes and announcements', routes],
    ['withdrawals', withdrawals],
    ['state changes', stateChanges],
  ];
  const lines = rows.map(([name, count]) => `${count.toLocaleString('en').padStart(15)}  ${name}`);
  const passed = skipped.map(
    ({ reason, count, firstOffset }) =>
      `${count.toLocaleString('en').padStart(15)}  passed over: ${reason} (first at byte ${firstOffset})`,
  );
  return [...lines, ...passed, ...damageLines(statistics)].join('\n');
}

function damageLines({ damage, damageCount }: ReadStatistics): string[] {
  const lines = damage.map(({ source, offset, bytes, reason }) =>
    bytes === 0 ? `${source}, byte ${offset}: ${reason}` : `${source}, byte ${offset}: ${reason} (${bytes} bytes lost)`,
  );
  if (damageCount > damage.length) lines.push(`… and ${damageCount - damage.length} more damaged places`);
  return lines;
}
