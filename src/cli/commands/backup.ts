import { Command, Option } from '@commander-js/extra-typings';
import type { BackupReport, BackupResult, BackupRun } from '#backup';
import { parseDurationMs } from '#core';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../failures.ts';
import { noteNoDevices } from '../no-devices.ts';
import { Progress } from '../progress.ts';
import { argument, runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import type { Screen } from '../screen.ts';
import { reportStale } from '../stale-report.ts';
import { counted, formatCount, formatSize, padded } from '../table.ts';

export function backupCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('backup')
      .description('Keep the configuration of every device: complete, versioned, with no secret in clear.')
      .option(...selectFlag)
      .option('-m, --reason <text>', 'why, for the history')
      .option('--author <name>', 'who, for the history: Name <address>')
      .addOption(new Option('--commit <per>', 'one commit a run, or one a device').choices(['run', 'device']))
      .option('--accept-shrunk', 'take configurations that are much smaller than the last')
      .option('--retire', 'retire devices that left the inventory, even if they are many')
      .option('--wait', 'wait for another backup of this workspace to end')
      .addOption(
        new Option('--stale <time>', 'back nothing up; list devices not seen for so long: 24h').argParser(
          argument(parseDurationMs),
        ),
      ),
  )
    .addHelpText(
      'after',
      example('backup', `backup -s 'site:cairo and platform:cisco_ios' -m "before the upgrade"`, 'backup --stale 24h'),
    )
    .action(async (flags) => {
      const { screen, signal } = runtime;
      const workspace = await runtime.workspace(settingFlags(flags));
      if (flags.stale !== undefined) {
        await reportStale(runtime, workspace, flags.stale, flags.select);
        return;
      }
      const [{ startBackup }, { runDefaults }] = await Promise.all([import('#backup'), import('#workspace')]);
      await noteNoDevices(screen, workspace);
      await using progress = await Progress.start(screen, 'backup');
      const backup = startBackup(workspace, {
        ...runDefaults(workspace.settings),
        ...runFlags(flags),
        ...(flags.select !== undefined && { select: flags.select }),
        ...reasonOf(flags.reason, runtime),
        ...(flags.author !== undefined && { author: flags.author }),
        ...(flags.commit !== undefined && { commitPer: flags.commit }),
        ...(flags.acceptShrunk && { acceptShrunk: true }),
        ...(flags.retire && { retire: true }),
        ...(flags.wait && { wait: true }),
        signal,
        onEvent: progress.onEvent,
      });
      const followed = await followBackup(screen, backup);
      const { report } = followed;
      await progress[Symbol.asyncDispose]();
      reportBackup(screen, followed);
      if (report.failed > 0) runtime.someFailed();
    });
}

/** What was not said: with somebody at a terminal it was by hand; of cron and the like the backup knows a word itself. */
function reasonOf(given: string | undefined, { stdin, screen }: Runtime): { readonly reason?: string } {
  if (given !== undefined) return { reason: given };
  return stdin.isTTY === true || screen.errorColumns !== undefined ? { reason: 'by hand' } : {};
}

/** A backup that is over. */
interface FollowedBackup {
  readonly report: BackupReport;
  readonly failures: readonly FailedOutcome[];
  /** Of those that changed, how many came for the first time. */
  readonly added: number;
}

/** Prints what changed as it comes; unchanged devices are only counted. */
export async function followBackup(screen: Screen, backup: BackupRun): Promise<FollowedBackup> {
  const failures: FailedOutcome[] = [];
  let added = 0;
  // A backup that cannot begin rejects here as well as in the loop: it is told once.
  backup.report.catch(() => undefined);
  for await (const outcome of backup) {
    screen.record(outcomeRecord(outcome, (value) => value));
    if (!outcome.ok) failures.push(outcome);
    else if (outcome.value.change === 'changed') screen.print(changeLine(screen, outcome.device, outcome.value));
    else if (outcome.value.change === 'new' && ++added <= mostNew) {
      screen.print(changeLine(screen, outcome.device, outcome.value));
    }
  }
  if (added > mostNew) screen.print(`   and ${formatCount(added - mostNew)} more new ones`);
  return { report: await backup.report, failures, added };
}

/** A first backup of thousands is a number, not a list; what changed is always listed. */
const mostNew = 30;

/** Most names are shorter, and what comes is not known beforehand. */
const nameColumns = 24;

function changeLine({ colors }: Screen, device: string, result: BackupResult): string {
  const { green, red, dim, yellow } = colors;
  const name = padded(device, nameColumns);
  if (result.change === 'new') return `   ${green('new    ')} ${name} ${dim(formatSize(result.sizeBytes))}`;
  return `   ${yellow('changed')} ${name} ${green(`+${result.linesAdded}`)} ${red(`-${result.linesRemoved}`)}`;
}

export function reportBackup(screen: Screen, { report, failures, added }: FollowedBackup): void {
  const { dim, yellow } = screen.errorColors;
  screen.record({
    report: {
      ...report,
      startedAt: new Date(report.startedAtMs).toISOString(),
      warnings: report.warnings.map((warning) => warning.toJSON()),
    },
  });
  reportFailures(screen, failures);
  for (const { code, message, hint } of report.warnings) screen.note(`${yellow(code)} ${message}\n  ${dim(hint)}`);
  const stored = report.commit === undefined ? '' : `, commit ${report.commit.slice(0, 8)}`;
  if (report.retired.length > 0) {
    screen.note(
      `${counted(report.retired.length, 'device')} retired, no longer in the inventory: ${inFew(report.retired)}`,
    );
  }
  const changed = report.changed - added;
  const news = added === 0 ? '' : `, ${formatCount(added)} new`;
  const changes = changed === 0 && added > 0 ? '' : `, ${formatCount(changed)} changed`;
  reportCounts(screen, report.total, failures, report.durationMs, `${news}${changes}${stored}`);
}

const inFew = (names: readonly string[]): string =>
  names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')}, and ${names.length - 10} more`;
