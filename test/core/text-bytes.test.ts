import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from '#core';

describe('text of devices', () => {
  it('reads UTF-8 as it is', () => {
    expect(decodeText(Buffer.from('description القاهرة 北京 é'))).toBe('description القاهرة 北京 é');
  });

  it('keeps Latin-1 bytes as lone surrogates', () => {
    const bytes = Buffer.from('Universit\xe9 \xa0', 'latin1');
    expect(decodeText(bytes)).toBe('Universit\udce9 \udca0');
    expect(encodeText(decodeText(bytes))).toEqual(bytes);
  });

  it('loses no byte of anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Buffer.compare(encodeText(decodeText(bytes)), Buffer.from(bytes))).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no byte of UTF-8 cut anywhere', () => {
    const whole = Buffer.from('a€😀é'.repeat(3));
    for (let from = 0; from < whole.length; from++) {
      for (let to = from; to <= whole.length; to++) {
        const part = whole.subarray(from, to);
        expect(encodeText(decodeText(part))).toEqual(Buffer.from(part));
      }
    }
  });

  it('keeps every string that is well formed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeText(encodeText(text)) === text));
  });
});
