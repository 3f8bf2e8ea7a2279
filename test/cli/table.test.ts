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
  expect(table(['ID', 'WHY'], rows, undefined, 9)).toContain('goes on and on');
});

test('where the last column leaves no room, the widest of plain text get narrower, never the name of the row', () => {
  const wide = [
    ['alexandria-pe-router-1', 'GigabitEthernet0/0/1', '\u001b[32mconfirmed by Amr\u001b[39m', '1500'],
    ['r2', 'short', 'planned', '9000'],
  ];
  const lines = table(['DEVICE', 'INTERFACE', 'STATE', 'MTU'], wide, undefined, 60).split('\n');
  expect(lines).toEqual([
    'DEVICE                  INTERFACE     STATE             MTU',
    'alexandria-pe-router-1  Gigabi…0/0/1  \u001b[32mconfirmed by Amr\u001b[39m  1500',
    'r2                      short         planned           9000',
  ]);
  expect(table(['DEVICE', 'INTERFACE', 'STATE', 'MTU'], wide)).toContain('GigabitEthernet0/0/1');
});
