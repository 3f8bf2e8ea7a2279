import { describe, expect, it } from 'vitest';
import { modelOf } from '../code-folder.ts';

const parts = 'class Part: pass\nclass Other(Part): pass\n';

async function fields(text: string): Promise<string[]> {
  const model = await modelOf({ 'm.py': parts + text });
  return model.edges
    .filter((one) => one.kind === 'composes' || one.kind === 'aggregates')
    .map((one) => `${one.kind} ${one.from}.${one.via} ${one.to} ${one.at.line}`.replaceAll('m.py#', ''));
}

const inInit = (line: string, parameters = 'self') => `class A:\n    def __init__(${parameters}):\n        ${line}\n`;

describe('what a class is made of', () => {
  it.each([
    ['made in place', inInit('self.x = Part()'), ['composes A.x Part 5']],
    [
      'made on a condition',
      inInit('self.x = Part() if 1 else Other()'),
      ['composes A.x Part 5', 'composes A.x Other 5'],
    ],
    ['given or made', inInit('self.x = x or Part()', 'self, x=None'), ['composes A.x Part 5']],
    ['made before', inInit('x = Part(); self.x = x'), ['aggregates A.x Part 5']],
    ['given, with its type', inInit('self.x = x', 'self, x: Part'), ['aggregates A.x Part 5']],
    ['given, its type in quotes', inInit('self.x = x', 'self, x: "Part"'), ['aggregates A.x Part 5']],
    ['annotated', inInit('self.x: Part = None'), ['composes A.x Part 5']],
    [
      'perhaps',
      inInit('self.x: Optional[Part] = None', 'self').replace('class A', 'from typing import *\nclass A'),
      ['composes A.x Part 6'],
    ],
    ['or nothing', inInit('self.x: Part | None = None'), ['composes A.x Part 5']],
    ['a list by its type', inInit('self.x: list[Part] = []'), ['aggregates A.x Part 5']],
    ['a table by its type', inInit('self.x: dict[str, Part] = {}'), ['aggregates A.x Part 5']],
    ['a list of them', inInit('self.x = [Part(), Other()]'), ['aggregates A.x Part 5', 'aggregates A.x Other 5']],
    ['a comprehension of them', inInit('self.x = [Part() for i in range(3)]'), ['aggregates A.x Part 5']],
    ['a table of them', inInit('self.x = {"a": Part()}'), ['aggregates A.x Part 5']],
    ['the class itself', inInit('self.x = kind', 'self, kind=Part'), ['aggregates A.x Part 5']],
    ['two at once', inInit('self.x, self.y = Part(), Other()'), ['composes A.x Part 5', 'composes A.y Other 5']],
    ['chained', inInit('self.x = self.y = Part()'), ['composes A.x Part 5', 'composes A.y Part 5']],
    ['of the class', 'class A:\n    x = Part()\n    y: Part\n', ['composes A.x Part 4', 'composes A.y Part 5']],
    [
      'what a function returns',
      `def make():\n    part = Part()\n    return part\n${inInit('self.x = make()')}`,
      ['composes A.x Part 8'],
    ],
    [
      'what a method returns',
      `${inInit('self.x = self.make()')}    def make(self):\n        return Other()\n`,
      ['composes A.x Other 5'],
    ],
    [
      'what a function says it returns',
      `def make() -> Part:\n    return far()\n${inInit('self.x = make()')}`,
      ['aggregates A.x Part 7'],
    ],
    ['itself', `${inInit('self.x = self.me()')}    def me(self):\n        return self\n`, ['aggregates A.x A 5']],
    [
      'a field of a local object',
      `${inInit('self.x = None')}def far():\n    pass\nclass B:\n    def go(self):\n        a = A()\n        a.part = Part()\n`,
      ['composes A.part Part 11'],
    ],
    [
      'a copy',
      `import copy\n${inInit('self.x = Part(); self.y = copy.copy(self.x)')}`,
      ['composes A.x Part 6', 'composes A.y Part 6'],
    ],
    ['plain values', inInit('self.x = 1; self.y = "Part()"; self.z = len(x)'), []],
    [
      'what a factory picks: the class that all share',
      `T = {k: Part for k in 'ab'}\n${Array.from({ length: 6 }, (_, at) => `class P${at}(Part): pass\nT["p${at}"] = P${at}\n`).join('')}${inInit('self.x = T[key]()', 'self, key')}`,
      ['composes A.x Part 18'],
    ],
    ['a circle of calls', `def a(): return b()\ndef b(): return a()\n${inInit('self.x = a()')}`, []],
  ])('%s', async (_, text, expected) => {
    expect((await fields(text)).sort()).toEqual([...expected].sort());
  });
});

