import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AsSet, aloneIn } from '../../../src/internet/cones/as-set.ts';

const asCount = 100;
const members = fc.uniqueArray(fc.nat(asCount - 1));

const setOf = (list: readonly number[]): AsSet => {
  const set = new AsSet(asCount);
  for (const as of list) set.add(as);
  return set;
};

describe('a set of ASes', () => {
  it('says who is in it, ascending, and what two of them share', () => {
    fc.assert(
      fc.property(members, members, (one, other) => {
        const [a, b] = [setOf(one), setOf(other)];
        expect([...a.members()]).toEqual(one.toSorted((x, y) => x - y));
        expect(a.size).toBe(one.length);
        expect(a.sharedWith(b)).toBe(one.filter((as) => other.includes(as)).length);
      }),
    );
  });

  it('says how many are in no other', () => {
    fc.assert(
      fc.property(fc.array(members, { maxLength: 5 }), (lists) => {
        const expected = lists.map(
          (list) => list.filter((as) => lists.filter((other) => other.includes(as)).length === 1).length,
        );
        expect(aloneIn(lists.map(setOf))).toEqual(expected);
      }),
    );
  });
});
