import { formatDuration, type NetwrightError, type Outcome } from '#core';
import type { Screen } from './screen.ts';
import { counted, table } from './table.ts';

export type FailedOutcome = Extract<Outcome<unknown>, { ok: false }>;

/** Up to so many lines of failures. */
const mostListed = 50;
const mostNames = 6;
const longestMessage = 320;

/** What failed, with what to do next for each kind of failure, on stderr. Devices that failed alike share a line. */
export function reportFailures(screen: Screen, failures: readonly FailedOutcome[]): void {
  if (failures.length === 0) return;
  const { red, dim } = screen.errorColors;
  const alike = [
    ...Map.groupBy(failures, ({ device, error }) => `${error.code} ${withoutName(device, error.message)}`),
  ];
  const rows = alike.slice(0, mostListed).map(([, group]) => {
    const { device, error, transcriptId } = group[0]!;
    const transcript = transcriptId === undefined ? '' : dim(`  [transcript ${transcriptId}]`);
    const names = group.slice(0, mostNames).map((one) => one.device);
    const more = group.length > mostNames ? `, and ${group.length - mostNames} more` : '';
    return [
      `  ${names.join(', ')}${more}`,
      red(error.code),
      `${inBrief(withoutName(device, error.message))}${transcript}`,
    ];
  });
  screen.note(table(['  FAILED', '', ''], rows, red));
  if (alike.length > mostListed) screen.note(dim(`  and ${alike.length - mostListed} other failures`));
  const hints = new Map(failures.map(({ error }) => [error.code, error.hint]));
  for (const [code, hint] of hints) screen.note(dim(`  ${code}: ${hint}`));
  const kept = failures.find(({ transcriptId }) => transcriptId !== undefined)?.transcriptId;
  if (kept !== undefined) screen.note(dim(`  what was said: netwright transcript show ${kept}`));
}

/** `23 devices done, 1 failed, 5 not tried in 2.1 s` */
export function reportCounts(
  screen: Screen,
  total: number,
  failures: readonly FailedOutcome[],
  durationMs: number,
  more = '',
): void {
  const { green, red, yellow } = screen.errorColors;
  const notDone = failures.filter(({ error }) => wasLeft(error)).length;
  const failed = failures.length - notDone;
  const parts = [
    green(`${counted(total - failures.length, 'device')} done`),
    ...(failed === 0 ? [] : [red(`${failed} failed`)]),
    ...(notDone === 0 ? [] : [yellow(`${notDone} not done`)]),
  ];
  screen.note(`${parts.join(', ')}${more} in ${formatDuration(durationMs)}`);
}

/** The device itself did nothing wrong: the run ended before it. */
const wasLeft = ({ code }: NetwrightError): boolean => code === 'NW_CANCELLED' || code === 'NW_SKIPPED';

/** The device stands in the first column already: `r1: …`, `r1 (192.0.2.1:22, ssh): …`. */
function withoutName(device: string, message: string): string {
  const rest = message.startsWith(device) ? message.slice(device.length) : message;
  const label = /^(?: \([^()]*\))?: /.exec(rest);
  return label === null || rest === message ? message : rest.slice(label[0].length);
}

/** A very long message with its middle left out: what was expected stands first, what came stands last. */
const inBrief = (message: string): string =>
  message.length <= longestMessage ? message : `${message.slice(0, 140)} … ${message.slice(-140)}`;

/** An outcome as a program gets it. */
export function outcomeRecord<T>(outcome: Outcome<T>, value?: (value: T) => object): object {
  const { device, ok, startedAtMs, durationMs, attempts, transcriptId } = outcome;
  const facts = {
    device,
    ok,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Math.round(durationMs),
    attempts,
  };
  if (outcome.ok) return { ...facts, ...value?.(outcome.value) };
  return { ...facts, error: outcome.error.toJSON(), ...(transcriptId !== undefined && { transcriptId }) };
}
