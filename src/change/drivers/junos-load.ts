import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Intent } from '../driver.ts';
import type { Pace } from './pace.ts';
import { changeRefused } from './refuse.ts';

const setLine =
  /^(?:set|delete|activate|deactivate|protect|unprotect|rename|insert|copy|annotate|replace|wildcard|edit|top|up|exit) ?/;

/** The commands that put an intent into the candidate; the text follows the `load` at the terminal. */
export function loadCommands({ kind, text }: Intent): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const isSet = lines.length > 0 && lines.every((line) => setLine.test(line));
  if (kind === 'replace') return isSet ? ['delete', 'load set terminal', text] : ['load override terminal', text];
  if (isSet) return ['load set terminal', text];
  if (/^\[edit[^\]\n]*\]\s*$/m.test(lines[0] ?? '') && /^[+-] /m.test(text)) return ['load patch terminal', text];
  return [/^\s*replace: /m.test(text) ? 'load replace terminal' : 'load merge terminal', text];
}

const everything: readonly Exchange[] = [
  { see: /Delete everything under this level\? \[yes,no\] \(no\)[ ]*$/, answer: 'yes' },
];

/**
 * Loads into the candidate in which the session is.
 * @throws NetwrightError `NW_CHANGE_REFUSED` with the line that Junos did not understand
 */
export async function load(session: Session, intent: Intent, pace: Pace): Promise<void> {
  const commands = loadCommands(intent);
  for (let at = 0; at < commands.length; at += 1) {
    const command = commands[at]!;
    if (!command.endsWith(' terminal')) {
      await session.dialogue(command, everything, pace());
      continue;
    }
    at += 1;
    await loadText(session, command, commands[at] ?? '', pace);
  }
}

/** Ctrl-D ends the text. */
async function loadText(session: Session, command: string, text: string, pace: Pace): Promise<void> {
  const said = await session.dialogue(
    command,
    [
      {
        see: /\[Type \^D at a new line to end input\]\s*$/,
        answer: `${text.replace(/\n*$/, '\n')}\x04`,
        newline: false,
        times: 1,
      },
    ],
    pace(300_000),
  );
  const typed = new Set(text.split('\n').map((line) => line.trim()));
  const answer = said
    .split('\n')
    .filter((line) => !typed.has(line.trim()) && !/^\[Type \^D at a new line/.test(line))
    .join('\n');
  if (!/\berror\b|\berrors\)|^unknown command|is not defined/im.test(answer)) return;
  const number = Number(/^terminal:(\d{1,9}):/m.exec(answer)?.[1] ?? 0);
  const line = text.split('\n')[number - 1]?.trim();
  throw changeRefused(session, `"${command}" did not understand`, { line, answer });
}
