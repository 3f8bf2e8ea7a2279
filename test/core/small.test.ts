import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLogger,
  didYouMean,
  formatDuration,
  parseDurationMs,
  Redactor,
  Secret,
  seededRandom,
  systemClock,
} from '#core';

describe('durations', () => {
  it.each([
    ['1500', 1500],
    ['30s', 30_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
  ])('reads %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
  it.each(['', 'soon', '5 parsecs', '-3s'])('refuses %j with an example', (text) => {
    expect(() => parseDurationMs(text)).toThrow(expect.objectContaining({ code: 'NW_USAGE' }));
  });
  it('prints what people read', () => {
    expect([84, 3240, 245_000, 7_380_000].map(formatDuration)).toEqual(['84 ms', '3.2 s', '4 min 05 s', '2 h 03 min']);
  });
});

describe('did you mean', () => {
  it('names a near word and keeps silent about far ones', () => {
    expect(didYouMean('cisco_iso', ['cisco_ios', 'linux'])).toBe(' Did you mean "cisco_ios"?');
    expect(didYouMean('banana', ['cisco_ios', 'linux'])).toBe('');
    expect(didYouMean('site', ['sites', 'site'])).toBe(' Did you mean "site"?');
    expect(didYouMean('x', [])).toBe('');
    expect(didYouMean('', ['x'])).toBe('');
  });
  it('takes two swapped letters for one mistake', () => {
    expect(didYouMean('stie', ['role', 'site', 'tags'])).toBe(' Did you mean "site"?');
    expect(didYouMean('tsie', ['site'])).toBe('');
  });
  it('never counts more edits than there were', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.nat(), fc.constantFrom('drop', 'insert', 'replace', 'swap'), (word, seed, edit) => {
        const at = seed % (word.length - 1);
        const [head, one, two, tail] = [word.slice(0, at), word[at]!, word[at + 1]!, word.slice(at + 2)];
        const edited = { drop: two, insert: `x${one}${two}`, replace: `x${two}`, swap: `${two}${one}` }[edit];
        expect(didYouMean(head + edited + tail, [word])).toBe(` Did you mean "${word}"?`);
      }),
    );
  });
});

describe('log', () => {
  it('redacts every line', () => {
    const lines: string[] = [];
    const log = createLogger({
      level: 'info',
      redactor: new Redactor([new Secret('hunter22')]),
      destination: { write: (line: string) => lines.push(line) },
    });
    log.child({ device: 'r1' }).info({ text: 'hunter22' }, 'sent');
    expect(lines.join('')).toContain('"device":"r1"');
    expect(lines.join('')).not.toContain('hunter22');
  });
});

describe('clock and random', () => {
  it('sleeps until the signal fires', async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort(new Error('stop'));
    await expect(sleep).rejects.toThrow('stop');
  });
  it('repeats by seed and stays in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b] = [seededRandom(seed), seededRandom(seed)];
        for (let i = 0; i < 20; i++) {
          const value = a();
          expect(value).toBe(b());
          expect(value >= 0 && value < 1).toBe(true);
        }
      }),
    );
  });
});
