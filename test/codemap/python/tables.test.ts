import { describe, expect, it } from 'vitest';
import { threadCpuMs } from '../../cpu-time.ts';
import { modelOf } from '../code-folder.ts';

const classes = 'class A: pass\nclass B: pass\nclass C: pass\n';

async function table(text: string, name = 'T'): Promise<Record<string, string>> {
  const model = await modelOf({ 'm.py': `${classes}${text}\n` });
  const found = model.factories.find((one) => one.name === name || one.aliases?.includes(name));
  return Object.fromEntries(found?.entries.map((one) => [one.key, one.target.replace('m.py#', '')]) ?? []);
}

describe('tables of classes in module scope', () => {
  it.each([
    ['a literal', "T = {'a': A, 'b': B}"],
    ['subscript stores', "T = {}\nT['a'] = A\nT['b'] = B"],
    ['update', "T = {'a': A}\nT.update({'b': B})"],
    ['update with names', 'T = dict(a=A)\nT.update(b=B)'],
    ['a loop over items', "S = {'a': A, 'b': B}\nT = {}\nfor k, v in S.items():\n    T[k] = v"],
    ['a loop over pairs', "T = {}\nfor k, v in [('a', A), ('b', B)]:\n    T[k] = v"],
    ['a comprehension', "T = {k: v for k, v in (('a', A), ('b', B), ('x', C)) if k != 'x'}"],
    ['zip', "T = dict(zip(['a', 'b'], (A, B)))"],
    ['spreads', "S = {'b': B}\nT = {'a': A, **S}"],
    ['the union operator', "T = {'a': A} | {'b': B}"],
    ['union in place', "T = {'a': A}\nT |= {'b': B}"],
    ['an alias', "S = {'a': A}\nT = S\nS['b'] = B"],
    ['a copy', "S = {'a': A}\nT = S.copy()\nS['x'] = C\nT['b'] = B"],
    ['deletion', "T = {'a': A, 'b': B, 'x': C}\ndel T['x']"],
    ['pop', "T = {'a': A, 'b': B, 'x': C}\nT.pop('x')"],
    ['setdefault', "T = {'a': A}\nT.setdefault('a', C)\nT.setdefault('b', B)"],
    ['OrderedDict', "from collections import OrderedDict\nT = OrderedDict([('a', A), ('b', B)])"],
    ['a known condition', "T = {'a': A}\nif 'b' not in T:\n    T['b'] = B\nelse:\n    T['a'] = C"],
    ['classes in tuples', "T = {'a': (A, {'port': 22}), 'b': (B, {})}"],
    ['names of classes as text', "T = {'a': 'm.A', 'b': 'm:B'}"],
  ])('%s', async (_, text) => {
    expect(await table(text)).toEqual({ a: 'A', b: 'B' });
  });

  it.each([
    ["'a' + '_' + str(1)"],
    ["f'a_{1}'"],
    ["'a_%s' % 1"],
    ["'%s_%d'.replace('d', 's') % ('a', 1)"],
    ["'{}_{}'.format('a', 1)"],
    ["'{0}_{n}'.format('a', n='1')"],
    ["'_'.join(['a', '1'])"],
    ["'A_1'.lower()"],
    ["'x_1'.replace('x', 'a')"],
    ["'a' '_' '1'"],
    ["('b_1', 'a_1')[1]"],
  ])('a key made as %s', async (key) => {
    expect(await table(`T = {${key}: A}`)).toEqual({ a_1: 'A' });
  });

  it('go across modules, with each line', async () => {
    const model = await modelOf({
      'base.py': 'class A: pass\nTABLE = {\n    "a": A,\n}\n',
      'more.py': 'from base import A, TABLE\nfor k in list(TABLE):\n    TABLE[k + "_ssh"] = A\n',
    });
    expect(model.factories).toEqual([
      {
        id: 'base.py#TABLE',
        name: 'TABLE',
        module: 'base.py',
        at: { file: 'base.py', line: 2 },
        entries: [
          { key: 'a', target: 'base.py#A', at: { file: 'base.py', line: 3 } },
          { key: 'a_ssh', target: 'base.py#A', at: { file: 'more.py', line: 3 }, origin: { file: 'base.py', line: 3 } },
        ],
      },
    ]);
  });

  it('below a class, under its name', async () => {
    expect(await table("class Maker:\n    drivers = {'a': A}\n", 'Maker.drivers')).toEqual({ a: 'A' });
  });

  it('say when they are not all known', async () => {
    const model = await modelOf({ 'm.py': `${classes}import os\nT = {'a': A}\nT[os.environ['X']] = B\n` });
    expect(model.factories[0]?.entries).toHaveLength(1);
    expect(model.warnings).toMatchObject([{ kind: 'evaluation', at: { file: 'm.py', line: 5 } }]);
  });

  it('of plain data are none', async () => {
    const model = await modelOf({ 'm.py': `${classes}T = {'a': 1, 'b': 2, 'c': A}\nU = {}\n` });
    expect(model.factories).toEqual([]);
  });

  it.each([
    ['text that doubles', "s = 'x'\nfor i in range(10000):\n    s = s + s"],
    ['lists that double', 'l = [1]\nfor i in range(10000):\n    l = l + l'],
    ['lists that double in place', 'l = [1]\nfor i in range(10000):\n    l += l'],
    ['lists that grow into themselves', 'l = [1]\nfor i in l:\n    l.append(i)\n    l.extend(l)'],
    [
      'loops in loops',
      'for a in range(10000):\n    for b in range(10000):\n        for c in range(10000):\n            x = a',
    ],
    ['tables that grow', 'd = {}\nfor a in range(10000):\n    for b in range(10000):\n        d[a * b] = {**d}'],
    ['comprehensions in comprehensions', 'x = [[b for b in range(9999)] for a in range(9999)]'],
    ['a list that holds itself', "l = []\nl.append(l)\nd = {'l': l}\nd[l] = 1\nclass A(*l): pass"],
  ])('end in time for %s', async (_, text) => {
    const before = threadCpuMs();
    await modelOf({ 'm.py': text });
    // Milliseconds, where running it would take for ever.
    expect(threadCpuMs() - before).toBeLessThan(5000);
  });
});
