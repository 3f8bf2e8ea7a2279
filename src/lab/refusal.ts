import { wordsUnderstood } from './command-match.ts';
import type { Persona, PersonaCommand } from './persona.ts';

/** What the system says to a line that it does not know; its caret stands below the first word that makes no sense. */
export function refusal(
  persona: Persona,
  isConfiguring: boolean,
  prompt: string,
  commands: readonly PersonaCommand[],
  line: string,
): string {
  const words = line.split(/ +/);
  const shown = prompt.slice(prompt.lastIndexOf('\n') + 1).replaceAll(/\x1b\[[0-9;?]*[a-zA-Z]|\r/g, '');
  const understood = wordsUnderstood(commands, words);
  const good = words.slice(0, understood).join(' ').length;
  const caret = shown.length + (words.length <= understood ? line.length : good + (understood > 0 ? 1 : 0));
  return (isConfiguring ? (persona.unknownLine ?? persona.unknown) : persona.unknown)(line, caret);
}
