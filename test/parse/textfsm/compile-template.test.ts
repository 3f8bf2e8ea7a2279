// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { compileTemplate, keysOf } from '#parse';
import { noise } from './noise.ts';
import { templates } from './templates.ts';

const values = 'Value A (a)\n\n';
const start = `${values}Start\n`;

/** Template, line of the mistake, words of the message. */
const mistakes: readonly (readonly [template: string, line: number | undefined, words: string])[] = [
  ['Foo\n\nStart\n', 1, 'expected "Value'],
  [' Value A (a)\n\nStart\n', 1, 'expected "Value'],
  ['Value A (a)\nStart\n', 2, 'blank line'],
  ['Value A (a)\nValue A (b)\n\nStart\n', 2, 'value A twice'],
  ['Value Foo A (a)\n\nStart\n', 1, 'unknown option "Foo"'],
  ['Value required A (a)\n\nStart\n', 1, 'Did you mean "Required"?'],
  ['Value Required, A (a)\n\nStart\n', 1, 'unknown option ""'],
  ['Value List,List A (a)\n\nStart\n', 1, 'option List twice'],
  ['Value A\n\nStart\n', 1, 'expected "Value [options] NAME'],
  ['Value Required A a\n\nStart\n', 1, 'in brackets'],
  ['Value A (a)(\n\nStart\n', 1, 'in brackets'],
  [`Value ${'A'.repeat(49)} (a)\n\nStart\n`, 1, '1 to 48 characters'],
  ['Value List A ((?P<x>[)b)\n\nStart\n', 1, 'unterminated character set'],
  [`${values}Begin\n`, undefined, 'no state Start'],
  ['', undefined, 'no state Start'],
  [`${start}\nStart\n`, 5, 'state Start twice'],
  [`${start}\nF-o\n`, 5, 'name of a state'],
  [`${start}\nRecord\n`, 5, 'name of a state'],
  [`${start}\n${'F'.repeat(49)}\n`, 5, 'name of a state'],
  [`${start}^a\n`, 4, 'a rule begins with'],
  [`${start}   ^a\n`, 4, 'a rule begins with'],
  [`${start}  a\n`, 4, 'a rule begins with'],
  [`${start}  ^a -> Foo\n`, 4, 'no state Foo'],
  [`${start}  ^a -> Next.Foo\n`, 4, 'badly formatted'],
  [`${start}  ^a ->Record\n`, 4, 'badly formatted'],
  [`${start}  ^a -> Record Start End\n`, 4, 'badly formatted'],
  [`${start}  ^a -> Error two words\n`, 4, 'badly formatted'],
  [`${start}  ^a -> Continue Start\n`, 4, 'Continue cannot change the state'],
  [`${start}  ^a -> Record "words"\n`, 4, 'only Error takes a message'],
  [`${start}  ^$B\n`, 4, 'no value B'],
  [`${start}  ^a$\n`, 4, 'a single $'],
  [`${start}  ^\${A}\${A}\n`, 4, 'redefinition of the group name "A"'],
  [`${start}  ^(\n`, 4, 'missing )'],
  // The value is to blame, and not the rule that uses it.
  ['Value ONE ((\\d+)\n\nStart\n  ^${ONE}\n', 1, 'value ONE: missing )'],
  [`${start}  ^a**\n`, 4, 'multiple repeat'],
  [`${start}  ^\\q\n`, 4, 'bad escape \\q'],
  [`${start}  ^\\N{DASH}\n`, 4, 'cannot be translated'],
  [`${start}  ^(?<=a+)b\n`, 4, 'fixed width'],
  [`${start}\nEnd\n  ^a\n`, 6, 'state End has a rule'],
  [`${start}\nEOF\n  ^a\n`, 6, 'state EOF has a rule'],
];

describe('compileTemplate', () => {
  it.each(mistakes)('refuses %j with its line', (template, line, words) => {
    const refusal = errorOf(() => compileTemplate(template, { name: 'show_version.textfsm' }));
    expect(refusal.code).toBe('NW_TEXTFSM_INVALID');
    expect(refusal.message).toContain(words);
    expect(refusal.message.startsWith(`show_version.textfsm:${line === undefined ? ' ' : `${line}: `}`)).toBe(true);
  });

  it('reads values, options in their order, states and actions', () => {
    const {
      values: all,
      states,
      recordsAtEnd,
    } = compileTemplate(
      'Value Required,List A (a)\n# note\n  # note\nValue Key B (b(c))\n\nStart\n ^${A} -> Continue.Record\n\t^$B$$ -> Clearall Two\n# note\n  ^c -> Error "no c"\n\nTwo\n\nEOF\n',
    );
    expect(all).toMatchObject([
      { name: 'A', options: ['Required', 'List'], group: '(?P<A>a)', line: 1 },
      { name: 'B', options: ['Key'], group: '(?P<B>b(c))', line: 4 },
    ]);
    expect([...states.keys()]).toEqual(['Start', 'Two', 'EOF']);
    expect(states.get('Start')).toMatchObject([
      { line: 7, lineAction: 'continue', recordAction: 'record', assigns: [0] },
      { line: 8, lineAction: 'next', recordAction: 'clearAll', newState: 'Two', assigns: [1] },
      { line: 10, lineAction: 'error', recordAction: 'none', message: '"no c"', newState: undefined },
    ]);
    expect(recordsAtEnd).toBe(false);
  });

  it('knows the keys, and the end that records', () => {
    const template = compileTemplate('Value Key A (a)\nValue B (b)\nValue Filldown,Key C (c)\n\nStart\n');
    expect(keysOf(template)).toEqual(['A', 'C']);
    expect(template.recordsAtEnd).toBe(true);
  });

  it('says nothing but NW_TEXTFSM_INVALID about damaged templates', () => {
    const damaged = fc.constantFrom(...templates.map(({ template }) => template)).chain((template) =>
      fc.oneof(
        fc.nat(template.length).map((end) => template.slice(0, end)),
        fc
          .tuple(fc.nat(template.length), fc.nat(6), fc.string({ unit: noise, maxLength: 4 }))
          .map(([at, cut, sound]) => template.slice(0, at) + sound + template.slice(at + cut)),
      ),
    );
    fc.assert(
      fc.property(damaged, (template) => {
        try {
          compileTemplate(template);
        } catch (error) {
          expect(error).toMatchObject({ code: 'NW_TEXTFSM_INVALID' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

function errorOf(work: () => unknown): NetwrightError {
  try {
    work();
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
