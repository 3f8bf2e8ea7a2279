import type { PlannedChange, PlanRequest, Remediation } from '#change';
import type { Outcome } from '#core';
import type { OpenedWorkspace } from '#workspace';
import { namesOf, printPlanned } from './change-text.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from './failures.ts';
import { Progress } from './progress.ts';
import type { Screen } from './screen.ts';
import { counted } from './table.ts';

/** Plans a change, shows it as `change plan` does, and says its id. */
export async function followPlan(
  screen: Screen,
  workspace: OpenedWorkspace,
  request: PlanRequest,
): Promise<{ readonly planned: number; readonly failed: number }> {
  const { planChange } = await import('#change');
  const startedMs = performance.now();
  await using progress = await Progress.start(screen, 'plan');
  const plan = planChange(workspace, { ...request, onEvent: progress.onEvent });
  plan.report.catch(() => undefined);
  const outcomes: Outcome<PlannedChange>[] = [];
  for await (const outcome of plan) {
    screen.record({ plan: outcomeRecord(outcome, (value) => value) });
    outcomes.push(outcome);
  }
  const report = await plan.report;
  await progress[Symbol.asyncDispose]();
  printGroups(screen, outcomes);
  const { bold, dim } = screen.errorColors;
  screen.record({ plan: { report: { ...report, createdAt: new Date(report.createdAtMs).toISOString() } } });
  const failures = outcomes.filter((outcome): outcome is FailedOutcome => !outcome.ok);
  reportFailures(screen, failures);
  const more = `, ${counted(report.planned, 'device')} would change`;
  reportCounts(screen, report.total, failures, performance.now() - startedMs, more);
  if (report.planned > 0) {
    screen.note(`${bold(`change ${report.id}`)} ${dim(`is planned, ${report.hash.slice(0, 12)}`)}`);
    screen.note(dim(`  netwright change apply ${report.id}`));
  }
  return report;
}

function printGroups(screen: Screen, outcomes: readonly Outcome<PlannedChange>[]): void {
  const planned = outcomes.flatMap(({ device, value }) => (value?.state === 'planned' ? [{ device, value }] : []));
  const groups = Map.groupBy(planned, ({ value }) => JSON.stringify([value.promise, value.text]));
  for (const group of [...groups.values()].sort((a, b) => b.length - a.length)) {
    const [first] = group;
    if (first !== undefined) printPlanned(screen, group.map(({ device }) => device).sort(), first.value);
  }
  const same = outcomes.filter(({ value }) => value?.state === 'same').map(({ device }) => device);
  if (same.length > 0) screen.print(screen.colors.dim(`── as wanted already: ${namesOf(same.sort())}`));
}

/** What is for a person to mend, alike devices together. */
export function reportLeft(screen: Screen, left: Remediation['left']): void {
  const { yellow } = screen.errorColors;
  for (const [, group] of Map.groupBy(left, ({ rule, reason }) => `${rule}\n${reason}`)) {
    const { rule, reason } = group[0]!;
    screen.note(`${yellow('not mended')} ${rule} on ${namesOf(group.map(({ device }) => device))}: ${reason}`);
  }
}
