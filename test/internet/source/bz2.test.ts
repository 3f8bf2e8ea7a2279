import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSource } from '#internet';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** What `squares.bz2` was made of with `bzip2 -1`: eight blocks. */
const squares = Buffer.from(
  Array.from({ length: 150_000 }, (_, index) => `${index % 100} ${(index * index) % 9}\n`).join(''),
);

/** What `runs-in-two-streams.bz2` was made of: runs around four, where counts begin, and 259, where they end. */
const runs = Buffer.concat(
  [1, 3, 4, 5, 255, 258, 259, 260, 1000, 70_000].map((length, index) => Buffer.alloc(length, 65 + (index % 7))),
);

async function unpack(
  bytes: Uint8Array,
  threads = 0,
): Promise<{ data: Buffer; damage: readonly { reason: string }[] }> {
  await using source = await openSource(bytes, { threads });
  const parts: Buffer[] = [];
  for await (const chunk of source.chunks()) parts.push(chunk);
  return { data: Buffer.concat(parts), damage: source.damage };
}

describe('bzip2', () => {
  test.each([0, 1, 2])('many blocks come out whole and in order, with %i threads', async (threads) => {
    const { data, damage } = await unpack(fixture('squares.bz2'), threads);
    expect(data.equals(squares)).toBe(true);
    expect(damage).toEqual([]);
  });

  test('runs of every length, over two streams', async () => {
    const { data, damage } = await unpack(fixture('runs-in-two-streams.bz2'));
    expect(data.equals(runs)).toBe(true);
    expect(damage).toEqual([]);
  });

  test('one byte at a time makes no difference', async () => {
    const bytes = fixture('runs-in-two-streams.bz2');
    async function* dripping(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    await using source = await openSource({ name: 'dripping', bytes: dripping() });
    const parts: Buffer[] = [];
    for await (const chunk of source.chunks()) parts.push(chunk);
    expect(Buffer.concat(parts).equals(runs)).toBe(true);
  });

  test('cut anywhere: whole blocks before the cut are kept, and the cut is reported', async () => {
    const whole = fixture('squares.bz2');
    for (const length of [20, 1000, 2500, whole.length - 5]) {
      const { data, damage } = await unpack(whole.subarray(0, length));
      expect(data.equals(squares.subarray(0, data.length))).toBe(true);
      expect(damage.length).toBeGreaterThan(0);
      if (length > 2500) expect(data.length).toBeGreaterThan(squares.length / 2);
    }
  });

  test('a damaged block is left out, and the others are kept', async () => {
    const bytes = Uint8Array.from(fixture('squares.bz2'));
    bytes[Math.floor(bytes.length / 2)]! ^= 0x10;
    const { data, damage } = await unpack(bytes);
    expect(damage.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^bzip2: /)]);
    expect(data.length).toBeGreaterThan(squares.length * 0.7);
    expect(data.length).toBeLessThan(squares.length);
    expect(squares.subarray(-1000).equals(data.subarray(-1000))).toBe(true);
  });

  test('noise neither hangs nor throws, and never passes for the real thing', async () => {
    const whole = fixture('runs-in-two-streams.bz2');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Uint8Array.from(whole);
        bytes[at]! ^= flip;
        if (at < 3) return;
        const { data, damage } = await unpack(bytes);
        expect(damage.length > 0 || data.equals(runs)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
