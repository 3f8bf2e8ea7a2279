import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptySlot, HashSlots } from '../../../src/internet/routes/hash-slots.ts';

/** Numbers keys as they come, as the interners do. */
class Numbering {
  readonly #slots: HashSlots;
  readonly #keys: number[] = [];
  readonly #hashOf: (key: number) => number;

  constructor(hashOf: (key: number) => number, slotsAtOnce?: number) {
    this.#slots = new HashSlots(slotsAtOnce);
    this.#hashOf = hashOf;
  }

  /** The number of a key; -1 where it is not known, and is not to be. */
  of(key: number, isAdded: boolean): number {
    const hash = this.#hashOf(key);
    let slot = this.#slots.first(hash);
    for (let at = this.#slots.at(slot); at !== emptySlot; at = this.#slots.at(slot)) {
      if (this.#keys[at] === key) return at;
      slot = this.#slots.next(slot);
    }
    if (!isAdded) return -1;
    this.#slots.put(slot, hash, this.#keys.length);
    return this.#keys.push(key) - 1;
  }
}

const spread = (key: number): number => Math.imul(key, 0x9e3779b1);

describe('slots by hash', () => {
  test.each([
    ['a little with every number', 0],
    ['at once', undefined],
  ])('that move %s: every number is found at every moment, and none that is not there', (_, slotsAtOnce) => {
    const numbering = new Numbering(spread, slotsAtOnce);
    // 4,097 numbers make the table grow for the first time, 8,193 for the second.
    for (let key = 0; key < 9000; key += 1) {
      expect(numbering.of(key * 2, true)).toBe(key);
      if (key % 97 !== 0 && Math.abs(key - 4097) > 40) continue;
      for (let known = 0; known <= key; known += key % 5 === 0 ? 1 : 61) {
        if (numbering.of(known * 2, false) !== known) throw new Error(`${known} of ${key} is lost`);
        if (numbering.of(known * 2 + 1, false) !== -1) throw new Error(`${known} of ${key} is there twice`);
      }
    }
  });

  test('as a map numbers them, whatever is asked in between, and with hashes of which many are alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 15 }),
        fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { minLength: 200, maxLength: 400 }),
        fc.nat(3000),
        (alike, asked, start) => {
          const numbering = new Numbering((key) => spread(key >> (alike >> 2)), alike % 2 === 0 ? 0 : undefined);
          const model = new Map<number, number>();
          const add = (key: number): void => {
            const number = model.get(key) ?? model.size;
            model.set(key, number);
            expect(numbering.of(key, true)).toBe(number);
          };
          for (let key = 0; key < 3900 + (start % 400); key += 1) add(key + start);
          for (const [key, isAdded] of asked) {
            if (isAdded) add(key);
            else expect(numbering.of(key, false)).toBe(model.get(key) ?? -1);
          }
          for (const [key, number] of model) if (numbering.of(key, false) !== number) throw new Error(`${key} is lost`);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('no number that comes waits until all others have moved', () => {
    const numbering = new Numbering(spread);
    let worstMs = 0;
    for (let key = 0; key < 1 << 20; ) {
      const before = process.threadCpuUsage();
      for (const end = key + 2000; key < end; key += 1) numbering.of(key, true);
      const { user, system } = process.threadCpuUsage(before);
      worstMs = Math.max(worstMs, (user + system) / 1000);
    }
    // Moving half a million at once took 30 ms and more.
    expect(worstMs).toBeLessThan(15);
  });
});
