import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { JunosCommitOptions } from './junos-driver.ts';
import { type Pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';

const leaveQuestions: readonly Exchange[] = [
  // In exclusive mode what was not committed is discarded on the way out; in the shared one it would stay.
  { see: /Discard uncommitted changes\? \[yes,no\] \(\w{2,3}\)[ ]*$/, answer: 'yes' },
  { see: /Exit with uncommitted changes\? \[yes,no\] \(\w{2,3}\)[ ]*$/, answer: 'yes' },
];

const leave = async (session: Session, pace: Pace): Promise<void> => {
  if (session.mode === 'configuration') await session.dialogue('exit configuration-mode', leaveQuestions, pace());
};

/**
 * Works in the exclusive candidate, in which nobody else can type or commit, and leaves it as it was committed last.
 * A lost connection discards it too.
 *
 * @throws NetwrightError `NW_CHANGE_LOCKED` when somebody has it, or left changes in it that are not committed
 */
export async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  await refuseDirty(session, pace);
  const said = await session.dialogue('configure exclusive', [], pace());
  if (session.mode !== 'configuration') throw deviceBusy(session, 'the configuration is locked by somebody else', said);
  return tidied(work, async (ownPace) => {
    if (session.mode !== 'configuration') return;
    await session.dialogue('top', [], ownPace());
    await session.dialogue('rollback 0', [], ownPace());
    await leave(session, ownPace);
  });
}

/** Leaving the exclusive mode would throw away what somebody else typed into the shared candidate: look first. */
async function refuseDirty(session: Session, pace: Pace): Promise<void> {
  const said = await session.dialogue('configure', [], pace());
  if (session.mode !== 'configuration') throw deviceBusy(session, 'the configuration mode does not open', said);
  const diff = await session.dialogue('show | compare', [], pace());
  await leave(session, pace);
  if (diff.trim() !== '')
    throw deviceBusy(session, 'somebody else has changes in the candidate that are not committed', diff);
}

/** What the candidate would change. */
export const compare = (session: Session, pace: Pace): Promise<string> =>
  session.dialogue('show | compare', [], pace(60_000));

const commitMs = 300_000;

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint of Junos */
export async function check(session: Session, pace: Pace): Promise<void> {
  const said = await session.dialogue('commit check', [], pace(commitMs));
  if (!/configuration check succeeds/.test(said) || /^error: /m.test(said)) {
    throw changeRefused(session, '"commit check" failed', { answer: said });
  }
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint of Junos: nothing was committed */
export async function commit(session: Session, { comment, minutes }: JunosCommitOptions, pace: Pace): Promise<void> {
  const command = `commit${minutes === undefined ? '' : ` confirmed ${minutes}`}${commentOf(comment)}`;
  const said = await session.dialogue(command, [], pace(commitMs));
  if (!/^(?:.{0,40}: )?commit complete\s*$/m.test(said) || /^error: /m.test(said)) {
    throw changeRefused(session, 'the commit failed', { answer: said });
  }
}

/** Junos takes a comment in double quotes, which cannot hold any. */
const commentOf = (text: string): string => ` comment "${text.replaceAll(/["\\]/g, "'").slice(0, 500)}"`;

export async function loadRollback(session: Session, nth: number, pace: Pace): Promise<string | undefined> {
  const said = await session.dialogue(`rollback ${nth}`, [], pace(60_000));
  return /load complete/.test(said) ? undefined : said;
}
