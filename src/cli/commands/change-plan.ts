import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { IntentSource, PlannedChange, PlanReport } from '#change';
import { NetwrightError, type Outcome } from '#core';
import { namesOf, printPlanned } from '../change-text.ts';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../failures.ts';
import { noteNoDevices } from '../no-devices.ts';
import { Progress } from '../progress.ts';
import { runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import type { Screen } from '../screen.ts';
import { counted } from '../table.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function changePlanCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('plan')
      .description('Show what a change would do to every device, and keep it to be applied. Changes nothing.')
      .option(...selectFlag)
      .optionsGroup('What is wanted:')
      .option('-f, --file <file>', 'a file of configuration lines')
      .option('--lines <line>', 'a line, or several; may be repeated', collect)
      .option('--template <file>', 'a Jinja2 template, filled in with the variables of each device')
      .option('--var <name=value>', 'a variable for the template, as YAML; may be repeated', collect)
      .option('--dir <folder>', 'a folder with a file for each device: r1.cfg')
      .option('--replace', 'it is the whole configuration, not lines to merge')
      .option('--target <path>', 'on a Linux host: the file that is meant, as a whole')
      .option('--check <command>', 'on a Linux host: judges the new file, {file} is its path')
      .option('--reload <command>', 'on a Linux host: brings the file into effect')
      .optionsGroup('What is shown and kept:')
      .option('-m, --comment <text>', 'why, for the audit')
      .option('--commands', 'show the lines that would be sent, however many')
      .option('--rollback', 'show the lines that would take it back')
      .option('--no-collapse', 'show each device by itself'),
  )
    .addHelpText(
      'after',
      example(
        'change plan -f acl.txt -s site:cairo -m "ticket 4711"',
        'change plan --template bgp.j2 --var asn=64512 -s role:pe',
        'change plan --dir intended/ --replace',
        `change plan -f frr.conf --target /etc/frr/frr.conf --check 'vtysh -C -f {file}' --reload 'systemctl reload frr' -s r1`,
      ),
    )
    .action(async (flags) => {
      const { screen, signal, cwd } = runtime;
      const intent = await intentOf(flags, cwd);
      const workspace = await runtime.workspace(settingFlags(flags));
      const { planChange } = await import('#change');
      await noteNoDevices(screen, workspace);
      const startedMs = performance.now();
      await using progress = await Progress.start(screen, 'plan');
      const plan = planChange(workspace, {
        ...runFlags(flags),
        intent,
        ...(flags.select !== undefined && { select: flags.select }),
        ...(flags.comment !== undefined && { comment: flags.comment }),
        signal,
        onEvent: progress.onEvent,
      });
      plan.report.catch(() => undefined);
      const outcomes: Outcome<PlannedChange>[] = [];
      for await (const outcome of plan) {
        screen.record(outcomeRecord(outcome, (value) => value));
        outcomes.push(outcome);
      }
      const report = await plan.report;
      await progress[Symbol.asyncDispose]();
      printPlan(screen, outcomes, flags);
      reportPlan(screen, report, outcomes, performance.now() - startedMs);
      if (report.failed > 0) runtime.someFailed();
    });
}

interface PlanFlags {
  readonly file?: string | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly template?: string | undefined;
  readonly var?: readonly string[] | undefined;
  readonly dir?: string | undefined;
  readonly replace?: true | undefined;
  readonly target?: string | undefined;
  readonly check?: string | undefined;
  readonly reload?: string | undefined;
}

