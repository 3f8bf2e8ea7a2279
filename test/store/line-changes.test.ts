import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines, unifiedDiff } from '#store';
import { countChanges } from '../../src/store/count-changes.ts';
import { lineChanges } from '../../src/store/line-changes.ts';
import { threadCpuMs } from '../cpu-time.ts';
import { temporaryFolder } from './fixtures.ts';

/** Few different lines, so that many are equal: the hard case. */
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '!', ' ip route', ''), { maxLength: 40 })
  .chain((lines) => fc.boolean().map((ended) => lines.join('\n') + (ended ? '\n' : '')));

test('the changes turn the older text into the newer one', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (older, newer) => {
      const old = splitLines(older);
      const now = splitLines(newer);
      const result: string[] = [];
      let at = 0;
      for (const change of await lineChanges(old, now)) {
        expect(change.oldFrom).toBeGreaterThanOrEqual(at);
        result.push(...old.slice(at, change.oldFrom), ...now.slice(change.newFrom, change.newTo));
        at = change.oldTo;
      }
      expect([...result, ...old.slice(at)].join('')).toBe(newer);
    }),
  );
});

test('equal texts have no changes', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (same) => {
      expect(await lineChanges(splitLines(same), splitLines(same))).toEqual([]);
    }),
  );
});

test('patch(1) applies what we print, with any context', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'file');
  await fc.assert(
    fc.asyncProperty(text, text, fc.integer({ min: 0, max: 4 }), async (older, newer, context) => {
      fc.pre(older !== newer && older !== '' && newer !== '');
      const diff = await unifiedDiff({ name: 'file', text: older }, { name: 'file', text: newer }, context);
      writeFileSync(file, older);
      execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', '-'], {
        cwd: folder.path,
        input: diff.replace('--- file', '--- a/file').replace('+++ file', '+++ b/file'),
      });
      expect(execFileSync('cat', [file], { encoding: 'utf8' })).toBe(newer);
    }),
    { numRuns: 40 },
  );
});

test('a megabyte with nothing in common is compared without holding the loop up', async () => {
  const lines = (seed: string, length: number): string[] =>
    Array.from({ length }, (_, at) => `interface ${seed} number ${at} is here\n`);
  const cpuMsOf = async (length: number): Promise<number> => {
    const old = lines('old', length);
    const mixed = lines('new', length).flatMap((line, at) => (at % 50 === 0 ? [old[at]!, line] : [line]));
    const before = threadCpuMs();
    const [none, some] = [await lineChanges(old, lines('new', length)), await lineChanges(old, mixed)];
    expect(none).toHaveLength(1);
    expect(some.length).toBeGreaterThan(length / 60);
    return threadCpuMs() - before;
  };
  await cpuMsOf(2_500);
  const small = await cpuMsOf(2_500);
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 0);
  const large = await cpuMsOf(25_000);
  clearInterval(turning);
  // Ten times the lines; what compares each with each would do a hundred times the work.
  expect(large).toBeLessThan(10 * 5 * Math.max(small, 2));
  expect(turns).toBeGreaterThan(1);
});

test('counting added and removed lines agrees with the lines there are', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (older, newer) => {
      const counts = await countChanges(Buffer.from(older), Buffer.from(newer));
      const [before, after] = [splitLines(older).length, splitLines(newer).length];
      expect(after - before).toBe(counts.linesAdded - counts.linesRemoved);
      expect(counts.linesAdded + counts.linesRemoved === 0).toBe(older === newer);
      expect(counts.linesRemoved).toBeLessThanOrEqual(before);
    }),
  );
});
