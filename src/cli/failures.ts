import stringWidth from 'string-width';
import { formatDuration, type NetwrightError, type Outcome } from '#core';
import type { Screen } from './screen.ts';
import { counted, formatCount, table } from './table.ts';
import { wrapped } from './wrap.ts';

export type FailedOutcome = Extract<Outcome<unknown>, { ok: false }>;

/** Up to so many lines of failures. */
const mostListed = 50;
const mostNames = 6;
/** A message in narrower columns than that is hard to read: it goes below the name instead. */
const narrowest = 40;

/** What failed, with what to do next for each kind of failure, on stderr. Devices that failed alike share a line. */
export function reportFailures(screen: Screen, failures: readonly FailedOutcome[]): void {
  if (failures.length === 0) return;
  const { red, dim } = screen.errorColors;
  const alike = [
    ...Map.groupBy(failures, ({ device, error }) => `${error.code} ${withoutDevice(device, error.message)}`),
  ];
  const rows = alike.slice(0, mostListed).map(([, group]) => {
    const { device, error, transcriptId } = group[0]!;
    const transcript = transcriptId === undefined ? '' : dim(`  [transcript ${transcriptId}]`);
    const names = group.slice(0, mostNames).map((one) => one.device);
    const more = group.length > mostNames ? `, and ${group.length - mostNames} more` : '';
    return [
      `  ${names.join(', ')}${more}`,
      red(error.code),
      `${withoutDevice(device, error.message)}${transcript}`,
    ] as const;
  });
  screen.note(red('  FAILED'));
  screen.note(failureLines(rows, screen.errorColumns).join('\n'));
  if (alike.length > mostListed) screen.note(dim(`  and ${alike.length - mostListed} other failures`));
  const hints = new Map(failures.map(({ error }) => [error.code, error.hint]));
  for (const [code, hint] of hints) screen.note(dim(`  ${code}: ${hint}`));
  const kept = failures.find(({ transcriptId }) => transcriptId !== undefined)?.transcriptId;
  if (kept !== undefined) screen.note(dim(`  what was said: netwright transcript show ${kept}`));
}

/** Names, codes and whole messages: what is expected and what came may stand anywhere in them. */
function failureLines(
  rows: readonly (readonly [names: string, code: string, message: string])[],
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const heads = table(
    ['', ''],
    rows.map(([names, code]) => [names, code]),
  )
    .split('\n')
    .slice(1);
  const margin = Math.max(...heads.map((head) => stringWidth(head))) + 2;
  const isBeside = columns - margin >= narrowest;
  const indent = ' '.repeat(isBeside ? margin : 4);
  return rows.flatMap(([, , message], n) => {
    const head = heads[n] ?? '';
    const lines = wrapped(message, columns - indent.length - 1);
    if (!isBeside) return [head, ...lines.map((line) => indent + line)];
    const [first = '', ...rest] = lines;
    return [head + ' '.repeat(margin - stringWidth(head)) + first, ...rest.map((line) => indent + line)];
  });
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
    ...(failed === 0 ? [] : [red(`${formatCount(failed)} failed`)]),
    ...(notDone === 0 ? [] : [yellow(`${formatCount(notDone)} not done`)]),
  ];
  screen.note(`${parts.join(', ')}${more} in ${formatDuration(durationMs)}`);
}

/** The device itself did nothing wrong: the run ended before it. */
const wasLeft = ({ code }: NetwrightError): boolean => code === 'NW_CANCELLED' || code === 'NW_SKIPPED';

/** The device stands in a column of its own: `r1: …`, `r1 (192.0.2.1:22, ssh) (cisco_ios): …`. */
export function withoutDevice(device: string, message: string): string {
  const rest = message.startsWith(device) ? message.slice(device.length) : message;
  const label = /^(?:(?: \([^()]*\))+:? |: )/.exec(rest);
  return label === null || rest === message ? message : rest.slice(label[0].length);
}

/** An outcome as a program gets it; `failedWith`: what there is of a device that failed. */
export function outcomeRecord<T>(outcome: Outcome<T>, value?: (value: T) => object, failedWith: object = {}): object {
  const { device, ok, startedAtMs, durationMs, attempts, transcriptId } = outcome;
  const facts = {
    device,
    ok,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Math.round(durationMs),
    attempts,
  };
  if (outcome.ok) return { ...facts, ...value?.(outcome.value) };
  return {
    ...facts,
    ...failedWith,
    error: outcome.error.toJSON(),
    ...(transcriptId !== undefined && { transcriptId }),
  };
}
