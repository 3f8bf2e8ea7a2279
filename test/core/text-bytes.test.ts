import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, latin1OfText, textOfLatin1 } from '#core';

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

  it('reads the same text from one character a byte, and goes back', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
      fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        const latin1 = some.toString('latin1');
        expect(textOfLatin1(latin1)).toBe(decodeText(some));
        expect(latin1OfText(textOfLatin1(latin1))).toBe(latin1);
      }),
      { numRuns: 2000 },
    );
    const long = 'é'.repeat(600_000);
    expect(textOfLatin1(latin1OfText(long))).toBe(long);
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
