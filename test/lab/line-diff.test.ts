import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines, unifiedText } from '../../src/lab/line-diff.ts';

it('leads from the one text to the other, whatever they are, and changes nothing that is the same', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '!', ''), { maxLength: 14 });
  fc.assert(
    fc.property(text, text, (older, newer) => {
      const steps = diffLines(older, newer);
      expect(steps.filter(({ sign }) => sign !== '+').map(({ line }) => line)).toEqual(older);
      expect(steps.filter(({ sign }) => sign !== '-').map(({ line }) => line)).toEqual(newer);
    }),
  );
  expect(diffLines(['a', 'b', 'c'], ['a', 'x', 'c']).filter(({ sign }) => sign === ' ')).toHaveLength(2);
});

it('prints hunks with three lines around them', () => {
  const lines = Array.from({ length: 20 }, (_, nth) => `line ${nth}`);
  const text = unifiedText(lines.join('\n'), lines.with(10, 'new').join('\n'), 'old', 'now');
  expect(text).toBe(
    '--- old\n+++ now\n@@ -8,7 +8,7 @@\n line 7\n line 8\n line 9\n-line 10\n+new\n line 11\n line 12\n line 13\n',
  );
  expect(unifiedText('a', 'a', 'old', 'now')).toBe('');
});
