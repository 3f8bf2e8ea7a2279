import { Command, Option } from '@commander-js/extra-typings';
import type { ApplyOptions, ApplyReport, DeviceChange } from '#change';
import { formatDuration, NetwrightError, type Outcome, parseDurationMs } from '#core';
import { reportFailedRollbacks, statesText, stateText } from '../change-text.ts';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportFailures } from '../failures.ts';
import { Progress } from '../progress.ts';
import { argument, batchSizes, count, selectFlag } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import type { Screen } from '../screen.ts';
import { formatTime } from '../table.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const shortestConfirmMs = 10_000;

export function changeApplyCommand(runtime: Runtime) {
  return new Command('apply')
    .description('Do what was planned, prove it, and keep it or take it back. Ctrl-C begins no further device.')
    .argument('<id>', 'of the plan, or its beginning')
    .option(...selectFlag)
    .option('-m, --comment <text>', 'why, for the audit and the devices')
    .addOption(
      new Option('--confirm <time>', 'taken back after so long unless `change confirm` comes: 5m').argParser(
        argument(confirmTime),
      ),
    )
    .optionsGroup('Which devices when:')
    .addOption(new Option('--serial <batches>', 'canary, then waves: 1,10%,100%').argParser(batchSizes))
    .addOption(
      new Option(
        '--max-failures <count>',
        'begin no more once more than so many failed: 3, or 5% (default: 0)',
      ).argParser(mostFailures),
    )
    .addOption(new Option('-c, --concurrency <count>', 'devices at once').argParser(count))
    .optionsGroup('What must hold afterwards:')
    .option(
      '--expect <what>',
      '"bgp_neighbors 10.0.0.2 is up", "interfaces eth0 mtu >= 1500"; may be repeated',
      collect,
    )
    .option('--ping <address>', 'from each device; may be repeated', collect)
    .addOption(
      new Option('--within <time>', 'how long that may take (default: 30s)').argParser(argument(parseDurationMs)),
    )
    .optionsGroup('What is left out:')
    .option('--no-save', 'do not make it the start-up configuration')
    .option('--no-backup', 'no backup before and after')
    .option('--no-guard', 'no process that keeps the promises when this one dies')
    .addHelpText(
      'after',
      example(
        'change apply 261120-k3f9w -m "ticket 4711"',
        'change apply 261120-k3f9w --serial 1,10%,100% --expect "bgp_neighbors 10.0.0.2 is up"',
        'change apply 261120-k3f9w --confirm 5m',
      ),
    )
    .action(async (id, flags) => {
      const { screen, signal } = runtime;
      const concurrency = flags.concurrency;
      const workspace = await runtime.workspace(
        concurrency === undefined ? [] : [{ key: 'run.concurrency', flag: '--concurrency', value: concurrency }],
      );
      const { applyChange } = await import('#change');
      await using progress = await Progress.start(screen, 'apply');
      const applying = applyChange(workspace, id, {
        ...optionsOf(flags),
        signal,
        onEvent: (event) => {
          if (event.type === 'step') progress.note(event.device, event.state);
          else progress.onEvent(event);
        },
      });
      applying.report.catch(() => undefined);
      const failures: FailedOutcome[] = [];
      for await (const outcome of applying) {
        screen.record(outcomeRecord(outcome, recordOf));
        if (outcome.ok) screen.print(doneLine(screen, outcome));
        else failures.push(outcome);
      }
      const report = await applying.report;
      await progress[Symbol.asyncDispose]();
      await reportApply(screen, workspace, report, failures);
      if (failures.length > 0) runtime.someFailed();
    });
}

type Flags = {
  readonly select?: string | undefined;
  readonly comment?: string | undefined;
  readonly confirm?: number | undefined;
  readonly serial?: ApplyOptions['serial'] | undefined;
  readonly maxFailures?: ApplyOptions['maxFailures'] | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly ping?: readonly string[] | undefined;
  readonly within?: number | undefined;
  readonly save: boolean;
  readonly backup: boolean;
  readonly guard: boolean;
};

function optionsOf(flags: Flags): ApplyOptions {
  return {
    ...(flags.select !== undefined && { select: flags.select }),
    ...(flags.comment !== undefined && { comment: flags.comment }),
    ...(flags.confirm !== undefined && { confirmMs: flags.confirm }),
    ...(flags.serial !== undefined && { serial: flags.serial }),
    ...(flags.maxFailures !== undefined && { maxFailures: flags.maxFailures }),
    ...(flags.expect !== undefined && { expect: flags.expect }),
    ...(flags.ping !== undefined && { pings: flags.ping }),
    ...(flags.within !== undefined && { checkMs: flags.within }),
    ...{ save: flags.save, backup: flags.backup },
    ...(flags.guard ? {} : { guard: false }),
  };
}

/** Somebody has to be quick enough to confirm. */
function confirmTime(text: string): number {
  const ms = parseDurationMs(text);
  if (ms >= shortestConfirmMs) return ms;
  throw new NetwrightError('NW_USAGE', `expected ${shortestConfirmMs / 1000}s at least`, {
    hint: 'such as 5m',
  });
}

/** `3` or `5%`. */
const mostFailures = argument((text: string): NonNullable<ApplyOptions['maxFailures']> => {
  if (/^\d+$/.test(text)) return Number(text);
  if (/^\d+(?:\.\d+)?%$/.test(text)) return text as `${number}%`;
  throw new NetwrightError('NW_USAGE', 'expected a count or a share', { hint: 'such as 3 or 5%' });
});

const recordOf = ({ deadlineMs, ...value }: DeviceChange): object => ({
  ...value,
  ...(deadlineMs !== undefined && { deadline: new Date(deadlineMs).toISOString() }),
});

function doneLine({ colors }: Screen, { device, value }: Outcome<DeviceChange> & { readonly ok: true }): string {
  const { dim } = colors;
  const until = value.deadlineMs === undefined ? '' : dim(` until ${formatTime(value.deadlineMs)}`);
  return `   ${stateText(value.state, colors, 9)} ${device}${until}`;
}

async function reportApply(
  screen: Screen,
  workspace: Awaited<ReturnType<Runtime['workspace']>>,
  report: ApplyReport,
  failures: readonly FailedOutcome[],
): Promise<void> {
  const { bold, dim, yellow } = screen.errorColors;
  screen.record({ report });
  reportFailures(screen, failures);
  if ((report.states['rollback failed'] ?? 0) > 0) {
    const { changeStatus } = await import('#change');
    const { devices } = await changeStatus(workspace, report.id, { settle: false });
    reportFailedRollbacks(screen, report.id, devices);
  }
  for (const warning of report.warnings) screen.note(`${yellow('mind')} ${warning}`);
  if (report.stopped !== undefined) screen.note(yellow(`stopped: ${report.stopped}`));
  const { same: _, ...states } = report.states;
  screen.note(`${bold(`change ${report.id}`)}: ${statesText(states)} in ${formatDuration(report.durationMs)}`);
  if ((report.states.pending ?? 0) > 0) screen.note(dim(`  netwright change confirm ${report.id}`));
  if ((report.states.planned ?? 0) > 0) screen.note(dim(`  what is left: netwright change apply ${report.id}`));
}
