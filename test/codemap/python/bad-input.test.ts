import { describe, expect, it } from 'vitest';
import { readCode } from '#codemap';
import { CodeFolder, inheritance, modelOf } from '../code-folder.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('what is wrong with code', () => {
  it('a syntax error is a warning with its place, the rest is read', async () => {
    const model = await modelOf({
      'a.py': 'class A:\n    def go(self): return 1\n\nclass B(A:\n    pass\n\nclass C(A):\n    def run(self): pass\n',
      'b.py': 'from a import A\nclass D(A): pass\n',
    });
    expect(model.warnings[0]).toMatchObject({ kind: 'syntax', at: { file: 'a.py', line: 4 } });
    expect(model.classes.map((one) => one.name)).toEqual(expect.arrayContaining(['A', 'C', 'D']));
    expect(inheritance(model)).toContain('b.py#D > a.py#A');
  });

  it('a file of Python 2 is read too', async () => {
    const model = await modelOf({
      'a.py': 'print "x"\nclass A:\n    def f(self):\n        print self.x\n        exec "y"\n',
    });
    expect(model.classes[0]?.reads.map((one) => one.name)).toEqual(['x']);
    expect(model.warnings).toEqual([]);
  });

  it.each([
    ['declared', latin1('# -*- coding: latin-1 -*-\nclass A:\n    "é"\n'), 'é', undefined],
    [
      'declared in the second line',
      latin1('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\nclass A:\n    "é"\n'),
      'é',
      undefined,
    ],
    [
      'Cyrillic',
      Buffer.from([...latin1('# coding: koi8-r\nclass A:\n    "'), 0xc4, 0xc1, ...latin1('"\n')]),
      'да',
      undefined,
    ],
    ['UTF-8 with a mark', Buffer.from('\uFEFFclass A:\n    "é"\n'), 'é', undefined],
    ['not what it should be', latin1('class A:\n    "é"\n'), 'é', /bytes that are no UTF-8/],
    ['unknown', Buffer.from('# coding: klingon\nclass A:\n    "e"\n'), 'e', /unknown encoding "klingon"/],
    ['UTF-16', Buffer.from('\uFEFFclass A:\n    "é"\n', 'utf16le'), 'é', /which Python itself refuses/],
  ])('an encoding: %s', async (_, bytes, summary, message) => {
    const model = await modelOf({ 'a.py': bytes });
    expect(model.classes[0]).toMatchObject({ name: 'A', summary });
    if (message === undefined) expect(model.warnings).toEqual([]);
    else expect(model.warnings[0]?.message).toMatch(message);
  });

  it('names the line of the first byte that does not fit', async () => {
    const model = await modelOf({ 'a.py': Buffer.concat([Buffer.from('x = "é"\n\n'), latin1('y = "é"\n')]) });
    expect(model.warnings).toMatchObject([{ kind: 'encoding', at: { file: 'a.py', line: 3 } }]);
  });

  it('a generated file of 5 MB is skipped aloud', async () => {
    const model = await modelOf({
      'big.py': `class Big: pass\n${'x = 1\n'.repeat(900_000)}`,
      'a.py': 'from big import Big\nclass A(Big): pass\n',
    });
    expect(model.warnings).toMatchObject([
      { kind: 'skipped', at: { file: 'big.py', line: 1 }, message: '5.1 MiB, more than 2.0 MiB: skipped' },
    ]);
    expect(inheritance(model)).toEqual(['a.py#A > outside:big.Big']);
  });

  it('a folder without code is an error that says what is there', async () => {
    using folder = new CodeFolder({ 'readme.md': 'nothing', 'node_modules/x/index.js': '1' });
    await expect(readCode(folder.path)).rejects.toMatchObject({
      code: 'NW_CODE_NOT_FOUND',
      message: `${folder.path}: no Python, TypeScript or JavaScript file among 1 file`,
    });
    await expect(readCode(`${folder.path}/gone`)).rejects.toMatchObject({ code: 'NW_CODE_NOT_FOUND' });
  });

  it('a package that is not installed is an error that says where it was looked for', async () => {
    using folder = new CodeFolder({ 'near/__init__.py': 'class A: pass\n' });
    const searchFolders = [folder.path];
    expect((await readCode({ package: 'near', searchFolders })).name).toBe('near');
    await expect(readCode({ package: 'no_such_package', searchFolders })).rejects.toMatchObject({
      code: 'NW_CODE_NOT_FOUND',
      message: expect.stringContaining(folder.path) as string,
    });
    await expect(readCode({ package: '../near', searchFolders })).rejects.toMatchObject({ code: 'NW_CODE_NOT_FOUND' });
  });

  it('bases that contradict each other are a warning', async () => {
    const model = await modelOf({
      'a.py': 'class X: pass\nclass Y: pass\nclass A(X, Y): pass\nclass B(Y, X): pass\nclass C(A, B): pass\n',
    });
    expect(model.warnings).toEqual([
      { kind: 'mro', at: { file: 'a.py', line: 5 }, message: 'no order keeps the bases A, B of C in line' },
    ]);
  });

  it('code nested beyond reason is cut, aloud', async () => {
    const depth = 5000;
    const model = await modelOf({
      'a.py': `class A: pass\nx = ${'('.repeat(depth)}1${')'.repeat(depth)}\nclass B(A): pass\n`,
    });
    expect(model.warnings).toMatchObject([{ kind: 'syntax', at: { file: 'a.py', line: 2 } }]);
    expect(inheritance(model)).toEqual(['a.py#B > a.py#A']);
  });

  it('empty files and files of blanks are modules', async () => {
    const model = await modelOf({ 'a.py': '', 'b.py': '\n\n', 'c.py': '# only words' });
    expect(model.modules.map((one) => [one.id, one.lines])).toEqual([
      ['a.py', 0],
      ['b.py', 2],
      ['c.py', 1],
    ]);
  });
});
