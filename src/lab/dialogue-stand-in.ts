import { matchCommand } from './command-match.ts';
import type { Dialogue } from './dialogue-file.ts';
import type { PersonaCommand } from './persona.ts';
import { findPersona, isPersona } from './personas/index.ts';

/**
 * The one exchange that is the typed command with more behind it: who recorded `show | grep .` or `/export show-sensitive` avoided
 * the pager, or asked for all there is. Undefined where several would do.
 */
export function longerExchange({ exchanges }: Dialogue, line: string): Dialogue['exchanges'][number] | undefined {
  const longer = exchanges.filter(({ send }) => send.startsWith(`${line} `));
  const piped = longer.filter(({ send }) => send.startsWith(`${line} |`));
  const [only, another] = piped.length > 0 ? piped : longer;
  return line === '' || another ? undefined : only;
}

/** The answer to a longer command under the echo of the shorter one. */
export const answerTo = (line: string, { send, receive }: Dialogue['exchanges'][number]): string =>
  receive.startsWith(send.trimEnd()) ? line + receive.slice(send.trimEnd().length) : receive;

/** Sets pager or width, which says nothing: a recording that lacks it was made by somebody who did not need it. */
export function isTerminalSetting(platform: string, line: string): boolean {
  if (!isPersona(platform)) return false;
  const { commands, abbreviates } = findPersona(platform);
  return matchCommand(commands.filter(isSilent), line.split(/[ \t]+/), abbreviates === true) !== undefined;
}

const isSilent = ({ effect, print, run, to, ask, edits, in: modes }: PersonaCommand): boolean =>
  (effect === undefined || effect === 'page off' || effect === 'page on') &&
  !print &&
  !run &&
  to === undefined &&
  !ask &&
  !edits &&
  modes === undefined;
