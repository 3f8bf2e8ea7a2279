import { formatDuration, type Outcome } from '#core';
import type { Screen } from './screen.ts';
import { counted, table } from './table.ts';

export type FailedOutcome = Extract<Outcome<unknown>, { ok: false }>;

/** Up to so many failures are listed one by one. */
const mostListed = 50;

/** What failed, device by device, with what to do next for each kind of failure. On stderr. */
export function reportFailures(screen: Screen, failures: readonly FailedOutcome[]): void {
  if (failures.length === 0) return;
  const { red, dim } = screen.errorColors;
  const rows = failures
    .slice(0, mostListed)
    .map(({ device, error, transcriptId }) => [
      `  ${device}`,
      red(error.code),
      withoutName(device, error.message) + (transcriptId === undefined ? '' : dim(`  [transcript ${transcriptId}]`)),
    ]);
  screen.note(table(['  FAILED', '', ''], rows, red));
  if (failures.length > mostListed) screen.note(dim(`  and ${failures.length - mostListed} more`));
  const hints = new Map(failures.map(({ error }) => [error.code, error.hint]));
  for (const [code, hint] of hints) screen.note(dim(`  ${code}: ${hint}`));
  const kept = failures.find(({ transcriptId }) => transcriptId !== undefined)?.transcriptId;
  if (kept !== undefined) screen.note(dim(`  what was said: netwright transcript show ${kept}`));
}

/** `23 devices done, 1 failed in 2.1 s` */
export function reportCounts(screen: Screen, total: number, failed: number, durationMs: number, more = ''): void {
  const { green, red } = screen.errorColors;
  const done = green(`${counted(total - failed, 'device')} done`);
  const notDone = failed === 0 ? '' : `, ${red(`${failed} failed`)}`;
  screen.note(`${done}${notDone}${more} in ${formatDuration(durationMs)}`);
}

/** The device stands in the first column already. */
const withoutName = (device: string, message: string): string =>
  message.startsWith(`${device}: `) ? message.slice(device.length + 2) : message;

/** An outcome as a program gets it. */
export function outcomeRecord<T>(outcome: Outcome<T>, value?: (value: T) => object): object {
  const { device, ok, startedAtMs, durationMs, attempts, transcriptId } = outcome;
  const facts = { device, ok, startedAt: new Date(startedAtMs).toISOString(), durationMs, attempts };
  if (outcome.ok) return { ...facts, ...value?.(outcome.value) };
  return { ...facts, error: outcome.error.toJSON(), ...(transcriptId !== undefined && { transcriptId }) };
}
