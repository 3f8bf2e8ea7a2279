import { didYouMean } from '#core';
import { PythonPattern } from './pattern/python-pattern.ts';
import { PatternError } from './pattern/syntax.ts';
import { type TemplateValue, type ValueOption, valueOptions } from './template.ts';
import { quoted } from './template-error.ts';

/** Longest name of a value or a state. */
export const longestName = 48;

const isOption = (word: string): word is ValueOption => (valueOptions as readonly string[]).includes(word);

/** Reads a `Value` line. `refuse` makes the error of a mistake in it. */
export function readValue(text: string, line: number, refuse: (message: string) => Error): TemplateValue {
  const words = text.split(' ');
  const [, second = '', third] = words;
  if (third === undefined) throw refuse(`expected "Value [options] NAME (regular expression)", came ${quoted(text)}`);
  const hasOptions = !third.startsWith('(');
  const options = hasOptions ? readOptions(second, refuse) : [];
  const name = hasOptions ? third : second;
  const source = words.slice(hasOptions ? 3 : 2).join(' ');
  if (name === '' || name.length > longestName) {
    throw refuse(`a name of a value has 1 to ${longestName} characters, came ${quoted(name)}`);
  }
  if (!source.startsWith('(') || !source.endsWith(')') || source.length < 2) {
    throw refuse(`value ${name}: expected a regular expression in brackets, came ${quoted(source)}`);
  }
  return {
    name,
    options,
    group: `(?P<${name}>${source.slice(1)}`,
    nested: options.includes('List') ? nestedPattern(name, source, refuse) : undefined,
    line,
  };
}

function readOptions(words: string, refuse: (message: string) => Error): readonly ValueOption[] {
  const options: ValueOption[] = [];
  for (const word of words.split(',')) {
    if (!isOption(word)) {
      throw refuse(
        `unknown option ${quoted(word)}; there are ${valueOptions.join(', ')}.${didYouMean(word, valueOptions)}`,
      );
    }
    if (options.includes(word)) throw refuse(`option ${word} twice`);
    options.push(word);
  }
  return options;
}

function nestedPattern(name: string, source: string, refuse: (message: string) => Error): PythonPattern | undefined {
  try {
    const pattern = new PythonPattern(source);
    return pattern.wanted.length > 0 && pattern.groupNames.length > 2 ? pattern : undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw refuse(`value ${name}: ${error.message} at character ${error.offset + 1} of ${quoted(source)}`);
  }
}
