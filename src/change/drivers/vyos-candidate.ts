import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Intent } from '../driver.ts';
import { type Pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';
import { planByTree } from './tree-plan.ts';

const command = /^(?:set|delete|rename|copy|comment|edit|top|up) /;

/** What is typed in the configuration mode: the `set` lines as they are given, or computed where the intent is a whole or has braces. */
export function linesOf(session: Session, baseText: string, intent: Intent): readonly string[] {
  const lines = intent.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (intent.kind === 'merge' && lines.every((line) => command.test(line))) return lines;
  return planByTree(session, baseText, intent).lines;
}

/** Works in a candidate of our own, which is discarded when it is left or the connection is lost. */
export async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  const said = await session.dialogue('configure', [], pace());
  if (session.mode !== 'configuration') throw deviceBusy(session, 'the configuration mode does not open', said);
  return tidied(work, async (ownPace) => {
    if (session.mode !== 'configuration') return;
    await session.dialogue('discard', [], ownPace());
    await session.enter(session.platform.home, ownPace());
  });
}

/** A line that changes nothing is told of, and no mistake. */
const isNoChange = (text: string): boolean => /already exists|Nothing to delete/.test(text);

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the first line that was not taken */
export async function typeInto(session: Session, lines: readonly string[], pace: Pace): Promise<void> {
  const outputs = await session.sendAll(lines, { ...pace(), rejectFailures: false });
  const refused = outputs.find(({ text, failure }) => failure !== undefined && !isNoChange(text));
  if (refused) {
    throw changeRefused(session, 'the candidate did not take', { line: refused.command, answer: refused.text });
  }
}

/** What a commit would change. */
export async function compare(session: Session, pace: Pace): Promise<string> {
  const said = (await session.send('compare', pace(60_000))).replace(/^\[edit\]$/gm, '').trim();
  return said === '' || /^No changes between/m.test(said) ? '' : `${said}\n`;
}

const proceed: readonly Exchange[] = [
  { see: /[Pp]roceed\s?\?[^\n]{0,40}$/, answer: 'y' },
  { see: /\[(?:confirm\]\[y|y\/N|Y\/n|yes\/no)\]\s*$/i, answer: 'y' },
];

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint: nothing was committed; `NW_CHANGE_LOCKED` while somebody else commits */
export async function commit(session: Session, typed: string, pace: Pace): Promise<void> {
  const said = await session.dialogue(typed, proceed, pace(300_000));
  if (/commit in progress|temporarily locked/i.test(said))
    throw deviceBusy(session, 'somebody else commits just now', said);
  if (/Commit failed|commit failed|^\[\[.*\]\] failed|Configuration system.*error|Traceback/m.test(said)) {
    throw changeRefused(session, 'the commit failed', { answer: said });
  }
}
