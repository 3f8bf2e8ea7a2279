import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../src/cli/read-time.ts';

// A Friday. Local time, as people write it.
const now = new Date(2026, 10, 20, 14, 30, 15).getTime();
const local = (...parts: [number, number, number, number?, number?, number?, number?]): number => {
  const [year, month, ...rest] = parts;
  return new Date(year, month - 1, ...(rest as [number])).getTime();
};

describe('a time', () => {
  it.each([
    ['now', now],
    ['yesterday', local(2026, 11, 19, 14, 30, 15)],
    ['2 hours ago', local(2026, 11, 20, 12, 30, 15)],
    ['24h', local(2026, 11, 19, 14, 30, 15)],
    ['90m', local(2026, 11, 20, 13, 0, 15)],
    ['7d', local(2026, 11, 13, 14, 30, 15)],
    ['20/11/2026', now],
    ['05.05.2026', local(2026, 5, 5, 23, 59, 59, 999)],
    ['3 days ago', local(2026, 11, 17, 14, 30, 15)],
    ['2026-01-31', local(2026, 1, 31, 23, 59, 59, 999)],
    ['2026-01-31T10:00', local(2026, 1, 31, 10)],
    ['2026-01-31 10:00:05', local(2026, 1, 31, 10, 0, 5)],
    ['2026-01-31T10:00:00Z', Date.UTC(2026, 0, 31, 10)],
    ['2026-01-31T10:00:00+02:00', Date.UTC(2026, 0, 31, 8)],
    ['last monday', local(2026, 11, 16, 23, 59, 59, 999)],
    ['today', now],
    ['2026-11-20', now],
    ['10:00', local(2026, 11, 20, 10)],
    ['18:00', local(2026, 11, 19, 18)],
    ['monday 9am', local(2026, 11, 16, 9)],
  ])('%s', (text, ms) => {
    expect(new Date(readTime(text, now)).toISOString()).toBe(new Date(ms).toISOString());
  });

  it.each(['', 'junk', 'yesterday or so', '1f3a9c0', '99:99', '05/06/2026', '5.6.26 10:00', '24x'])(
    'is not %j',
    (text) => {
      expect(() => readTime(text, now)).toThrow(expect.objectContaining({ code: 'NW_USAGE' }));
    },
  );

  it('is never ahead, and noise is refused with our own error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        try {
          expect(readTime(text, now)).toBeLessThanOrEqual(now);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('NW_USAGE');
        }
      }),
      { numRuns: 300 },
    );
  });
});
