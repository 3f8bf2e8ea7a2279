import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Intent } from '../driver.ts';
import { withLiteralTexts } from './literal-text.ts';
import { type Pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';
import { withExits } from './section-exits.ts';
import { typeAhead } from './type-lines.ts';

/** What is typed to have the intent in the target configuration. */
export const linesOf = ({ text }: Intent): readonly string[] => withLiteralTexts(withExits(text));

/**
 * Works in a target configuration of our own and throws away what was not committed.
 *
 * @param command `configure exclusive` keeps others from committing meanwhile
 * @throws NetwrightError `NW_CHANGE_LOCKED`
 */
export async function inTarget<T>(
  session: Session,
  command: 'configure terminal' | 'configure exclusive',
  pace: Pace,
  work: () => Promise<T>,
): Promise<T> {
  const said = await session.dialogue(command, [], pace());
  if (session.mode !== 'config') throw deviceBusy(session, 'the configuration is locked by somebody else', said);
  return tidied(work, async (ownPace) => {
    if (session.mode === 'config') await session.enter(session.platform.home, ownPace());
  });
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` with the first line that the parser did not take */
export async function typeInto(session: Session, lines: readonly string[], pace: Pace): Promise<void> {
  const refused = await typeAhead(session, lines, pace);
  if (refused) throw changeRefused(session, 'the target configuration did not take', refused);
}

const withoutStamp = (text: string): string =>
  text
    .split('\n')
    .filter(
      (line) =>
        !/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:/.test(line) &&
        !/^Building configuration/.test(line),
    )
    .join('\n')
    .trim();

/** What a commit would change. */
export async function diffOf(session: Session, { kind }: Intent, pace: Pace): Promise<string> {
  const command = kind === 'replace' ? 'show configuration changes diff' : 'show commit changes diff';
  const said = withoutStamp(await session.send(command, pace(120_000)));
  const isNothing = said === '' || /No configuration changes|^!!? ?No /i.test(said);
  const says = said.split('\n').some((line) => /^\s*[+#<>-]/.test(line));
  return isNothing || !says ? '' : `${said}\n`;
}

const questions: readonly Exchange[] = [
  // `commit replace`: "… will replace or remove the entire running configuration. … Do you wish to proceed? [no]:"
  { see: /replace or remove the entire running configuration[\s\S]{0,300}\[no\]:\s*$/, answer: 'yes' },
  // Others committed meanwhile.
  { see: /proceed with this commit anyway\? \[no\]:\s*$/, answer: 'no' },
  { see: /\[no\]:\s*$/, answer: 'no' },
];

/** @throws NetwrightError `NW_CHANGE_REFUSED` with what `show configuration failed` says; `NW_CHANGE_LOCKED` when others committed meanwhile */
export async function commit(session: Session, command: string, pace: Pace): Promise<void> {
  const said = await session.dialogue(command, questions, pace(300_000));
  if (/commits have occurred from other configuration sessions/.test(said)) {
    throw deviceBusy(session, 'somebody else committed meanwhile', withoutStamp(said));
  }
  // `% No configuration changes to commit.`, `% Confirming commit for trial session.` and `% WARNING: …` are no refusals.
  if (!/^%(?! ?(?:No configuration changes|Confirming commit|WARNING))/m.test(said)) return;
  if (/unexpired trial|locked/i.test(said))
    throw deviceBusy(session, 'somebody else commits just now', withoutStamp(said));
  const [why] = await session.sendAll(['show configuration failed'], { ...pace(60_000), rejectFailures: false });
  throw changeRefused(session, 'the commit failed', { answer: withoutStamp(`${said}\n${why!.text}`) });
}
