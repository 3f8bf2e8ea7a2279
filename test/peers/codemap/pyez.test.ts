import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CodeModel, explain, readCode } from '#codemap';
import { peer } from '../peers.ts';
import { distPackages } from './pyreverse.ts';

const source = peer('pyez');

describe.skipIf(source.isMissing)('PyEZ, whose tables no class statement defines', () => {
  let model: CodeModel;

  beforeAll(async () => {
    model = await readCode({ package: 'jnpr.junos', searchFolders: [distPackages] });
  });

  it('lists every table and view of the YAML files with base, file and line', () => {
    const made = model.runtimeClasses.filter((one) => one.kind.startsWith('yaml'));
    expect(made.filter((one) => one.kind === 'yaml table')).toHaveLength(54);
    expect(made.filter((one) => one.kind === 'yaml view')).toHaveLength(50);
    expect(new Set(made.map((one) => one.at.file)).size).toBe(29);
    const classes = new Set(model.classes.map((one) => one.id));
    for (const one of made) {
      const text = readFileSync(`${model.root}/${one.at.file}`, 'utf8');
      expect(Object.keys(parse(text) as object)).toContain(one.name);
      expect(text.split('\n')[one.at.line - 1]).toMatch(new RegExp(`^${one.name}:`));
      for (const base of one.bases) expect(classes).toContain(base);
    }
    const arp = made.find((one) => one.name === 'ArpTable');
    expect(arp).toMatchObject({
      module: 'op/arp.py',
      bases: ['factory/optable.py#OpTable'],
      madeAt: { file: 'op/arp.py', line: 7 },
      text: 'globals().update(loadyaml(_YAML_))',
    });
  });

  it('shows the classes that functions make with type()', () => {
    const made = model.runtimeClasses.filter((one) => one.kind === 'type() call');
    expect(made.map((one) => `${one.at.file}:${one.at.line}`).sort()).toEqual([
      'cfg/phyport/__init__.py:15',
      'cfg/phyport/__init__.py:15',
      'factory/factory_cls.py:19',
      'factory/factory_cls.py:21',
      'factory/factory_cls.py:31',
      'factory/factory_cls.py:46',
      'factory/factory_cls.py:75',
      'factory/view.py:158',
    ]);
    // One or the other, as the device is; never both.
    expect(made.filter((one) => one.module === 'cfg/phyport/__init__.py').map((one) => one.bases)).toEqual([
      ['cfg/phyport/classic.py#PhyPortClassic'],
      ['cfg/phyport/switch.py#PhyPortSwitch'],
    ]);
  });

  it('says when a Device becomes a Console', () => {
    expect(explain(model, 'Device').switches).toMatchObject([
      {
        from: 'device.py#Device',
        to: 'console.py#Console',
        at: { file: 'device.py', line: 1028 },
        condition: "kwargs.get('port') in [23, '23'] or kwargs.get('mode')",
      },
    ]);
  });

  it('warns of __getattr__', () => {
    const dynamic = model.classes.flatMap((one) => one.dynamics.filter((each) => each.kind === '__getattr__'));
    expect(dynamic.map((one) => `${one.at.file}:${one.at.line}`).sort()).toEqual([
      'cfg/resource.py:518',
      'factory/view.py:209',
      'rpcmeta.py:293',
    ]);
  });
});
