import type { Session } from '#device';
import { type Pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';
import { complaintIn } from './type-lines.ts';

/** Works in the exclusive candidate and discards what was not committed. @throws NetwrightError `NW_CHANGE_LOCKED` */
export async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  const said = await session.dialogue('edit-config exclusive', [], pace());
  if (complaintIn(session, said) !== undefined) throw deviceBusy(session, 'the candidate is in use', said);
  return tidied(
    async () => {
      await session.dialogue('/configure', [], pace());
      return work();
    },
    async (ownPace) => {
      await session.dialogue('/configure', [], ownPace());
      await session.dialogue('discard', [], ownPace());
      await session.dialogue('quit-config', [{ see: /\[y,n\][ ]*$/i, answer: 'y' }], ownPace());
    },
  );
}

/** Each line from the top: `/configure port 1/1/1 description "x"`; `delete` stands before the path. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/^(delete )?\/?(?:configure )?/, (_, verb?: string) => `/configure ${verb ?? ''}`));

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the first line that was not taken */
export async function typeInto(session: Session, lines: readonly string[], pace: Pace): Promise<void> {
  for (const line of lines) {
    const answer = await session.dialogue(line, [], pace());
    if (complaintIn(session, answer) === undefined) continue;
    throw changeRefused(session, 'the candidate did not take', { line, answer });
  }
  await session.dialogue('/configure', [], pace());
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint of the router */
export async function ask(session: Session, command: string, pace: Pace): Promise<string> {
  const answer = await session.dialogue(command, [], pace(300_000));
  if (complaintIn(session, answer) !== undefined)
    throw changeRefused(session, `"${command.split(' ')[0]}" failed`, { answer });
  return answer;
}

/** A commit as the history of the router has it; the newest is the first. */
export interface SrosCommit {
  readonly text: string;
  readonly comment: string;
  /** It waits to be accepted. */
  readonly isOnTrial: boolean;
}

/** `show system management-interface commit-history`: a number on a line of its own begins each commit. */
export function parseHistory(text: string): readonly SrosCommit[] {
  return text
    .split(/^\d{1,6}\s*$/m)
    .slice(1)
    .map((entry) => ({
      text: /^\s*Committed\s+(.*\S)/m.exec(entry)?.[1] ?? '',
      comment: /^\s*Comment\s+"?(.*?)"?\s*$/m.exec(entry)?.[1] ?? '',
      isOnTrial: /unconfirmed|awaiting|waiting for/i.test(entry),
    }));
}

export const readHistory = async (session: Session, pace: Pace): Promise<readonly SrosCommit[]> =>
  parseHistory(await session.dialogue('show system management-interface commit-history', [], pace(60_000)));
