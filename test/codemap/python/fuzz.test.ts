import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonFacts } from '../../../src/codemap/python/facts.ts';
import { linkPython } from '../../../src/codemap/python/link.ts';
import { readPythonFile } from '../../../src/codemap/python/read-file.ts';
import { prepareParser } from '../../../src/codemap/python/syntax-tree.ts';

const sample = `# -*- coding: utf-8 -*-
"""Words."""
from . import base as b, other
from .far.away import *
import os.path as p, sys
try:
    from x import Y
except ImportError:
    Y = object
TABLE = {"a": Y, **b.TABLE, f"{1}_x": b.C}
for k, v in TABLE.items():
    TABLE[k + "_ssh"] = v
TABLE |= {k: v for k, v in TABLE.items() if k.endswith("x")}
globals().update(loadyaml(p.splitext(__file__)[0] + ".yml"))
@decorated(1)
class A(b.C, Generic[T], metaclass=abc.ABCMeta):
    kind: "A" = None
    def __new__(cls, *args, **kw):
        if kw.get("port") in [23, "23"]:
            return object.__new__(Other)
        return type("N" + kw, (A,), {})
    async def go(self, x: Optional[A] = Y, *, y=1) -> "A":
        self.x, self.y = Y() or x, [A() for _ in y]
        with open(x) as self.file:
            self.__class__ = TABLE[x]
        return self.go(f"{self.z!r:>{self.width}}")
class B(A, *TABLE): pass
def connect(kind):
    if kind not in TABLE: raise ValueError(kind)
    return TABLE[kind](kind)
`;

const yamlFile = 'ArpTable:\n  rpc: get\n  view: V\nV:\n  fields:\n    a: b\n';
const read = (text: string | Uint8Array): PythonFacts =>
  readPythonFile({ bytes: typeof text === 'string' ? Buffer.from(text) : text });

/** Reads and links a tree of the text and two files that import it and each other. */
async function whole(text: string | Uint8Array, yaml = yamlFile) {
  const facts = new Map([
    ['p/__init__.py', read('from .a import *\ndef loadyaml(path): pass\n')],
    ['p/a.py', read(text)],
    ['p/base.py', read('from .a import A, TABLE\nclass C: pass\nTABLE = {"c": C}\n')],
  ]);
  const files = new Set([...facts.keys(), 'p/a.yml']);
  return await linkPython(facts, { root: '/p', name: 'p', files, readBeside: () => yaml, breathe: () => undefined });
}

describe('whatever a file holds', () => {
  beforeAll(() => prepareParser());

  it('the sample itself is understood', async () => {
    const part = await whole(sample);
    expect(part.classes.map((one) => one.name)).toEqual(['A', 'B', 'C']);
    expect(part.factories.map((one) => one.name)).toContain('TABLE');
    expect(part.runtimeClasses.length).toBeGreaterThan(2);
  });

  it('cut off anywhere, it is read', async () => {
    for (let end = 0; end < sample.length; end += 7) await whole(sample.slice(0, end));
  });

  it('with noise in it, it is read', async () => {
    const noise = fc.tuple(fc.nat(sample.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(noise, async ([at, length, text]) => {
        const part = await whole(sample.slice(0, at) + text + sample.slice(at + length));
        for (const one of part.classes) expect(one.at.line).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('shuffled lines are read', async () => {
    const lines = sample.split('\n');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines), async (some) => {
        await whole(some.join('\n'));
      }),
      { numRuns: 150 },
    );
  });

  it('bytes of any kind are read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await whole(bytes);
      }),
      { numRuns: 150 },
    );
  });

  it('every function that is known is called with anything', async () => {
    const values = [
      '',
      '1',
      '"a"',
      'None',
      'T',
      '[1, "b"]',
      '[(1, A)]',
      'A',
      'A()',
      'globals()',
      'unknown',
      'os.path',
      '*T',
      'x=1',
    ];
    const functions =
      'dict list tuple set frozenset sorted reversed zip enumerate range str len globals locals vars type filter map getattr namedtuple OrderedDict defaultdict ChainMap deepcopy chain with_metaclass splitext join dirname Path loadyaml new_class Enum';
    const methods =
      'items keys values copy get pop setdefault update clear append extend add insert sort reverse lower upper title strip replace startswith endswith split join format';
    const calls: string[] = ['import os', 'from far import *', 'class A: pass', 'T = {"a": A, 1: 2}'];
    for (const first of values) {
      for (const second of values) {
        for (const name of functions.split(' ')) calls.push(`x = ${name}(${first}, ${second})`);
        for (const name of methods.split(' ')) {
          for (const of of ['T', '[1]', '"a%s{}"', 'globals()']) calls.push(`x = ${of}.${name}(${first}, ${second})`);
        }
        calls.push(`class B(${first || 'A'}, ${second || 'A'}): x = {${first || 1}: ${second || 1}}`);
        for (const op of ['+', '%', '|', '/', 'or', 'in', '==']) calls.push(`x = ${first || 1} ${op} ${second || 1}`);
      }
    }
    const text = calls.join('\n').replaceAll('(, ', '(').replaceAll(', )', ')');
    const part = await whole(text);
    expect(part.warnings.filter((one) => one.kind === 'evaluation' && one.at.line === 1)).toEqual([]);
  });

  it('tables in YAML with noise are read or warned of', async () => {
    const noise = fc.tuple(fc.nat(yamlFile.length), fc.string({ unit: 'binary', maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(noise, async ([at, text]) => {
        await whole(sample, yamlFile.slice(0, at) + text + yamlFile.slice(at));
      }),
      { numRuns: 150 },
    );
  });

  it('facts survive JSON, as the cache needs', () => {
    const facts = read(sample);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });
});
