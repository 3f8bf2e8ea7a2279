import { resolve } from 'node:path';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { formatDuration } from '#core';
import type { Workspace } from '#workspace';
import { example } from '../example.ts';
import { count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted, formatSize, formatTime, table } from '../table.ts';
import { versionRecord } from '../version-record.ts';
import { findVersion, readVersionReference } from '../version-reference.ts';

export function historyCommand(runtime: Runtime) {
  const importing = new Command('import')
    .description('Take over the history of an Oxidized or RANCID git repository.')
    .addArgument(new Argument('<kind>', 'which tool').choices(['oxidized', 'rancid'] as const))
    .argument('<repository>', 'path of the git repository')
    .option('--group <name>', 'the group of all its devices, where the repository holds one group')
    .addHelpText('after', example('history import oxidized ~oxidized/default.git'))
    .action(async (kind, repository, { group }) => {
      const { importHistory } = await import('#backup');
      const workspace = await runtime.workspace();
      const result = await importHistory(workspace, {
        kind,
        repository: resolve(runtime.cwd, repository),
        signal: runtime.signal,
        ...(group !== undefined && { group }),
      });
      runtime.screen.document(result);
      runtime.screen.print(
        `${counted(result.versions, 'version')} of ${counted(result.devices, 'device')} taken over from ${repository}`,
      );
    });

  return new Command('history')
    .description('The versions of a configuration, newest first; without a device, the runs.')
    .argument('[device]')
    .addOption(new Option('-n, --limit <count>', 'at most so many').argParser(count).default(20))
    .addHelpText('after', example('history r1', 'history', 'history import oxidized ~oxidized/default.git'))
    .addCommand(importing)
    .action(async (reference, { limit }) => {
      const workspace = await runtime.workspace();
      if (reference === undefined) await listRuns(runtime, workspace, limit);
      else await listVersions(runtime, workspace, reference, limit);
    });
}

async function listVersions(runtime: Runtime, workspace: Workspace, reference: string, limit: number): Promise<void> {
  const { screen } = runtime;
  const store = await workspace.configurations();
  const { device } = await readVersionReference(store, reference);
  const versions = await store.history(device, { limit });
  if (versions.length === 0) {
    // Says whether the device is unknown, or known and never stored.
    await findVersion(workspace, { device, when: undefined });
  }
  screen.document(versions.map(versionRecord));
  const { bold, dim, green, red, yellow } = screen.colors;
  screen.print(
    table(
      ['WHEN', 'COMMIT', 'SIZE', 'CHANGE', 'BY', 'WHY'],
      versions.map((version) => [
        formatTime(version.atMs),
        yellow(version.commit.slice(0, 8)),
        formatSize(version.sizeBytes),
        version.retired ? dim('retired') : `${green(`+${version.linesAdded}`)} ${red(`-${version.linesRemoved}`)}`,
        version.author.replace(/ <.*/, ''),
        screen.redactor.redact(version.reason),
      ]),
      bold,
      screen.listColumns,
    ),
  );
}

/** Columns of a terminal that has room for all that is told of a run. */
const roomForAll = 104;

async function listRuns(runtime: Runtime, workspace: Workspace, limit: number): Promise<void> {
  const { screen } = runtime;
  const runs = await (await workspace.configurations()).runs.list({ limit });
  const { lockHolder } = await import('#store');
  const holder = lockHolder(workspace.path('.netwright', 'lock'));
  // A run has the lock until its hooks are called, and there is one run at a time.
  const isRunning = ({ startedAtMs, endedAtMs }: (typeof runs)[number]): boolean =>
    endedAtMs === undefined && holder !== undefined && startedAtMs >= holder.sinceMs;
  screen.document(
    runs.map((run) => {
      const { startedAtMs, endedAtMs, ...rest } = run;
      return {
        ...rest,
        running: isRunning(run),
        startedAt: new Date(startedAtMs).toISOString(),
        endedAt: endedAtMs === undefined ? null : new Date(endedAtMs).toISOString(),
      };
    }),
  );
  if (runs.length === 0) {
    screen.note('no backup was made yet: netwright backup');
    return;
  }
  const { bold, dim, green, red, yellow } = screen.colors;
  // The id begins with the time, in UTC.
  const isNarrow = (screen.listColumns ?? roomForAll) < roomForAll;
  const tookOf = (run: (typeof runs)[number]): string => {
    if (run.endedAtMs !== undefined) return formatDuration(run.endedAtMs - run.startedAtMs);
    return isRunning(run) ? green('running') : dim('not ended');
  };
  screen.print(
    table(
      ['RUN', ...(isNarrow ? [] : ['STARTED']), 'TOOK', 'DEVICES', 'CHANGED', 'FAILED', 'COMMIT', 'WHY'],
      runs.map((run) => [
        run.id,
        ...(isNarrow ? [] : [formatTime(run.startedAtMs)]),
        tookOf(run),
        String(run.total),
        run.changed > 0 ? green(String(run.changed)) : '0',
        run.failed > 0 ? red(String(run.failed)) : '0',
        yellow(run.commit?.slice(0, 8) ?? ''),
        screen.redactor.redact(run.reason),
      ]),
      bold,
      screen.listColumns,
    ),
  );
}
