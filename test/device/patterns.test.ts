import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';
import { isPlainlyLinear } from '../platforms/plainly-linear.ts';

interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

const room = new URL('../../src/device/', import.meta.url);

/** Every regular expression of the room, which meets the bytes of strangers. */
function patterns(): Pattern[] {
  const found: Pattern[] = [];
  for (const file of readdirSync(room)) {
    const { program } = parseSync(file, readFileSync(new URL(file, room), 'utf8'));
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('regex' in node && typeof node.regex === 'object') {
        const { pattern, flags } = node.regex as { pattern: string; flags: string };
        found.push({ file, source: pattern, flags });
      }
      for (const value of Object.values(node)) walk(value);
    };
    walk(program);
  }
  return found;
}

describe('the patterns of the room', () => {
  const all = patterns();

  it('were found', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  const doubtful = all.filter(({ source, flags }) => flags.includes('m') || !isPlainlyLinear(source));

  // They are applied to the last line or the last 2 KB, where time in the square of the length does no harm.
  it.each(doubtful)('$file: /$source/$flags cannot blow up', { timeout: 60_000 }, ({ source, flags }) => {
    const result = checkSync(source, flags, { timeout: 2000 });
    const isHarmful =
      result.status === 'vulnerable' && (result.complexity.type === 'exponential' || result.complexity.degree > 2);
    expect(isHarmful).toBe(false);
  });
});
