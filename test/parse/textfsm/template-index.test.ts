import { describe, expect, it } from 'vitest';
import { findRow, parseIndex } from '#parse';
import { completeCommand } from '../../../src/parse/textfsm/template-index.ts';

const header = 'Template, Hostname, Platform, Command\n';
const find = (index: string, attributes: Record<string, string>) => findRow(parseIndex(index), attributes)?.templates;

describe('an index', () => {
  it('spells out what may be left out of a command', () => {
    expect(completeCommand('sh[[ow]] ver[[sion]]')).toBe('sh(o(w)?)? ver(s(i(o(n)?)?)?)?');
    expect(completeCommand('show version')).toBe('show version');
  });

  it('gives the first row whose columns all match from their start', () => {
    const index = `# comment\n\n  ${header}
# comment
long.textfsm, .*, cisco_ios, sh[[ow]] ip int[[erface]] br[[ief]]
edge.textfsm, edge\\d, cisco_ios, sh[[ow]] ip int[[erface]]
one.textfsm:two.textfsm, .*, cisco_ios, sh[[ow]] ip int[[erface]]
any.textfsm, , cisco_.*, sh[[ow]] (?:clock|cal[[endar]])
`;
    const r1 = { Hostname: 'r1', Platform: 'cisco_ios' };
    expect(find(index, { ...r1, Command: 'sh ip int brief' })).toEqual(['long.textfsm']);
    expect(find(index, { ...r1, Command: 'show ip interface Gi0/1' })).toEqual(['one.textfsm', 'two.textfsm']);
    expect(find(index, { ...r1, Hostname: 'edge7', Command: 'show ip inter' })).toEqual(['edge.textfsm']);
    expect(find(index, { ...r1, Command: 'no show ip int' })).toBeUndefined();
    expect(find(index, { ...r1, Platform: 'cisco_nxos', Command: 'sho cal' })).toEqual(['any.textfsm']);
    expect(find(index, { Command: 'show clock', Unknown: 'x' })).toEqual(['any.textfsm']);
  });

  it('passes lines over that have not as many fields, and tells them', () => {
    const skipped: number[] = [];
    const { rows } = parseIndex(`${header}a, .*, x\nb, .*, x, show\nc, .*, x, show, more\n`, 'index', (line) =>
      skipped.push(line),
    );
    expect(rows.map(({ line, templates }) => [line, templates])).toEqual([[3, ['b']]]);
    expect(skipped).toEqual([2, 4]);
  });

  it.each([
    ['', 'index:1: expected a header'],
    ['Hostname, Command\na, b\n', 'index:1: expected a header'],
    ['Template, Command, Command\n', 'index:1: column "Command" twice'],
    [`${header}a, .*, x, sh[[ow\n`, 'index:2: Command: unterminated character set'],
    [`${header}a, .*, x(, show\n`, 'index:2: Platform: missing )'],
    [`${header}a::b, .*, x, show\n`, 'index:2: a row without the name'],
  ])('refuses %j', (text, words) => {
    expect(() => parseIndex(text)).toThrowError(
      expect.objectContaining({ code: 'NW_TEXTFSM_INVALID', message: expect.stringContaining(words) }),
    );
  });
});
