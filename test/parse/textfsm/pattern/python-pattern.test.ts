import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costBound } from '../../../../src/parse/textfsm/pattern/cost.ts';
import { CostLimit } from '../../../../src/parse/textfsm/pattern/cost-limit.ts';
import { emitNative } from '../../../../src/parse/textfsm/pattern/emit-native.ts';
import { Machine, OutOfSteps } from '../../../../src/parse/textfsm/pattern/machine.ts';
import { parsePattern } from '../../../../src/parse/textfsm/pattern/parse-pattern.ts';
import { assemble } from '../../../../src/parse/textfsm/pattern/program.ts';
import { PythonPattern } from '../../../../src/parse/textfsm/pattern/python-pattern.ts';
import { requiredTexts } from '../../../../src/parse/textfsm/pattern/required-texts.ts';
import { Subject } from '../../../../src/parse/textfsm/pattern/subject.ts';
import { PatternError } from '../../../../src/parse/textfsm/pattern/syntax.ts';
import { arbitraryPattern, arbitrarySubject } from './arbitrary-pattern.ts';

const budget = () => ({ left: 1e7, leftForNative: 1e7 });
/** The whole match, and the named groups. */
function match(source: string, text: string): readonly (string | undefined)[] | undefined {
  const flags = /^\(\?[a-z]+\)/.exec(source)?.[0] ?? '';
  const whole = new PythonPattern(`${flags}(?P<whole>${source.slice(flags.length)})`);
  const found = whole.match(new Subject(text), budget());
  return found && whole.wanted.map((_, at) => found[at + 1]);
}

/** Pattern, text, the whole match and the named groups, as Python 3.11 gives them. */
const matches: readonly (readonly [
  pattern: string,
  text: string,
  found: readonly (string | undefined)[] | undefined,
])[] = [
  ['(?P<x>a)?b', 'b', ['b', undefined]],
  ['(?P<x>a*)?b', 'b', ['b', '']],
  ['(?:(?P<x>a)|b)*', 'ab', ['ab', 'a']],
  ['(?:(?P<x>a*))*', 'b', ['', '']],
  ['(?:|a)*', 'aa', ['']],
  ['(?P<x>a|ab)(?P<y>c|bcd)', 'abcd', ['abcd', 'a', 'bcd']],
  ['[]a]+', 'a]b', ['a]']],
  ['[^]a]+', 'bc]', ['bc']],
  ['\\d+', '٣4', ['٣4']],
  ['(?a)\\d+', '٣4', undefined],
  ['\\w+', 'naïve_x', ['naïve_x']],
  ['\\w+', 'e\u0301', ['e']],
  ['a\\sb', 'a\x1cb', ['a\x1cb']],
  ['a\\sb', 'a\ufeffb', undefined],
  ['\\Aa\\Z', 'a', ['a']],
  ['a{,2}', 'aaa', ['aa']],
  ['a{2', 'a{2', ['a{2']],
  ['x{}', 'x{}', ['x{}']],
  ['(?P<q>["\']).*?(?P=q)', '"a\'b"', ['"a\'b"', '"']],
  ['(?P<x>a)?(?(x)b|c)', 'ab', ['ab', 'a']],
  ['(?P<x>a)?(?(x)b|c)', 'c', ['c', undefined]],
  ['(?>a+)ab', 'aaab', undefined],
  ['a++b', 'aab', ['aab']],
  ['(?i:AB)c', 'abc', ['abc']],
  ['(?i:AB)c', 'abC', undefined],
  ['(?x) a b # note\n', 'ab', ['ab']],
  ['(?<=a)b', 'b', undefined],
  ['a(?<=a)b', 'ab', ['ab']],
  ['a(?:(?<=a))?b', 'ab', ['ab']],
  ['\\B', '', undefined],
  ['a\\b', 'aé', undefined],
  ['.', '😀', ['😀']],
  ['\\x41\\u0042\\103\\0?', 'ABC', ['ABC']],
  ['[\\b]', '\b', ['\b']],
  ['(?#note)a', 'a', ['a']],
  ['a|b', 'xb', undefined],
  ['(?m)^a$', 'a\nb', ['a']],
  ['a$', 'a\n', ['a']],
];

// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const refused = [
  '(', ')', 'a)', '[', '[b-a]', 'a**', 'a{2}{3}', '*a', '^*', '\\b+', '\\q', '\\', '(?P<x>a)(?P<x>b)', '(?P<1>a)', '(?P=x)',
  '\\1', '(a\\1)', '(?<=a*)b', '(?<=a|bc)d', 'a(?i)b', '(?z)a', '(?P>x)', '(?(2)a)', '(?(0)a)', '(?P<x>a)(?(x)a|b|c)',
  'a{3,1}', '\\x4', '\\400', '[\\w-a]', '(?L)a', '(?i-)a', '(?P<x', '(?#a',
];

