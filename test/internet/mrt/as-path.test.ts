import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeAs4Path, type PathSegment, pathLength, pathWidth } from '../../../src/internet/mrt/as-path.ts';

const [set, sequence, confederationSequence, confederationSet] = [1, 2, 3, 4];
const asTrans = 23456;

const wideAsn = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 65_536, max: 4_294_967_294 }));
const segments = fc.array(
  fc.record({ type: fc.constantFrom(set, sequence), numbers: fc.array(wideAsn, { minLength: 1, maxLength: 6 }) }),
  { minLength: 1, maxLength: 5 },
);
/** What a speaker of two octets makes of a path. */
const narrow = (path: readonly PathSegment[]): PathSegment[] =>
  path.map(({ type, numbers }) => ({ type, numbers: numbers.map((asn) => (asn > 65_535 ? asTrans : asn)) }));
const flat = (path: readonly PathSegment[]): string[] =>
  path.flatMap(({ type, numbers }) => (type === sequence ? numbers.map(String) : [`${type}:${numbers.join(',')}`]));

describe('AS4_PATH (RFC 6793 section 4.2.3)', () => {
  test('the path comes back whole, whatever a narrow speaker put in front of it', () => {
    fc.assert(
      fc.property(segments, fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 5 }), (path, added) => {
        const front: PathSegment[] = added.length === 0 ? [] : [{ type: sequence, numbers: added }];
        const merged = mergeAs4Path([...front, ...narrow(path)], path);
        expect(flat(merged)).toEqual(flat([...front, ...path]));
      }),
    );
  });

  test('prepending inside the first segment keeps exactly what is missing', () => {
    fc.assert(
      fc.property(
        fc.array(wideAsn, { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
        (path, added) => {
          const seen = [{ type: sequence, numbers: [...added, ...path.map((asn) => (asn > 65_535 ? asTrans : asn))] }];
          const merged = mergeAs4Path(seen, [{ type: sequence, numbers: path }]);
          expect(flat(merged)).toEqual([...added, ...path].map(String));
          expect(pathLength(merged)).toBe(added.length + path.length);
        },
      ),
    );
  });

  test('never longer or shorter than AS_PATH', () => {
    fc.assert(
      fc.property(segments, segments, (path, as4) => {
        expect(pathLength(mergeAs4Path(path, as4))).toBe(pathLength(path));
      }),
    );
  });

  test('a longer AS4_PATH is ignored', () => {
    const path = [{ type: sequence, numbers: [1, asTrans] }];
    expect(mergeAs4Path(path, [{ type: sequence, numbers: [1, 2, 3] }])).toEqual(path);
  });

  test('an equally long one wins', () => {
    const as4 = [{ type: sequence, numbers: [1, 70_000] }];
    expect(mergeAs4Path([{ type: sequence, numbers: [1, asTrans] }], as4)).toEqual(as4);
  });

  test('a set counts one, a confederation none, and confederations in AS4_PATH are left out', () => {
    const path = [
      { type: confederationSequence, numbers: [65_001, 65_002] },
      { type: sequence, numbers: [10, asTrans] },
      { type: set, numbers: [asTrans, 7] },
    ];
    const as4 = [
      { type: confederationSet, numbers: [9] },
      { type: sequence, numbers: [70_000] },
      { type: set, numbers: [80_000, 7] },
    ];
    expect(flat(mergeAs4Path(path, as4))).toEqual(['3:65001,65002', '10', '70000', '1:80000,7']);
  });
});

test('the width of AS numbers is what the segments say, when the record says something else', () => {
  const four = Uint8Array.of(2, 2, 0, 0, 1, 2, 0, 0, 3, 4);
  const two = Uint8Array.of(2, 2, 1, 2, 3, 4);
  expect(pathWidth(four, 0, 10, 2)).toBe(4);
  expect(pathWidth(two, 0, 6, 4)).toBe(2);
  expect(pathWidth(two, 0, 6, 2)).toBe(2);
  expect(pathWidth(Uint8Array.of(9, 1, 0, 1), 0, 4, 2)).toBeUndefined();
});
