import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleGraph, readCode } from '#codemap';
import { layoutClasses } from '../../../src/codemap/layout/layout-classes.ts';
import { layoutModules } from '../../../src/codemap/layout/layout-modules.ts';
import { modelOf } from '../code-folder.ts';
import { anyModel, madeModel } from './made-models.ts';
import { crossings, escapes, overlaps } from './overlaps.ts';

const netmiko = '/usr/lib/python3/dist-packages/netmiko';

describe('layout of classes', () => {
  it('covers no box with another and loses no class, whatever the code', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, fc.constantFrom('auto', 'none', 'all'), async (model, fold) => {
        const picture = await layoutClasses(model, { fold });
        expect(overlaps(picture)).toEqual([]);
        expect(escapes(picture)).toEqual([]);
        if (fold !== 'none') return;
        const shown = picture.boxes.flatMap(({ rows }) =>
          rows.flatMap(({ target, style }) => (target !== undefined && style !== 'note' ? [target] : [])),
        );
        const inside = shown.filter((id) => !id.startsWith('outside:')).sort();
        expect(inside).toEqual(model.classes.map(({ id }) => id).sort());
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('gives the same picture twice', async () => {
    const [model] = fc.sample(anyModel, { numRuns: 1, seed: 7 });
    expect(JSON.stringify(await layoutClasses(model!))).toBe(JSON.stringify(await layoutClasses(model!)));
  });

  it.skipIf(!existsSync(netmiko))('lays netmiko out on one screen', async () => {
    const model = await readCode(netmiko);
    await layoutClasses(model);
    const fromMs = performance.now();
    const picture = await layoutClasses(model);
    const tookMs = performance.now() - fromMs;
    const ratio = picture.width / picture.height;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
    expect(picture.boxes.length).toBeLessThan(40);
    expect(overlaps(picture)).toEqual([]);
    expect(escapes(picture)).toEqual([]);
    expect(crossings(picture)).toEqual([]);
    // Goal 400 ms on a quiet machine; this one shares its two cores with the other tests.
    expect(tookMs).toBeLessThan(1500);
  });

  /** Of a class on a screen of 1600 x 1000 that shows the whole, in pixels. */
  const nameHeight = ({ width, height }: { width: number; height: number }): number =>
    12 * Math.min(1, 1600 / width, 880 / height);

  it('folds what is too much for one screen, and says so in a row', async () => {
    const made = Array.from({ length: 900 }, (_, index) => ({
      name: `Driver${index}`,
      folder: `vendor${index % 30}/`,
      parents: index === 0 ? [] : [0],
      holds: [],
    }));
    const model = madeModel(made);
    const open = await layoutClasses(model, { fold: 'none' });
    const folded = await layoutClasses(model);
    const rows = (picture: typeof open): number => picture.boxes.reduce((sum, box) => sum + box.rows.length, 0);
    expect(rows(folded)).toBeLessThan(rows(open));
    expect(folded.boxes.flatMap((box) => box.rows).map(({ text }) => text)).toContain('30 classes');
    expect(nameHeight(folded)).toBeGreaterThan(8.5);
    // What can be read as it is stays open.
    const few = await layoutClasses(madeModel(made.slice(0, 300)));
    expect(few.folded.size).toBe(0);
    expect(folded.boxes.length).toBeLessThanOrEqual(60);
    expect(open.width / open.height).toBeGreaterThan(0.5);
    expect(open.width / open.height).toBeLessThan(2.5);
  });

  it('cuts what no picture could hold, in time and aloud', async () => {
    const tree = Array.from({ length: 6000 }, (_, index) => ({
      name: `Node${index}`,
      folder: `part${index % 50}/`,
      parents: index === 0 ? [] : [Math.floor((index - 1) / 4)],
      holds: [],
    }));
    const picture = await layoutClasses(madeModel(tree));
    expect(picture.boxes.length).toBeLessThanOrEqual(250);
    expect(picture.notes).toContainEqual(expect.stringMatching(/^the whole needs \d+ boxes: drawn to depth \d/));
    expect(overlaps(picture)).toEqual([]);
    const chain = tree.map((one, index) => ({ ...one, parents: index === 0 ? [] : [index - 1] }));
    expect((await layoutClasses(madeModel(chain))).classes.length).toBeGreaterThan(50);
    const ring = tree.slice(0, 400).map((one, index) => ({ ...one, parents: [(index + 1) % 400] }));
    expect((await layoutClasses(madeModel(ring), { depth: 1 })).classes.length).toBe(400);
  });

  it('shows around a focus its ancestors with what they lose, its heirs, its parts and its keys', async () => {
    const model = await modelOf({
      'base.py':
        'class Base:\n    def send(self): pass\n    def close(self): pass\nclass Log: pass\nclass Other(Base): pass\n',
      'ios.py':
        'from base import Base, Log\nclass Ios(Base):\n    def __init__(self):\n        self.log = Log()\n    def send(self): pass\nclass IosXe(Ios): pass\nclass Deep(IosXe): pass\nMAP = {"cisco_ios": Ios, "cisco_xe": IosXe, "deep": Deep}\ndef make(kind):\n    return MAP[kind]()\n',
    });
    const picture = await layoutClasses(model, { focus: ['Ios'], depth: 1 });
    const texts = picture.boxes.flatMap(({ rows }) => rows.map(({ text }) => text));
    expect(texts).toEqual(expect.arrayContaining(['Base', 'Ios', 'IosXe', 'Log', 'MAP', 'cisco_ios']));
    expect(texts).not.toContain('Other');
    expect(texts).not.toContain('Deep');
    const send = picture.boxes.flatMap(({ id, rows }) =>
      rows
        .filter(({ member }) => member?.name === 'send')
        .map((row) => [id, row.isOverride === true, row.isOverridden === true]),
    );
    expect(send).toEqual([
      ['base.py#Base', false, true],
      ['ios.py#Ios', true, false],
    ]);
    expect(picture.lines.map(({ kind, from, to }) => `${kind} ${from} ${to}`)).toEqual(
      expect.arrayContaining([
        'composes ios.py#Ios base.py#Log',
        'makes ios.py#MAP ios.py#Ios',
        'inherits ios.py#Ios base.py#Base',
      ]),
    );
    expect(picture.notes).toEqual(['2 of 6 classes are not drawn']);
  });

  it('counts one of a kind as one', async () => {
    const model = await modelOf({
      'a.py': 'class One: pass\nMAP = {"one": One, "first": One, "only": One}\ndef make(kind): return MAP[kind]()\n',
    });
    const picture = await layoutClasses(model);
    expect(picture.subtitle).toBe('1 class, 0 bases, 1 module, 3 lines');
    const texts = picture.boxes.flatMap((box) => box.rows.map(({ text }) => text));
    expect(texts).toContain('3 keys lead to 1 class');
  });

  it('names outside bases, and draws what is made at run time with the line that makes it', async () => {
    const model = await modelOf({
      'a.py':
        'import paramiko\nclass Client(paramiko.SSHClient): pass\nclass One(paramiko.Agent): pass\nclass Two(paramiko.Agent): pass\nMade = type("Made", (Client,), {})\n',
    });
    const picture = await layoutClasses(model, { fold: 'none' });
    const rows = picture.boxes.flatMap((box) => box.rows.map((row) => ({ ...row, box: box.kind })));
    expect(rows.find(({ text }) => text === 'Agent')).toMatchObject({ box: 'outside', isOutside: true });
    expect(rows.find(({ text }) => text.includes('paramiko.SSHClient'))).toMatchObject({ isOutside: true });
    expect(rows.find(({ text }) => text === 'Made')).toMatchObject({ isRuntime: true });
    expect(rows.map(({ text }) => text)).toContainEqual(expect.stringContaining('a.py:5'));
    expect(picture.signs).toEqual(expect.arrayContaining(['outside', 'runtime']));
  });

  it('filters by glob with the ancestors, by depth, and by what is public', async () => {
    const model = await modelOf({
      'core.py': 'class Root: pass\nclass _Hidden(Root): pass\n',
      'cisco/ios.py':
        'from core import Root\nclass Ios(Root):\n    def _inner(self): pass\n    def show(self): pass\nclass IosXe(Ios): pass\n',
      'juniper/junos.py': 'from core import Root\nclass Junos(Root): pass\n',
    });
    const names = async (options: Parameters<typeof layoutClasses>[1]): Promise<string[]> =>
      (await layoutClasses(model, options)).classes.map(({ name }) => name).sort();
    expect(await names({ only: ['cisco'] })).toEqual(['Ios', 'IosXe', 'Root']);
    expect(await names({ only: ['*XE', 'Jun*'] })).toEqual(['Junos', 'Root']);
    expect(await names({ only: ['**/ios.py'] })).toEqual(['Ios', 'IosXe', 'Root']);
    expect(await names({ depth: 0 })).toEqual(['Root']);
    expect(await names({ depth: 1 })).toEqual(['Ios', 'Junos', 'Root', '_Hidden']);
    expect(await names({ hidePrivate: true })).toEqual(['Ios', 'IosXe', 'Junos', 'Root']);
    const ios = (await layoutClasses(model, { hidePrivate: true })).classes.find(({ name }) => name === 'Ios');
    expect(ios?.members.map(({ name }) => name)).toEqual(['show']);
    await expect(names({ only: ['nothing/*'] })).rejects.toMatchObject({ code: 'NW_CODE_NOTHING_LEFT' });
    await expect(names({ focus: ['Junoss'] })).rejects.toMatchObject({
      code: 'NW_CODE_ENTRY_UNKNOWN',
      message: 'no class is named "Junoss". Did you mean "Junos"?',
    });
  });
});

describe('layout of modules', () => {
  it('puts what is imported below what imports it, and circles in one colour', async () => {
    const model = await modelOf({
      'core/a.ts': 'export const a = 1;',
      'net/b.ts': "import { a } from '../core/a.ts';\nexport const b = a;",
      'left/c.ts': "import { b } from '../net/b.ts';\nimport { d } from '../right/d.ts';\nexport const c = 1;",
      'right/d.ts': "import { c } from '../left/c.ts';\nimport { a } from '../core/a.ts';\nexport const d = 1;",
      'cli/e.ts': "import { c } from '../left/c.ts';\nimport { a } from '../core/a.ts';",
    });
    const graph = moduleGraph(model);
    const picture = await layoutModules(model, graph, { depth: 1 });
    const top = (path: string): number => picture.boxes.find(({ id }) => id === `folder:${path}`)!.y;
    expect(top('core')).toBeGreaterThan(top('net'));
    expect(top('net')).toBeGreaterThan(top('left'));
    expect(top('left')).toBeGreaterThan(top('cli'));
    expect(picture.graph.folders.map(({ path, layer }) => `${path} ${layer}`)).toEqual([
      'cli 3',
      'core 0',
      'left 2',
      'net 1',
      'right 2',
    ]);
    const red = picture.lines.filter(({ isCyclic }) => isCyclic).map(({ from, to }) => `${from} ${to}`);
    expect(red.sort()).toEqual(['folder:left folder:right', 'folder:right folder:left']);
    expect(picture.graph.imports.filter(({ isImplied }) => isImplied).map(({ from, to }) => `${from} ${to}`)).toEqual([
      'cli core',
      'right core',
    ]);
    expect(picture.notes).toEqual(['1 circle of imports', '2 imports that follow from others are not drawn']);
    expect(overlaps(picture)).toEqual([]);
  });

  it('draws our own rooms without a box over another, floors where the plan has them', async () => {
    const model = await readCode(resolve(import.meta.dirname, '../../../src'));
    const picture = await layoutModules(model, moduleGraph(model), { depth: 1 });
    expect(overlaps(picture)).toEqual([]);
    expect(escapes(picture)).toEqual([]);
    expect(picture.lines.filter(({ isCyclic }) => isCyclic)).toEqual([]);
    const core = picture.graph.folders.find(({ path }) => path === 'core');
    expect(core?.layer).toBe(0);
    expect(picture.graph.folders.find(({ path }) => path === 'cli')!.layer).toBeGreaterThan(3);
  });

  it('puts folders with the same neighbours in one box', async () => {
    const vendors = Array.from({ length: 12 }, (_, index) => [`vendor${index}/x.py`, 'import base\n'] as const);
    const model = await modelOf({
      'base.py': '',
      'other/y.py': 'import base\nimport vendor0.x\n',
      ...Object.fromEntries(vendors),
    });
    const picture = await layoutModules(model, moduleGraph(model), { depth: 1 });
    const bundle = picture.boxes.find(({ kind }) => kind === 'pack');
    expect(bundle?.rows.map(({ text }) => text)).toHaveLength(11);
    expect(picture.boxes.filter(({ kind }) => kind === 'folder')).toHaveLength(3);
    expect(escapes(picture)).toEqual([]);
  });
});