describe('a pattern of Python', () => {
  it.each(matches)('%s in %j', (pattern, text, found) => {
    expect(match(pattern, text)).toEqual(found);
  });

  it.each(refused)('%s is refused, with the place', (pattern) => {
    expect(() => new PythonPattern(pattern)).toThrow(PatternError);
  });

  it("matches alike in JavaScript's engine and in ours", () => {
    let compared = 0;
    fc.assert(
      fc.property(arbitraryPattern, arbitrarySubject, (source, text) => {
        const subject = new Subject(text);
        const pattern = compiled(source);
        if (pattern === undefined || !subject.isPlain) return;
        const { node, groupNames } = parsePattern(source);
        const native = emitNative(node, new Set(pattern.wanted));
        if (native === undefined) return;
        compared += 1;
        const machine = new Machine(assemble(node, groupNames.length), subject.points, subject.length, budget());
        const ours = machine.match()
          ? [0, ...native.groups].map((group) =>
              machine.slots[2 * group]! < 0
                ? undefined
                : subject.slice(machine.slots[2 * group]!, machine.slots[2 * group + 1]!),
            )
          : undefined;
        const theirs = new RegExp(native.source).exec(text);
        expect(theirs === null ? undefined : [...theirs]).toEqual(ours);
      }),
      { numRuns: 4000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

function compiled(source: string): PythonPattern | undefined {
  try {
    return new PythonPattern(source);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

describe('the texts that a pattern requires', () => {
  const required = (source: string): readonly string[] => requiredTexts(parsePattern(source).node);

  it.each([
    ['.*\\s+uptime\\s+is\\s+(?P<X>\\d+) weeks?', ['uptime', ' week', 'is']],
    ['(?:abc)+d{0,2}(?P<x>ef)', ['abc', 'ef']],
    ['(?i)abc', []],
    ['ab|ac', []],
    ['a(?=bc)b(?!d)c', ['abc']],
  ])('%s', (source, texts) => expect(required(source)).toEqual(texts));

  it('stand in every line that matches', () => {
    fc.assert(
      fc.property(arbitraryPattern, arbitrarySubject, (source, text) => {
        const subject = new Subject(text);
        if (compiled(source) === undefined || !subject.isPlain) return;
        const { node, groupNames } = parsePattern(source);
        const machine = new Machine(assemble(node, groupNames.length), subject.points, subject.length, budget());
        if (machine.match()) for (const part of requiredTexts(node)) expect(text).toContain(part);
      }),
      { numRuns: 4000 },
    );
  });
});

describe('what a pattern costs', () => {
  const limit = (source: string) => new CostLimit(costBound(parsePattern(source).node));

  it.each(['(\\S+\\s*)+:', '(?:a|a)*b', '(?:a*)*b', '(?:a|ab|b)+c', '(a+)+$', '(?P<x>a)(?P=x)'])(
    '%s has no bound',
    (source) => expect(limit(source).length(1e9)).toBe(-1),
  );

  it.each(['a', '\\s+\\S+\\s+\\S+$', '\\d+\\.\\d+', '(?:\\d+ )+x', '(?:ab|cd)*e', '.*$'])('%s has one', (source) => {
    expect(limit(source).length(1e6)).toBeGreaterThan(300);
  });

  it('counts what the line holds', () => {
    const { counts, length } = new Subject(`${'word '.repeat(3)}, end`);
    const few = limit('.*,.*,.*end').steps(length, counts);
    const many = new Subject(','.repeat(length));
    expect(few).toBeLessThan(limit('.*,.*,.*end').steps(length, many.counts) / 20);
  });

  it('is an upper bound of what our machine needs without a memory', () => {
    fc.assert(
      fc.property(arbitraryPattern, arbitrarySubject, (source, text) => {
        const subject = new Subject(text);
        if (compiled(source) === undefined || !subject.isPlain) return;
        const { node, groupNames } = parsePattern(source);
        if (emitNative(node, new Set()) === undefined) return;
        const bound = limit(source).steps(subject.length, subject.counts);
        const spent = budget();
        const program = { ...assemble(node, groupNames.length), mayRemember: false };
        try {
          new Machine(program, subject.points, subject.length, spent).match();
        } catch (error) {
          if (!(error instanceof OutOfSteps)) throw error;
        }
        // Saves, jumps and splits are steps of the machine and none of the bound.
        expect(1e7 - spent.left).toBeLessThanOrEqual(40 + 20 * bound);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the machine', () => {
  it('gives up when its budget is used up', () => {
    const small = { left: 10_000, leftForNative: 0 };
    expect(() =>
      new PythonPattern('(?P<x>.*)(?P<y>.*)(?P=x)(?P=y)!').match(
        new Subject(`${'ab'.repeat(250)}!${'ab'.repeat(250)}`),
        small,
      ),
    ).toThrow(OutOfSteps);
    expect(small.left).toBeLessThan(0);
  });

  it('does not expand counted repetitions without end', () => {
    expect(() => match('(?:(?:(?:ab){100}){100}){100}(?P<x>.)(?P=x)', 'ab')).toThrow(OutOfSteps);
  });

  it('needs steps in proportion to the line, however a pattern is nested', () => {
    const steps = (length: number): number => {
      const spent = budget();
      new PythonPattern('(?:(?:\\w+)*\\s*)*:').match(new Subject(`${'a '.repeat(length)}!:`), spent);
      return 1e7 - spent.left;
    };
    expect(steps(2000)).toBeLessThan(3 * steps(1000));
  });
});