/** @throws NetwrightError `NW_USAGE` unless exactly one source is named */
async function intentOf(flags: PlanFlags, cwd: string): Promise<IntentSource> {
  const { file, lines, template, dir, target, check, reload } = flags;
  const given = [file, lines, template, dir].filter((one) => one !== undefined).length;
  if (given !== 1) {
    throw new NetwrightError('NW_USAGE', `expected one of --file, --lines, --template and --dir, got ${given}`, {
      hint: 'netwright change plan --help',
    });
  }
  if (target === undefined && (check !== undefined || reload !== undefined)) {
    throw new NetwrightError('NW_USAGE', '--check and --reload are for a file of a host: name it with --target <path>');
  }
  if (flags.var !== undefined && template === undefined) {
    throw new NetwrightError('NW_USAGE', '--var is for templates: name one with --template <file>');
  }
  const more = {
    // A file of a host has no lines to merge: it is meant as a whole.
    kind: flags.replace || target !== undefined ? ('replace' as const) : ('merge' as const),
    ...(target !== undefined && {
      target: { path: target, ...(check !== undefined && { check }), ...(reload !== undefined && { reload }) },
    }),
  };
  if (file !== undefined) return { file: resolve(cwd, file), ...more };
  if (lines !== undefined) return { lines: lines.flatMap((one) => one.split('\n')), ...more };
  if (dir !== undefined) return { folder: resolve(cwd, dir), ...more };
  return { template: resolve(cwd, template ?? ''), variables: await variablesOf(flags.var ?? []), ...more };
}

async function variablesOf(texts: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { parse } = await import('yaml');
  const variables: Record<string, unknown> = {};
  for (const text of texts) {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined)
      throw new NetwrightError('NW_USAGE', `--var ${text}: expected <name>=<value>, such as asn=64512`);
    try {
      variables[name] = parse(value) as unknown;
    } catch (error) {
      throw new NetwrightError('NW_USAGE', `--var ${name}: ${(error as Error).message.split('\n', 1)[0]}`, {
        cause: error,
      });
    }
  }
  return variables;
}

function printPlan(
  screen: Screen,
  outcomes: readonly Outcome<PlannedChange>[],
  flags: { readonly collapse: boolean; readonly commands?: true | undefined; readonly rollback?: true | undefined },
): void {
  const planned = outcomes.flatMap(({ device, value }) => (value?.state === 'planned' ? [{ device, value }] : []));
  const groups = Map.groupBy(planned, ({ device, value }) =>
    flags.collapse ? JSON.stringify([value.promise, value.text]) : device,
  );
  const options = { ...(flags.commands && { commands: true }), ...(flags.rollback && { rollback: true }) };
  for (const group of [...groups.values()].sort((a, b) => b.length - a.length)) {
    const [first] = group;
    if (first !== undefined) printPlanned(screen, group.map(({ device }) => device).sort(), first.value, options);
  }
  const same = outcomes.filter(({ value }) => value?.state === 'same').map(({ device }) => device);
  if (same.length > 0) screen.print(screen.colors.dim(`── as wanted already: ${namesOf(same.sort())}`));
}

function reportPlan(
  screen: Screen,
  report: PlanReport,
  outcomes: readonly Outcome<PlannedChange>[],
  durationMs: number,
): void {
  const { bold, dim } = screen.errorColors;
  screen.record({ report: { ...report, createdAt: new Date(report.createdAtMs).toISOString() } });
  const failures = outcomes.filter((outcome): outcome is FailedOutcome => !outcome.ok);
  reportFailures(screen, failures);
  reportStrangers(screen, report.strangers);
  reportCounts(screen, report.total, failures, durationMs, `, ${counted(report.planned, 'device')} would change`);
  if (report.planned === 0) return;
  screen.note(`${bold(`change ${report.id}`)} ${dim(`is planned, ${report.hash.slice(0, 12)}`)}`);
  screen.note(dim(`  netwright change apply ${report.id}`));
}

/** A misspelt name would leave its device as it is without a word. */
function reportStrangers(screen: Screen, files: readonly string[]): void {
  if (files.length === 0) return;
  const named = files.length > 6 ? `${files.slice(0, 6).join(', ')}, and ${files.length - 6} more` : files.join(', ');
  screen.note(screen.errorColors.yellow(`  named after no device: ${named}`));
}
