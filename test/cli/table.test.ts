import { expect, test } from 'vitest';
import { table } from '../../src/cli/table.ts';

const rows = [
  ['1', 'a reason that goes on and on'],
  ['2', '到亚历山大的链路到亚历山大的链路'],
];

test('a list on a terminal is a line an entry: what is last is cut to what is left', () => {
  const lines = table(['ID', 'WHY'], rows, undefined, 24).split('\n');
  expect(lines).toEqual(['ID  WHY', '1   a reason that goes…', '2   到亚历山大的链路到…']);
});

test('a program gets all of it, and so does a terminal that has no room for a list', () => {
  expect(table(['ID', 'WHY'], rows)).toContain('goes on and on');
  expect(table(['ID', 'WHY'], rows, undefined, 12)).toContain('goes on and on');
});
