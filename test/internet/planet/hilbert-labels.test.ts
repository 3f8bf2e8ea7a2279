import { expect, test } from 'vitest';
import { shareText } from '../../../src/internet/planet/hilbert-labels.ts';

test.each([
  [0, '0.0 %'],
  [1, '< 0.1 %'],
  [4 ** 11 / 1000, '0.1 %'],
  [4 ** 11 / 8, '12.5 %'],
])('%d cells of the legend are %s: somebody who holds a little does not hold nothing', (cells, text) => {
  expect(shareText(cells)).toBe(text);
});
