import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { boundedPattern } from '#parse';
import { searchOf } from '../../../src/change/compliance/policy.ts';
import { requiredText } from '../../../src/change/compliance/required-text.ts';

describe('the text that every match holds', () => {
  it.each([
    ['^ntp server ', 'ntp server '],
    ['password 0 \\S+', 'password 0 '],
    ['transport input .*telnet', 'transport input '],
    ['10\\.0\\.0\\.1', '10.0.0.1'],
    ['ab?c', 'a'],
    ['ab+c', 'ab'],
    ['a|b', ''],
    ['(?i)telnet', ''],
    ['(public|private) community', ' community'],
    ['[()]x{0,3}yz', 'yz'],
    ['[]a]bc', 'bc'],
    ['x{2}', ''],
  ])('of %s is %j', (source, text) => expect(requiredText(source)).toBe(text));

  it('is never missing from a text that matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'ab',
      '.',
      '\\.',
      '\\d',
      '[ab]',
      '[]a]',
      '(a|b)',
      '(?:ab)?',
      '*',
      '?',
      '+',
      '{0,1}',
      '^',
      '$',
      '|',
      '(',
      ')',
      '\\(',
    );
    const source = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '1', '('), maxLength: 8 });
    fc.assert(
      fc.property(source, fc.array(text, { maxLength: 10 }), (pattern, texts) => {
        let compiled: ReturnType<typeof boundedPattern>;
        try {
          compiled = boundedPattern(pattern);
        } catch {
          return;
        }
        const needed = requiredText(pattern);
        for (const one of texts) if (compiled.test(one)) expect(one).toContain(needed);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a search', () => {
  it('tries a line once, and a pattern that took too long never again', () => {
    const tried: string[] = [];
    const slow = new NetwrightError('NW_USAGE', 'takes too long');
    const test = searchOf({
      test(text) {
        tried.push(text);
        if (text.length > 10) throw slow;
        return text === 'yes';
      },
    });
    expect([test('yes'), test('no'), test('yes')]).toEqual([true, false, true]);
    expect(() => test('a'.repeat(11))).toThrow(slow);
    expect(() => test('other')).toThrow(slow);
    expect(test('yes')).toBe(true);
    expect(tried).toEqual(['yes', 'no', 'a'.repeat(11)]);
  });

  it('takes bounded time whatever the pattern', () => {
    const test = searchOf(boundedPattern('^(([a-z ])+.)+[A-Z]([a-z])+$'));
    const started = performance.now();
    expect(test('a'.repeat(3000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
