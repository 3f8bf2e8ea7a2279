import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Pace } from './pace.ts';

/** The first line that the device did not take. */
export interface RefusedLine {
  readonly line: string;
  readonly answer: string;
  /** The lines before it. */
  readonly applied: readonly string[];
}

/**
 * Types lines into a candidate, ahead of the answers where the system allows: whatever comes behind a refused line is
 * thrown away with the candidate.
 */
export async function typeAhead(
  session: Session,
  lines: readonly string[],
  pace: Pace,
): Promise<RefusedLine | undefined> {
  const outputs = await session.sendAll(lines, { ...pace(), rejectFailures: false });
  const at = outputs.findIndex(({ failure }) => failure !== undefined);
  if (at < 0) return undefined;
  const { command, text } = outputs[at]!;
  return { line: command, answer: text, applied: [] };
}

/** What systems ask before they take a line: a user is removed, a default is lost, an interface bounces. The plan said yes. */
const questions: readonly Exchange[] = [
  { see: /\[confirm\]\s*$/, answer: '' },
  { see: /\[yes\/no\](?: ?\(\w{2,3}\))?\s*[:?]?\s*$/i, answer: 'yes' },
  { see: /\((?:yes\/no|yes or no)\)(?: ?\[\w{1,3}\])?\s*[:?]?\s*$/i, answer: 'yes' },
  { see: /[[(]y\/n[\])](?: ?\[\w\])?\s*[:?]?\s*$/i, answer: 'y' },
];

const linesLookedAt = 8;

/** The words by which a device refused a line, if it did: the first and the last few lines are looked at. */
export function complaintIn(session: Session, text: string): string | undefined {
  const lines = text.split('\n');
  const seen =
    lines.length <= 2 * linesLookedAt ? lines : [...lines.slice(0, linesLookedAt), ...lines.slice(-linesLookedAt)];
  return seen.find((line) => session.platform.failures.some((failure) => failure.test(line.slice(0, 400))));
}

/** Types lines that take effect at once, one by one, and stops at the first that is refused. */
export async function typeOneByOne(
  session: Session,
  lines: readonly string[],
  pace: Pace,
): Promise<RefusedLine | undefined> {
  for (const [at, line] of lines.entries()) {
    const answer = await session.dialogue(line, questions, pace());
    if (complaintIn(session, answer) !== undefined) return { line, answer, applied: lines.slice(0, at) };
  }
  return undefined;
}
