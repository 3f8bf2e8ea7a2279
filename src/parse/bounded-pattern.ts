import { NetwrightError } from '#core';
import { OutOfSteps } from './textfsm/pattern/machine.ts';
import { PythonPattern } from './textfsm/pattern/python-pattern.ts';
import { Subject } from './textfsm/pattern/subject.ts';
import { PatternError } from './textfsm/pattern/syntax.ts';

/** A regular expression of a user, looked for in texts of others. */
export interface BoundedPattern {
  readonly source: string;
  /** Whether it matches anywhere in the text. @throws NetwrightError `NW_USAGE` when that takes too many steps. */
  test(text: string): boolean;
}

/** For one text: about a tenth of a second. */
const mostSteps = 3_000_000;

/**
 * Compiles a regular expression (Python's grammar, `(?i)` at its beginning for any case) whose search takes bounded time
 * on every text, whatever the pattern.
 * @throws NetwrightError `NW_USAGE` for a pattern that does not compile, with the offset of the mistake
 */
export function boundedPattern(source: string): BoundedPattern {
  const flags = /^\(\?[aimsx]{1,5}\)/.exec(source)?.[0] ?? '';
  const compiled = compile(source, `${flags}(?s:.)*?(?:${source.slice(flags.length)})`);
  const subject = new Subject();
  return {
    source,
    test(text) {
      subject.set(text);
      try {
        return compiled.match(subject, { left: mostSteps, leftForNative: mostSteps }) !== undefined;
      } catch (error) {
        if (!(error instanceof OutOfSteps)) throw error;
        throw new NetwrightError(
          'NW_USAGE',
          `the pattern ${source} takes too long on a text of ${text.length} characters`,
          {
            hint: 'a pattern without nested repetitions, such as (a+)+, is fast',
          },
        );
      }
    },
  };
}

function compile(source: string, search: string): PythonPattern {
  try {
    // Alone first: a parenthesis that it does not open would close ours.
    new PythonPattern(source);
    return new PythonPattern(search);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new NetwrightError(
      'NW_USAGE',
      `the pattern ${source} does not compile: ${error.message} at ${error.offset + 1}`,
      {
        cause: error,
        hint: 'regular expressions are those of Python: \\d+, (a|b), [^,]*, (?i) for any case',
      },
    );
  }
}
