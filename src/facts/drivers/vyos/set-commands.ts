import type { Ask } from '../../ask.ts';
import { unreadable } from '../reading/unreadable.ts';

const command = 'show configuration commands';

/** The configuration as lists of words: `set interfaces ethernet eth0 address '192.0.2.1/24'` without `set`. */
export async function setCommands(ask: Ask): Promise<string[][]> {
  const output = await ask.text(command, { timeoutMs: 120_000 });
  const commands = output.split('\n').flatMap((line) => (line.startsWith('set ') ? [wordsOf(line.slice(4))] : []));
  if (commands.length === 0) throw unreadable(command, 'lines that begin with "set"', output);
  ask.understood(command);
  return commands;
}

/** Words of a line; one in apostrophes may hold blanks, and an apostrophe as `'\''`. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') at += 1;
    else {
      const [word, next] = wordAt(line, at);
      words.push(word);
      at = next;
    }
  }
  return words;
}

function wordAt(line: string, from: number): [word: string, next: number] {
  let word = '';
  let at = from;
  while (at < line.length && line[at] !== ' ') {
    if (line[at] === "'") {
      const end = line.indexOf("'", at + 1);
      const to = end === -1 ? line.length : end;
      word += line.slice(at + 1, to);
      at = to + 1;
    } else {
      if (line[at] === '\\') at += 1;
      word += line[at] ?? '';
      at += 1;
    }
  }
  return [word, at];
}

/** The rest of the commands that begin with these words, `*` for any one: what stood for it comes first. */
export function below(commands: readonly string[][], path: string): string[][] {
  const steps = path.split(' ');
  return commands
    .filter((words) => steps.every((step, at) => step === '*' || words[at] === step))
    .map((words) => [...words.filter((_, at) => steps[at] === '*'), ...words.slice(steps.length)]);
}
