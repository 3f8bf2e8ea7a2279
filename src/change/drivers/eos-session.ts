import type { Session } from '#device';
import type { Intent } from '../driver.ts';
import { tellingLines, withLiteralTexts } from './literal-text.ts';
import { type Pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';
import { typeAhead } from './type-lines.ts';

/** What is typed in a session of EOS to have the intent in it. */
export function linesOf({ kind, text }: Intent): readonly string[] {
  const lines = withLiteralTexts(tellingLines(text));
  return kind === 'replace' ? ['rollback clean-config', ...lines] : lines;
}

/**
 * Works in a configuration session of that name and gives it up when the work fails. Work that ends well leaves the
 * session by itself: by `abort` or by `commit`.
 *
 * @throws NetwrightError `NW_CHANGE_LOCKED` when EOS has no room for another session
 */
export async function inConfigSession<T>(
  session: Session,
  name: string,
  pace: Pace,
  work: () => Promise<T>,
): Promise<T> {
  // One that a lost connection left behind would still hold its lines.
  await drop(session, name, pace);
  const said = await session.dialogue(`configure session ${name}`, [], pace());
  if (session.mode !== 'session') throw deviceBusy(session, 'EOS opens no configuration session', said);
  return tidied(work, async (ownPace) => {
    if (session.mode !== 'session') return;
    await session.dialogue('abort', [], ownPace());
    if (session.mode === 'session') await session.enter(session.platform.home, ownPace());
  });
}

/** Removes a session that waits for its commit, if there is one. */
export async function drop(session: Session, name: string, pace: Pace): Promise<void> {
  if ((await stateOf(session, name, pace)) === 'pending')
    await session.dialogue(`no configure session ${name}`, [], pace());
}

/** `pending`: not committed; `timed`: committed, and taken back unless confirmed; otherwise there is none, or it is done with. */
export async function stateOf(session: Session, name: string, pace: Pace): Promise<'pending' | 'timed' | 'none'> {
  const [output] = await session.sendAll(['show configuration sessions detail'], { ...pace(), rejectFailures: false });
  for (const line of output!.text.split('\n')) {
    const words = line.replace(/^\s*\*?\s*/, '').split(/\s+/);
    if (words[0] !== name) continue;
    if (/commit ?timer/i.test(line)) return 'timed';
    if (words[1] === 'pending') return 'pending';
  }
  return 'none';
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the first line that EOS did not take */
export async function typeInto(session: Session, lines: readonly string[], pace: Pace): Promise<void> {
  const refused = await typeAhead(session, lines, pace);
  if (refused) throw changeRefused(session, 'the configuration session did not take', refused);
}

/** What the session would change, without the header that names the session. */
export async function diffOf(session: Session, pace: Pace): Promise<string> {
  const said = await session.send('show session-config diffs', pace(60_000));
  const lines = said.split('\n');
  const from = lines.findIndex((line) => !/^(?:---|\+\+\+) /.test(line) && line.trim() !== '');
  return from < 0 ? '' : `${lines.slice(from).join('\n').trimEnd()}\n`;
}
