import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Pace } from './pace.ts';

const questions: readonly Exchange[] = [
  { see: /Enter Y if you are sure you want to proceed\.?\s*\?\s*\[no\]:\s*$/i, answer: 'Y' },
  { see: /\[confirm\]\s*$/, answer: '' },
];

/** What a command of the replace family said; undefined when it did what it was to do. */
export async function complaintOf(session: Session, command: string, pace: Pace): Promise<string | undefined> {
  const said = await session.dialogue(command, questions, pace(600_000));
  const isDone =
    /Rollback Done|no lines? to be (?:added|applied|changed)|rollback to start/i.test(said) || said.trim() === '';
  const isWrong = /Rollback aborted|Rollback failed|^%? ?Error|^% |could not|unable to|incremental diff.*fail/im.test(
    said,
  );
  return isDone && !isWrong ? undefined : said;
}

/** IOS reads a file as a configuration when it begins with `version` and ends with `end`. */
export function asReplacement(text: string): string {
  const lines = text
    .replaceAll('\r', '')
    .split('\n')
    .filter((line) => !/^(?:Building configuration|Current configuration )/.test(line));
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  while (lines.length > 0 && lines[0]!.trim() === '') lines.shift();
  if (lines.at(-1) !== 'end') lines.push('end');
  // Ctrl-C is printed as two characters, and only the one character ends a banner in a file.
  return `${lines.map((line) => (/\^C/.test(line) ? line.replaceAll('^C', '\x03') : line)).join('\n')}\n`;
}

/** Minutes, 1 to 120. */
export const longestTimerMs = 120 * 60_000;
export const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));
