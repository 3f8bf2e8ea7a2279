import { describe, expect, it } from 'vitest';
import { TextTable } from '#parse';

const table = new TextTable(
  ['IF', 'STATE', 'IP'],
  [
    ['Eth10', 'up', ['192.0.2.1', '198.51.100.1']],
    ['Eth9', 'down', []],
    ['Eth1', 'up', [{ address: '203.0.113.1', length: null }]],
  ],
  ['IF'],
);
const names = ({ rows }: TextTable) => rows.map(([name]) => name);

describe('TextTable', () => {
  it('sorts by its keys with numbers as numbers, or by other columns, rows alike in their order', () => {
    expect(names(table.sort())).toEqual(['Eth1', 'Eth9', 'Eth10']);
    expect(names(table.sort(['STATE']))).toEqual(['Eth9', 'Eth10', 'Eth1']);
    expect(names(new TextTable(table.header, table.rows).sort())).toEqual(['Eth1', 'Eth9', 'Eth10']);
    expect(() => table.sort(['MTU'])).toThrow('there is no column MTU; there are IF, STATE, IP');
  });

  it('keeps the rows that a test takes', () => {
    expect(names(table.filter(({ STATE }) => STATE === 'up'))).toEqual(['Eth10', 'Eth1']);
  });

  it('gives records, with other names where wanted', () => {
    expect(table.records((column) => column.toLowerCase())[1]).toEqual({ if: 'Eth9', state: 'down', ip: [] });
  });

  it('is joined by key: the first that is equal, nothing where there is none', () => {
    const mtu = new TextTable(
      ['IF', 'MTU', 'STATE'],
      [
        ['Eth9', '9000', 'x'],
        ['Eth9', '1', 'x'],
        ['Eth3', '2', 'x'],
      ],
      ['IF'],
    );
    const joined = table.extend(mtu);
    expect(joined.header).toEqual(['IF', 'STATE', 'IP', 'MTU']);
    expect(joined.keys).toEqual(['IF']);
    expect(joined.rows.map((row) => [row[0], row[1], row[3]])).toEqual([
      ['Eth10', 'up', ''],
      ['Eth9', 'down', '9000'],
      ['Eth1', 'up', ''],
    ]);
  });

  it('is joined line by line without keys', () => {
    const left = new TextTable(['A'], [['1'], ['2']]);
    const right = new TextTable(['B', 'A'], [['x', '9']]);
    expect(left.extend(right)).toMatchObject({
      header: ['A', 'B'],
      rows: [
        ['1', 'x'],
        ['2', ''],
      ],
    });
  });

  it('says which table lacks a key', () => {
    expect(() => table.extend(new TextTable(['MTU'], []))).toThrowError(
      expect.objectContaining({ code: 'NW_TEXTFSM_INVALID' }),
    );
  });

  it('prints CSV that a spreadsheet reads', () => {
    const odd = new TextTable(
      ['A', 'B'],
      [
        ['x,y', 'say "hi"'],
        ['', 'two\nlines'],
      ],
    );
    expect(odd.toCsv()).toBe('A,B\n"x,y","say ""hi"""\n,"two\nlines"\n');
    expect(table.toCsv((column) => column.toLowerCase())).toBe(
      'if,state,ip\nEth10,up,192.0.2.1; 198.51.100.1\nEth9,down,\nEth1,up,address=203.0.113.1 length=\n',
    );
  });

  it('names every value by the key of its row', () => {
    expect(table.labels().slice(0, 2)).toEqual(['Eth10.STATE up', 'Eth10.IP 192.0.2.1; 198.51.100.1']);
    expect(new TextTable(['A'], [['1']]).labels()).toEqual([]);
  });
});
