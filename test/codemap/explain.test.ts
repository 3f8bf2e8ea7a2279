import { beforeAll, describe, expect, it } from 'vitest';
import { type CodeModel, explain } from '#codemap';
import { modelOf } from './code-folder.ts';

const files = {
  'lib/__init__.py': 'from .dispatch import connect\n',
  'lib/base.py': [
    'class Base:',
    '    timeout = 5',
    '    def __init__(self, host):',
    '        self.host = host',
    '        self.log = None',
    '        self.prepare()',
    '    def prepare(self): pass',
    '    def send(self, text): return self.host + text',
    '',
  ].join('\n'),
  'lib/ios.py': [
    'from .base import Base',
    'class Mixin:',
    '    def prepare(self): self.log = []',
    'class Ios(Mixin, Base):',
    '    def send(self, text): return super().send(text) + str(self.timeout)',
    '    def __getattr__(self, name): return name',
    '',
  ].join('\n'),
  'lib/dispatch.py': [
    'from .ios import Ios',
    'from .base import Base',
    'TABLE = {',
    '    "ios": Ios,',
    '    "plain": Base,',
    '}',
    'for key in list(TABLE):',
    '    TABLE[key + "_ssh"] = TABLE[key]',
    '',
    'def connect(**options):',
    '    if options["kind"] not in TABLE:',
    '        raise ValueError(options)',
    '    found = pick(options["kind"])',
    '    return found(**options)',
    '',
    'def pick(kind):',
    '    return TABLE[kind]',
    '',
    'def again(thing, kind):',
    '    thing.__class__ = pick(kind)',
    '',
    'def only():',
    '    return Ios("here")',
    '',
    'def nothing():',
    '    return 1',
    '',
  ].join('\n'),
};

describe('explaining a factory', () => {
  let model: CodeModel;
  beforeAll(async () => {
    model = await modelOf(files);
  });

  it('tells the way to the class, line by line', () => {
    const { path, table, target } = explain(model, 'connect', 'ios_ssh');
    expect(path.map((step) => [step.at.file, step.at.line, step.says])).toEqual([
      ['lib/dispatch.py', 11, 'connect checks that options["kind"] is in TABLE'],
      ['lib/dispatch.py', 13, 'connect calls pick with options["kind"]'],
      ['lib/dispatch.py', 17, 'pick looks the class up in TABLE with kind'],
      ['lib/dispatch.py', 4, 'the key was first written for Ios here'],
      ['lib/dispatch.py', 8, 'TABLE has Ios for the key "ios_ssh", one of 4'],
      ['lib/dispatch.py', 14, 'connect makes the object: found(**options)'],
      ['lib/ios.py', 4, 'Ios is defined, on top of Mixin, Base'],
    ]);
    expect(table).toEqual({
      id: 'lib/dispatch.py#TABLE',
      name: 'TABLE',
      at: { file: 'lib/dispatch.py', line: 3 },
      keys: 4,
    });
    expect(target).toBe('lib/ios.py#Ios');
  });

  it('tells who defines, who overrides, who wins', () => {
    const { mro, members } = explain(model, 'connect', 'ios');
    expect(mro.map((one) => one.name)).toEqual(['Ios', 'Mixin', 'Base', 'object']);
    expect(members.map((row) => [row.name, ...row.definedBy.map((one) => one.name)])).toEqual([
      ['__getattr__', 'Ios'],
      ['__init__', 'Base'],
      ['prepare', 'Mixin', 'Base'],
      ['send', 'Ios', 'Base'],
      ['timeout', 'Base'],
    ]);
  });

  it('tells where each field is set, in the order of the classes, and who reads it', () => {
    const { fields } = explain(model, 'connect', 'ios');
    const shown = fields.map((row) => [
      row.name,
      row.setBy.map((one) => `${one.className}.${one.method}:${one.at.line}`).join(' '),
      row.readBy.map((one) => `${one.className}.${one.method}:${one.at.line}`).join(' '),
    ]);
    expect(shown).toEqual([
      ['host', 'Base.__init__:4', 'Base.send:8'],
      ['log', 'Mixin.prepare:3 Base.__init__:5', ''],
      ['timeout', 'Base.:2', 'Ios.send:5'],
    ]);
  });

  it('warns of what is dynamic and of what may switch the class', () => {
    const { dynamics, switches } = explain(model, 'connect', 'ios');
    expect(dynamics).toMatchObject([{ kind: '__getattr__', class: 'lib/ios.py#Ios' }]);
    expect(switches).toMatchObject([{ from: 'lib/dispatch.py#again', to: 'lib/dispatch.py#TABLE', at: { line: 20 } }]);
  });

  it('takes a table, a class or a function without a table too', () => {
    expect(explain(model, 'TABLE', 'plain').name).toBe('Base');
    expect(explain(model, 'Ios').path.map((one) => one.at.line)).toEqual([4]);
    expect(explain(model, 'lib/ios.py#Ios').name).toBe('Ios');
    expect(explain(model, 'only').path.map((one) => one.says)).toEqual([
      'only makes a Ios',
      'Ios is defined, on top of Mixin, Base',
    ]);
  });

  it('names the other classes of the same name', async () => {
    const twins = await modelOf({
      'a.py': 'class Link: pass\n',
      'b.py': '\nclass Link: pass\nclass Other(Link): pass\n',
    });
    expect(explain(twins, 'Link')).toMatchObject({
      target: 'a.py#Link',
      namesakes: [{ id: 'b.py#Link', at: { file: 'b.py', line: 2 } }],
    });
    expect(explain(twins, 'b.py#Link')).not.toHaveProperty('namesakes');
    expect(explain(twins, 'Other')).not.toHaveProperty('namesakes');
  });

  it('lists the run-time classes of the class itself, not those of its ancestors', async () => {
    const made = await modelOf({
      'm.py':
        'class Table: pass\nclass Op(Table): pass\nOpMade = type("OpMade", (Op,), {})\nPlain = type("Plain", (Table,), {})\n',
    });
    const names = (entry: string) => explain(made, entry).runtimeClasses.map((one) => one.name);
    expect(names('Op')).toEqual(['OpMade']);
    expect(names('Table')).toEqual(['Plain']);
    expect(names('OpMade')).toEqual([]);
  });

  it('names keys that begin like the wrong one', () => {
    expect(() => explain(model, 'connect', 'plain_x')).toThrow(
      expect.objectContaining({ hint: 'take one of its keys that begin with "plain": plain, plain_ssh' }),
    );
  });

  it.each([
    ['connect', 'ios_shh', /TABLE \(lib\/dispatch\.py:3\), which has no key "ios_shh"\. Did you mean "ios_ssh"\?/],
    ['connect', undefined, /which needs a key\. One of 4: ios, plain/],
    ['conect', 'ios', /no factory function, table or class "conect"\. Did you mean "connect"\?/],
    ['nothing', undefined, /neither looks a class up in a table nor makes an object/],
  ])('says what it does not know: %s %s', (entry, key, message) => {
    expect(() => explain(model, entry, key)).toThrow(
      expect.objectContaining({ code: 'NW_CODE_ENTRY_UNKNOWN', message: expect.stringMatching(message) as string }),
    );
  });
});
