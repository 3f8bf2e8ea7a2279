import { describe, expect, it } from 'vitest';
import { modelOf } from '../code-folder.ts';

describe('classes that exist only at run time', () => {
  it('made by type(), namedtuple and enums at the top', async () => {
    const model = await modelOf({
      'm.py': [
        'from collections import namedtuple',
        'from enum import Enum',
        'class Base: pass',
        'A = type("Alpha", (Base,), {})',
        'P = namedtuple("Point", "x y")',
        'E = Enum("Color", "RED")',
        'class B(A): pass',
        'class Q(namedtuple("Pair", "a b")): pass',
        '',
      ].join('\n'),
    });
    expect(model.runtimeClasses.map((one) => [one.id, one.kind, one.bases, one.madeAt.line])).toEqual([
      ['runtime:m.py#Alpha', 'type() call', ['m.py#Base'], 4],
      ['runtime:m.py#Color', 'enum', ['outside:enum.Enum'], 6],
      ['runtime:m.py#Pair', 'namedtuple', ['outside:tuple'], 8],
      ['runtime:m.py#Point', 'namedtuple', ['outside:tuple'], 5],
    ]);
    const inherits = model.edges.filter((one) => one.kind === 'inherits');
    expect(inherits.map((one) => `${one.from} > ${one.to}`)).toEqual([
      'm.py#B > runtime:m.py#Alpha',
      'm.py#Q > runtime:m.py#Pair',
    ]);
  });

  it('made whenever a function is called', async () => {
    const model = await modelOf({
      'm.py': [
        'class Base: pass',
        'class Fast(Base): pass',
        'def make(name, fast=False):',
        '    if fast:',
        '        return type(name, (Fast,), {})',
        '    return type("Plain", (Base,), {})',
        '',
      ].join('\n'),
    });
    expect(model.runtimeClasses.map((one) => [one.name, one.bases, one.madeAt.line])).toEqual([
      ['Plain', ['m.py#Base'], 6],
      ['make(name)', ['m.py#Fast'], 5],
    ]);
    expect(
      model.edges.filter((one) => one.kind === 'makes').map((one) => [one.from, one.at.line, one.condition]),
    ).toEqual([
      ['m.py#make', 5, 'fast'],
      ['m.py#make', 6, undefined],
    ]);
  });

  it('made on top of one of several classes: one for each, not one of all', async () => {
    const model = await modelOf({
      'm.py': [
        'class Mixin: pass',
        'class Classic: pass',
        'class Switch: pass',
        'class Port:',
        '    def __new__(cls, style):',
        '        base = {"CLASSIC": Classic, "SWITCH": Switch}.get(style)',
        '        return type(cls.__name__, (base, Mixin), {})()',
        '',
      ].join('\n'),
    });
    expect(model.runtimeClasses.map((one) => [one.id, one.bases])).toEqual([
      ['runtime:m.py#Port.__new__.…__name__', ['m.py#Classic', 'm.py#Mixin']],
      ['runtime:m.py#Port.__new__.…__name__~2', ['m.py#Switch', 'm.py#Mixin']],
    ]);
    const made = model.edges.filter((one) => one.kind === 'makes');
    expect(made.map((one) => [one.from, one.to])).toEqual(model.runtimeClasses.map((one) => ['m.py#Port', one.id]));
  });

  it('made on top of any class of a large table: some of them', async () => {
    const bases = Array.from({ length: 40 }, (_, at) => `Base${at}`);
    const model = await modelOf({
      'm.py': [
        ...bases.map((base) => `class ${base}: pass`),
        `TABLE = {${bases.map((base) => `"${base}": ${base}`).join(', ')}}`,
        'def make(key):',
        '    return type("Made", (TABLE[key],), {})',
        '',
      ].join('\n'),
    });
    expect(model.runtimeClasses).toHaveLength(16);
  });

  it('described in YAML, loaded beside the module', async () => {
    const model = await modelOf({
      'pkg/__init__.py': '',
      'pkg/factory.py': 'def loadyaml(path): pass\n',
      'pkg/op/__init__.py': '',
      'pkg/op/arp.py': [
        'from pkg.factory import loadyaml',
        'from os.path import splitext',
        "_YAML_ = splitext(__file__)[0] + '.yml'",
        'globals().update(loadyaml(_YAML_))',
        'class Mine(ArpTable): pass',
        '',
      ].join('\n'),
      'pkg/op/arp.yml':
        '---\nArpTable:\n  rpc: get-arp\n  view: ArpView\n\nArpView:\n  fields:\n    mac: mac-address\n',
      'pkg/op/lost.py':
        "from pkg.factory import loadyaml\nglobals().update(loadyaml(__file__.replace('.py', '.yml')))\n",
      'pkg/carried.yml': 'UserTable:\n  get: system/login\n  set: true\n',
      'pkg/other.yml': 'name: something else\nlist: [1, 2]\n',
    });
    const made = model.runtimeClasses.map((one) => [
      one.id,
      one.kind,
      one.at.file,
      one.at.line,
      one.madeAt.file,
      one.madeAt.line,
    ]);
    expect(made).toEqual([
      ['runtime:pkg/carried.yml#UserTable', 'yaml table', 'pkg/carried.yml', 1, 'pkg/factory.py', 1],
      ['runtime:pkg/op/arp.py#ArpTable', 'yaml table', 'pkg/op/arp.yml', 2, 'pkg/op/arp.py', 4],
      ['runtime:pkg/op/arp.py#ArpView', 'yaml view', 'pkg/op/arp.yml', 6, 'pkg/op/arp.py', 4],
    ]);
    expect(model.runtimeClasses[0]?.bases).toEqual([
      'outside:jnpr.junos.factory.cfgtable.CfgTable',
      'outside:jnpr.junos.utils.config.Config',
    ]);
    expect(model.runtimeClasses[2]?.members).toEqual([
      { name: 'mac', value: 'mac-address', at: { file: 'pkg/op/arp.yml', line: 8 } },
    ]);
    expect(model.classes[0]?.bases[0]?.target).toBe('runtime:pkg/op/arp.py#ArpTable');
    expect(model.warnings).toMatchObject([{ kind: 'unresolved', at: { file: 'pkg/op/lost.py', line: 2 } }]);
  });

  it('switched to by __new__ and by __class__, with the condition', async () => {
    const model = await modelOf({
      'm.py': [
        'class Console: pass',
        'class Device:',
        '    def __new__(cls, *args, **kwargs):',
        "        if kwargs.get('port') == 23:",
        '            return object.__new__(Console)',
        '        elif kwargs:',
        '            return Spare(1)',
        '        else:',
        '            return super().__new__(cls)',
        '    def become(self):',
        '        self.__class__ = Console',
        'class Spare(Device): pass',
        'def turn(thing):',
        '    thing.__class__ = Spare',
        '',
      ].join('\n'),
    });
    const switches = model.edges.filter((one) => one.kind === 'switches');
    expect(switches.map((one) => [one.from, one.to, one.at.line, one.condition])).toEqual([
      ['m.py#Device', 'm.py#Console', 5, "kwargs.get('port') == 23"],
      ['m.py#Device', 'm.py#Spare', 7, 'kwargs'],
      ['m.py#Device', 'm.py#Console', 11, undefined],
      ['m.py#turn', 'm.py#Spare', 14, undefined],
    ]);
  });

  it('warned of where names cannot be known by reading', async () => {
    const model = await modelOf({
      'm.py': [
        'class A:',
        '    def __getattr__(self, name): return name',
        '    def fill(self, **all):',
        '        for k, v in all.items(): setattr(self, k, v)',
        '        self.__dict__.update(all)',
        '',
      ].join('\n'),
    });
    expect(model.classes[0]?.dynamics).toEqual([
      { kind: '__getattr__', at: { file: 'm.py', line: 2 }, says: 'A.__getattr__ answers names that no class defines' },
      {
        kind: 'setattr',
        at: { file: 'm.py', line: 4 },
        says: 'A.fill sets fields by computed names: setattr(self, k, v)',
      },
      {
        kind: '__dict__',
        at: { file: 'm.py', line: 5 },
        says: 'A.fill reads or sets fields through __dict__: self.__dict__',
      },
    ]);
  });
});
