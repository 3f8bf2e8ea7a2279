import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFilter } from '../../src/store/gram-filter.ts';

test('lines are counted as splitting counts them, wherever the bytes stand in memory', () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  const text = fc.array(fc.constantFrom(0x0a, 0x0b, 0x0d, 0x8a, 0x41), { maxLength: 60 });
  fc.assert(
    fc.property(fc.oneof(bytes, text), fc.nat(5), (content, offset) => {
      const memory = new Uint8Array(offset + content.length);
      memory.set(content, offset);
      const pieces = Buffer.from(content).toString('latin1').split('\n');
      if (pieces.at(-1) === '') pieces.pop();
      expect(buildFilter(memory.subarray(offset)).lines).toBe(pieces.length);
    }),
  );
});
