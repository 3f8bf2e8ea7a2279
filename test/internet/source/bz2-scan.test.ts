import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bz2Marker, scanBz2Markers } from '../../../src/internet/source/bz2-scan.ts';

const magics = { block: 0x314159265359n, end: 0x177245385090n } as const;

/** Bytes with a magic at some bit, and nothing else that looks like one. */
function withMagic(kind: 'block' | 'end', bit: number, length: number): Uint8Array {
  const whole = magics[kind] << BigInt(length * 8 - 48 - bit);
  return Uint8Array.from({ length }, (_, at) => Number((whole >> BigInt((length - 1 - at) * 8)) & 255n));
}

test('a marker is found at any bit, wherever the file is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('block' as const, 'end' as const),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 70 }),
      fc.nat(1000),
      (kind, bit, piece, base) => {
        const bytes = withMagic(kind, bit, 64);
        const found: Bz2Marker[] = [];
        let from = 0;
        for (let end = piece; end < bytes.length; end += piece) {
          from = scanBz2Markers(bytes.subarray(0, end), from, base, found, false);
        }
        scanBz2Markers(bytes, from, base, found, true);
        expect(found).toEqual([{ bit: base * 8 + bit, kind }]);
      },
    ),
    { numRuns: 500 },
  );
});
