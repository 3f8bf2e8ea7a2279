import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { ComplianceReport, PlanRequest, Policy, Severity } from '#change';
import { NetwrightError } from '#core';
import type { OpenedWorkspace } from '#workspace';
import type { CheckOutput } from '../check-text.ts';
import { example } from '../example.ts';
import { noteNoDevices } from '../no-devices.ts';
import { Progress } from '../progress.ts';
import { runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';

/** The grammar is there before the rooms are loaded. */
const severityNames = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];

export function checkCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('check')
      .description('Hold the stored configurations against a policy. Touches no device unless --facts says so.')
      .argument('<policy>', 'policy.yaml, or a validation file of NAPALM')
      .option(...selectFlag)
      .option('--at <time>', 'the configurations of that time: yesterday, 2026-01-31')
      .option('--facts', 'ask the devices too, for rules about facts')
      .optionsGroup('What comes of it:')
      .option('--junit <file>', 'write a report for CI systems')
      .option('--remediate', 'plan the change that mends what fails; nothing is applied')
      .option('-m, --comment <text>', 'why, for the record of that plan')
      .option('--all', 'show also what passes')
      .addOption(
        new Option('--fail-on <severity>', 'exit with 1 only from this severity upwards')
          .choices([...severityNames, 'never'] as const)
          .default('info' as const),
      ),
  )
    .addHelpText(
      'after',
      example(
        'check policy.yaml -s site:cairo',
        'check policy.yaml --at yesterday --junit report.xml',
        'check policy.yaml --remediate',
        'check validate.yml --facts -s role:edge',
      ),
    )
    .action(async (file, flags) => {
      const { screen, signal, cwd } = runtime;
      const workspace = await runtime.workspace(settingFlags(flags));
      const { checkCompliance, loadPolicy, openJunitReport } = await import('#change');
      const { CheckOutput } = await import('../check-text.ts');
      const platforms = await workspace.platforms();
      const policy = await loadPolicy(resolve(cwd, file), { shownAs: file, platforms: platforms.ids() });
      const { select, at } = await meantOf(flags, workspace);
      if (at !== undefined && flags.remediate)
        throw new NetwrightError('NW_USAGE', '--remediate mends what is now: leave the time out');
      const atMs = await timeOf(at, workspace);
      await noteNoDevices(screen, workspace);
      await using junit =
        flags.junit === undefined
          ? undefined
          : await openJunitReport(resolve(cwd, flags.junit), policy.title ?? file, (text) =>
              screen.redactor.redact(text),
            );
      await using progress = await Progress.start(screen, 'check');
      const run = checkCompliance(workspace, {
        ...{ policy, signal, onEvent: progress.onEvent, run: runFlags(flags) },
        ...(select !== undefined && { select }),
        ...(atMs !== undefined && { atMs }),
        ...(flags.facts && { facts: true }),
        ...(flags.remediate && { remediate: true }),
        onChecked: (done, total) => progress.count(done, total),
      });
      run.report.catch(() => undefined);
      const output = new CheckOutput(screen, { isAll: flags.all === true });
      for await (const check of run) {
        output.add(check);
        await junit?.add(check);
      }
      const report = await run.report;
      await progress[Symbol.asyncDispose]();
      await junit?.finish();
      output.finish(report);
      if (fails(output, report, flags.failOn)) runtime.someFailed();
      if (report.remediation !== undefined)
        await plan(runtime, workspace, policy, report, {
          ...runFlags(flags),
          ...(flags.comment !== undefined && { comment: flags.comment }),
        });
    });
}

/** `-s r1@yesterday` is `-s r1 --at yesterday`; a device may have an `@` in its name. */
async function meantOf(
  { select, at }: { readonly select?: string | undefined; readonly at?: string | undefined },
  workspace: OpenedWorkspace,
): Promise<{ readonly select: string | undefined; readonly at: string | undefined }> {
  const [, name, time] = /^([^\s@"']+)@(.+)$/.exec(select ?? '') ?? [];
  if (select === undefined || name === undefined || at !== undefined) return { select, at };
  return (await workspace.inventory()).devices.has(select) ? { select, at } : { select: name, at: time };
}

async function timeOf(at: string | undefined, workspace: OpenedWorkspace): Promise<number | undefined> {
  if (at === undefined) return undefined;
  const { readTime } = await import('../read-time.ts');
  return readTime(at, workspace.clock.now());
}

/** Whether somebody should look: a rule fails that is as severe, a device could not be judged, or nothing was. */
function fails(output: CheckOutput, { devices }: ComplianceReport, failOn: Severity | 'never'): boolean {
  if (failOn === 'never') return false;
  return devices.unknown > 0 || output.hasUnknown || !output.hasJudged || output.failsFrom(failOn);
}

/** Plans what mends, as `change plan` does, and shows it. */
async function plan(
  runtime: Runtime,
  workspace: OpenedWorkspace,
  { file }: Policy,
  { remediation }: ComplianceReport,
  options: Omit<PlanRequest, 'intent'>,
): Promise<void> {
  const { screen, signal } = runtime;
  const { texts, left } = remediation!;
  const { reportLeft, followPlan } = await import('../check-plan.ts');
  reportLeft(screen, left);
  if (left.length > 0) runtime.someFailed();
  if (Object.keys(texts).length === 0) {
    if (left.length > 0)
      throw new NetwrightError('NW_CHANGE_REFUSED', `${file}: no lines that could be planned mend what fails`, {
        hint: 'the reasons stand above; netwright change plan --lines takes lines of yours',
      });
    screen.note('nothing to mend');
    return;
  }
  const { planned, failed } = await followPlan(screen, workspace, {
    ...options,
    intent: { texts, title: `remediation of ${file}` },
    signal,
  });
  if (failed > 0) runtime.someFailed();
  if (planned === 0 && failed === 0) screen.note('the devices are as wanted already: back them up, and check again');
}
