import { describe, expect, it } from 'vitest';
import type { CodeModel, EdgeKind } from '#codemap';
import { inheritance, modelOf } from '../code-folder.ts';

const edges = (model: CodeModel, kind: EdgeKind): string[] =>
  model.edges
    .filter((one) => one.kind === kind)
    .map(({ from, to, via }) => `${from} > ${to}${via === undefined ? '' : ` (${via})`}`)
    .sort();

const classOf = (model: CodeModel, name: string) => {
  const found = model.classes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no class ${name}`);
  return found;
};

describe('classes of TypeScript', () => {
  it('tells members with kind, visibility, type, parameters and line', async () => {
    const model = await modelOf({
      'session.ts': `
/** One conversation. It ends. */
export abstract class Session<T> {
  static readonly #count = 0;
  readonly host: string = 'r1';
  protected port?: number;
  [key: string]: unknown;
  constructor(private readonly dialer: Dialer, retries = 3) { this.retries = retries; }
  get isOpen(): boolean { return true; }
  set isOpen(value: boolean) {}
  /** Sends a command. */
  async send(command: string, { timeoutMs = 10 } = {}): Promise<T> { return this.host as T; }
  abstract close(): void;
  #reset() {}
  [Symbol.iterator]() {}
}
interface Dialer {}
`,
    });
    const session = classOf(model, 'Session');
    expect(session).toMatchObject({ isAbstract: true, summary: 'One conversation.', at: { line: 3 }, endLine: 16 });
    const told = session.members.map(
      ({ name, kind, visibility, isStatic, isAsync, isAbstract, isInBody, at, type, parameters }) =>
        [
          `${at.line} ${visibility} ${kind} ${name}`,
          [isStatic && 'static', isAsync && 'async', isAbstract && 'abstract', !isInBody && 'set only']
            .filter((flag) => flag)
            .join(' '),
          type ?? '',
          parameters ?? '',
        ].join(' | '),
    );
    expect(told).toEqual([
      '4 private attribute #count | static | number | ',
      '5 public attribute host |  | string | ',
      '6 protected attribute port |  | number | ',
      '8 public constructor constructor |  |  | private readonly dialer: Dialer, retries = 3',
      '8 private attribute dialer |  | Dialer | ',
      '9 public property isOpen |  | boolean | ',
      '12 public method send | async | Promise<T> | command: string, { timeoutMs = 10 } = {}',
      '13 public method close | abstract | void | ',
      '14 private method #reset |  |  | ',
      '15 public method [Symbol.iterator] |  |  | ',
      '8 public attribute retries | set only |  | ',
    ]);
    expect(session.members.find(({ name }) => name === 'send')?.summary).toBe('Sends a command.');
    expect(session.dynamics).toMatchObject([{ kind: 'index signature', at: { line: 7 } }]);
    expect(session.writes.map(({ name, method, value }) => `${method}: ${name} = ${value}`)).toEqual([
      ': #count = 0',
      ": host = 'r1'",
      'constructor: retries = retries',
    ]);
    expect(session.reads.map(({ name, method }) => `${method}: ${name}`)).toEqual(['send: host']);
  });

  it('follows bases through imports, re-exports, stars, namespaces and package maps', async () => {
    const model = await modelOf({
      'package.json':
        '{"name":"acme","imports":{"#core":"./src/core/index.ts","#lib/*":{"source":"./src/lib/*.ts","default":"./dist/*.js"}}}',
      'tsconfig.json': '{ // comments are allowed\n "compilerOptions": { "paths": { "@app/*": ["./src/app/*"], } } }',
      'src/core/base.ts':
        'export class Base {}\nexport default class Main {}\nclass Hidden {}\nexport { Hidden as Shown };',
      'src/core/index.ts':
        "export * from './base.js';\nexport { default as Principal } from './base.ts';\nexport * as all from './base';",
      'src/lib/tool.ts': 'export class Tool {}',
      'src/app/page.tsx': 'export class Page { render() { return <b>hi</b>; } }',
      'src/use.ts': [
        "import { Base as Renamed, Shown, all, Principal } from '#core';",
        "import Main from './core/base.ts';",
        "import * as core from './core';",
        "import { Tool } from '#lib/tool';",
        "import { Page } from '@app/page';",
        "import { EventEmitter } from 'node:events';",
        "import { Gone } from './nowhere.ts';",
        'class A extends Renamed {}',
        'class B extends Main {}',
        'class C extends core.Shown {}',
        'class D extends all.Base {}',
        'class E extends Tool {}',
        'class F extends Page {}',
        'class G extends EventEmitter {}',
        'class H extends Error {}',
        'class I extends Principal {}',
        'class J extends Gone {}',
      ].join('\n'),
    });
    expect(inheritance(model).sort()).toEqual([
      'src/use.ts#A > src/core/base.ts#Base',
      'src/use.ts#B > src/core/base.ts#Main',
      'src/use.ts#C > src/core/base.ts#Hidden',
      'src/use.ts#D > src/core/base.ts#Base',
      'src/use.ts#E > src/lib/tool.ts#Tool',
      'src/use.ts#F > src/app/page.tsx#Page',
      'src/use.ts#G > outside:node:events.EventEmitter',
      'src/use.ts#H > outside:Error',
      'src/use.ts#I > src/core/base.ts#Main',
      'src/use.ts#J > outside:Gone',
    ]);
    expect(model.warnings.filter(({ kind }) => kind === 'unresolved').map(({ at }) => at)).toContainEqual({
      file: 'src/use.ts',
      line: 7,
    });
  });

  it('knows interfaces, object types, enums, mixins and what refines another type', async () => {
    const model = await modelOf({
      'types.ts': [
        'export interface Channel<T> extends Closable, Pick<Opener, "open"> { read(): T; (x: number): void; new (x: string): Channel<T>; readonly id?: string }',
        'interface Closable {}',
        'interface Opener { open(): void }',
        'type Both = Closable & { extra: Opener };',
        "export enum Color { Red = 'red', Green = 'green' }",
        'function Timed(base) { return class extends base {}; }',
        'class Plain {}',
        'class Clock extends Timed(Plain) implements Channel<number>, Closable {}',
        'namespace Inner { export class Deep {} }',
        'class Over extends Inner.Deep { make() { class Local extends Over {} return Local; } }',
      ].join('\n'),
    });
    expect(model.classes.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
      'class Clock',
      'class Inner.Deep',
      'class Over',
      'class Over.Local',
      'class Plain',
      'class Timed.anonymous',
      'enum Color',
      'interface Channel',
      'interface Closable',
      'interface Opener',
      'type Both',
    ]);
    expect(inheritance(model).sort()).toEqual([
      'runtime:types.ts#Timed(Plain) > types.ts#Plain',
      'types.ts#Both > types.ts#Closable',
      'types.ts#Channel > types.ts#Closable',
      'types.ts#Channel > types.ts#Opener',
      'types.ts#Clock > runtime:types.ts#Timed(Plain)',
      'types.ts#Over > types.ts#Inner.Deep',
      'types.ts#Over.Local > types.ts#Over',
      'types.ts#Timed.anonymous > outside:base',
    ]);
    expect(edges(model, 'implements')).toEqual([
      'types.ts#Clock > types.ts#Channel',
      'types.ts#Clock > types.ts#Closable',
    ]);
    expect(model.runtimeClasses).toMatchObject([{ kind: 'mixin call', madeAt: { file: 'types.ts', line: 8 } }]);
    expect(edges(model, 'makes')).toEqual(['types.ts#Timed > runtime:types.ts#Timed(Plain)']);
    expect(classOf(model, 'Channel').members.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'method read',
      'method ()',
      'method new',
      'attribute id',
    ]);
  });

  it('tells what a class makes from what it is given', async () => {
    const model = await modelOf({
      'a.ts': [
        'class Log {} class Dialer {} class Queue<T> {} class Job {} class Late {} class Spare {}',
        'export class Runner {',
        '  readonly #log = new Log();',
        '  #jobs: Map<string, Job> = new Map();',
        '  queue;',
        '  constructor(private readonly dialer: Dialer, log: Log) {',
        '    this.queue = spare ?? new Queue<Job>();',
        '    this.given = log;',
        '    setTimeout(() => new Late());',
        '    const spared = (): Spare => new Spare();',
        '  }',
        '}',
      ].join('\n'),
    });
    expect(edges(model, 'composes')).toEqual(['a.ts#Runner > a.ts#Log (#log)', 'a.ts#Runner > a.ts#Queue (queue)']);
    expect(edges(model, 'aggregates')).toEqual([
      'a.ts#Runner > a.ts#Dialer (dialer)',
      'a.ts#Runner > a.ts#Job (#jobs)',
      'a.ts#Runner > a.ts#Job (queue)',
      'a.ts#Runner > a.ts#Log (given)',
    ]);
    const made = model.edges.find(({ kind, via }) => kind === 'composes' && via === 'queue');
    expect(made?.at).toEqual({ file: 'a.ts', line: 7 });
  });

  it('finds tables from keys to classes and the functions that look them up', async () => {
    const model = await modelOf({
      'drivers.ts': 'export class Ios {}\nexport class Junos {}',
      'factory.ts': [
        "import { Ios, Junos } from './drivers.ts';",
        'export const drivers = { cisco_ios: Ios, juniper: () => new Junos(), other: 3 } as const;',
        "const byName = new Map([['ios', Ios]]);",
        'export function connect(type: keyof typeof drivers) {',
        '  if (!(type in drivers)) throw new Error(type);',
        '  return new drivers[type]();',
        '}',
        'export const direct = () => new Ios();',
      ].join('\n'),
    });
    expect(
      model.factories.map(
        ({ name, entries }) =>
          `${name}: ${entries.map(({ key, target, at }) => `${key}=${target}@${at.line}`).join(' ')}`,
      ),
    ).toEqual(['byName: ios=drivers.ts#Ios@3', 'drivers: cisco_ios=drivers.ts#Ios@2 juniper=drivers.ts#Junos@2']);
    const connect = model.functions.find(({ name }) => name === 'connect');
    expect(
      connect?.steps.map(({ kind, target, key, at }) => `${at.line} ${kind} ${target ?? '?'} ${key ?? ''}`),
    ).toEqual(['5 checks factory.ts#drivers type', '6 makes ? ', '6 looks-up factory.ts#drivers type']);
    expect(edges(model, 'makes')).toContain('factory.ts#direct > drivers.ts#Ios');
  });
});
