import type { PersonaCommand } from './persona.ts';

export interface CommandMatch {
  readonly command: PersonaCommand;
  /** What `*` stood for. */
  readonly rest: readonly string[];
}

/** Finds the command that a typed line means: exact words first, abbreviations where the system takes them. */
export function matchCommand(
  commands: readonly PersonaCommand[],
  typed: readonly string[],
  abbreviates: boolean,
): CommandMatch | undefined {
  for (const mayAbbreviate of abbreviates ? [false, true] : [false]) {
    for (const command of commands) {
      const rest = follow(command.words.split(' '), typed, mayAbbreviate);
      if (rest !== undefined) return { command, rest };
    }
  }
  return undefined;
}

function follow(
  pattern: readonly string[],
  typed: readonly string[],
  mayAbbreviate: boolean,
): readonly string[] | undefined {
  const [first, ...others] = pattern;
  if (first === undefined) return typed.length === 0 ? [] : undefined;
  if (first === '*') return typed.length === 0 ? undefined : typed;
  const optional = first.startsWith('[');
  const word = optional ? first.slice(1, -1) : first;
  const [head, ...tail] = typed;
  if (head !== undefined && same(word, head, mayAbbreviate)) {
    const rest = follow(others, tail, mayAbbreviate);
    if (rest !== undefined) return rest;
  }
  return optional ? follow(others, typed, mayAbbreviate) : undefined;
}

const same = (word: string, typed: string, mayAbbreviate: boolean): boolean => {
  const low = typed.toLowerCase();
  return mayAbbreviate ? word.startsWith(low) : word === low;
};

/** How many leading words make sense: where the caret of an error points to. */
export function wordsUnderstood(commands: readonly PersonaCommand[], typed: readonly string[]): number {
  let best = 0;
  for (const { words } of commands) {
    const pattern = words.split(' ');
    let count = 0;
    while (
      count < typed.length &&
      count < pattern.length &&
      pattern[count] !== '*' &&
      same(pattern[count]!, typed[count]!, true)
    )
      count += 1;
    best = Math.max(best, count);
  }
  return best;
}