describe('members', () => {
  it('with kind, visibility, type and line', async () => {
    const model = await modelOf({
      'm.py': [
        'from abc import ABC, abstractmethod',
        'class A(ABC):',
        '    """What it is.',
        '',
        '    More."""',
        '    kind: str = "a"',
        '    size: int',
        '    _low = 1',
        '    def __init__(self, host, *, port: int = 22, **more):',
        '        self.host = host',
        '        self.__secret = "x"',
        '    @property',
        '    def name(self) -> str:',
        '        return self.host',
        '    @name.setter',
        '    def name(self, value):',
        '        self.host = value',
        '    @staticmethod',
        '    def of(a): pass',
        '    @abstractmethod',
        '    async def go(self): pass',
        '    for i in range(2):',
        '        def looped(self): pass',
        '',
      ].join('\n'),
    });
    const [one] = model.classes;
    expect(one).toMatchObject({ isAbstract: true, summary: 'What it is.', at: { line: 2 }, endLine: 23 });
    expect(
      one?.members.map((m) => [
        m.name,
        m.kind,
        m.visibility,
        m.isStatic,
        m.isInBody,
        m.type ?? '',
        m.parameters ?? '',
        m.at.line,
      ]),
    ).toEqual([
      ['kind', 'attribute', 'public', true, true, 'str', '', 6],
      ['size', 'attribute', 'public', false, false, 'int', '', 7],
      ['_low', 'attribute', 'protected', true, true, '', '', 8],
      ['__init__', 'constructor', 'public', false, true, '', 'host, *, port: int = 22, **more', 9],
      ['name', 'property', 'public', false, true, 'str', '', 13],
      ['of', 'method', 'public', true, true, '', 'a', 19],
      ['go', 'method', 'public', false, true, '', '', 21],
      ['looped', 'method', 'public', false, true, '', '', 23],
      ['host', 'attribute', 'public', false, false, '', '', 10],
      ['__secret', 'attribute', 'private', false, false, 'str', '', 11],
    ]);
    expect(one?.members.find((m) => m.name === 'go')).toMatchObject({ isAsync: true, isAbstract: true });
  });

  it('every assignment and every read of a field, in nested functions and f-strings too', async () => {
    const model = await modelOf({
      'm.py': [
        'class A:',
        '    def go(self):',
        '        self.a = self.b',
        '        self.a += 1',
        '        with open("x") as self.file: pass',
        '        for self.i in range(3): pass',
        '        def inner(): return self.c',
        '        return f"{self.d}" + (lambda: self.e)()',
        '    def other(me):',
        '        me.z = 1',
        '    @staticmethod',
        '    def not_mine(self):',
        '        self.never = 1',
        '',
      ].join('\n'),
    });
    const [one] = model.classes;
    expect(one?.writes.map((w) => `${w.name}@${w.at.line}`)).toEqual(['a@3', 'a@4', 'file@5', 'i@6', 'z@10']);
    expect(one?.reads.map((r) => `${r.name}@${r.at.line}`)).toEqual(['b@3', 'a@4', 'c@7', 'd@8', 'e@8']);
  });
});
