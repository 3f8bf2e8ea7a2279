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

  it('takes rows as carelessly written as those of collections', () => {
    const index = `#\n\n${header}
blanks.textfsm , .*, acme_os, sh[[ow]] fans
filter.textfsm, .*,  acme_os, sh[[ow]] ports? \\| inc[[lude]] up
ports.textfsm,  .*^, acme_(?:os|xr), sh[[ow]] ports? ((?!brief|all).)*$
part.textfsm, .*, .*acme.*, netstat[[ -r]]|ro[[ute]]s?\\s*$
blank.textfsm, .*, acme_os, clock 
a.textfsm:b.textfsm:c.textfsm, .*, acme_os, (\\d+ in[[terface]]|in[[terface]]) sp[[an]]ning
`;
    const on = (Command: string, Platform = 'acme_os') => find(index, { Hostname: 'r1', Platform, Command });
    expect(on('sho fans')).toEqual(['blanks.textfsm']);
    expect(on('sh port | incl up')).toEqual(['filter.textfsm']);
    expect(on('show ports 1/1', 'acme_xr')).toEqual(['ports.textfsm']);
    expect(on('show ports all')).toBeUndefined();
    expect(on('netstat -', 'old_acme_os')).toEqual(['part.textfsm']);
    expect(on('rout')).toEqual(['part.textfsm']);
    expect(on('routes all')).toBeUndefined();
    expect(on('clock')).toEqual(['blank.textfsm']);
    expect(on('12 int spning')).toEqual(['a.textfsm', 'b.textfsm', 'c.textfsm']);
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
