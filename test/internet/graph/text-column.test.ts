import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Texts, textAt, textColumn } from '../../../src/internet/graph/text-column.ts';

describe('many texts in two columns', () => {
  it('come back as they were, one by one and cut out of all', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const column = textColumn(texts);
        const all = new Texts(column);
        for (const [at, text] of texts.entries()) expect([textAt(column, at), all.at(at)]).toEqual([text, text]);
      }),
    );
  });
});
