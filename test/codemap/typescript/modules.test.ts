import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CodeModel, readCode } from '#codemap';
import { CodeFolder, inheritance, modelOf } from '../code-folder.ts';

const imports = (model: CodeModel): string[] =>
  model.edges
    .filter(({ kind }) => kind === 'imports')
    .map(({ from, to, isDeferred, at }) => `${from}:${at.line} > ${to}${isDeferred ? ' later' : ''}`)
    .sort();

describe('modules of TypeScript and JavaScript', () => {
  it('tells imports that load from imports for types and imports inside functions', async () => {
    const model = await modelOf({
      'a.ts':
        "import { b } from './b.ts';\nimport type { C } from './c';\nexport * from './d';\nconst e = () => import('./e.mjs');\nimport './side.js';\nimport { type T } from './c';",
      'b.ts': 'export const b = 1;',
      'c.ts': 'export interface C {}\nexport type T = { x: C };',
      'd/index.ts': "export type { C } from '../c.ts';",
      'e.mts': '',
      'side.ts': '',
    });
    expect(imports(model)).toEqual([
      'a.ts:1 > b.ts',
      'a.ts:2 > c.ts later',
      'a.ts:3 > d/index.ts',
      'a.ts:4 > e.mts later',
      'a.ts:5 > side.ts',
      'a.ts:6 > c.ts later',
      'd/index.ts:1 > c.ts later',
    ]);
  });

  it('reads CommonJS', async () => {
    const model = await modelOf({
      'lib/client.js':
        "'use strict';\nconst { Base, other } = require('./base');\nconst tools = require('./tools.js');\nclass Client extends Base {}\nclass Tool extends tools.Tool {}\nmodule.exports = Client;",
      'lib/base.js':
        'class Base { constructor() { this._x = 1; this.y = 2; } }\nmodule.exports = { Base, make: () => new Base() };\nif (global.never) return;',
      'lib/tools.js': 'exports.Tool = class Tool {};',
      'index.js': "module.exports = { Client: require('./lib/client'), Base: require('./lib/base').Base };",
      'use.js':
        "const { Client, Base } = require('.');\nconst Direct = require('./lib/client.js');\nclass A extends Client {}\nclass B extends Base {}\nclass C extends Direct {}",
    });
    expect(inheritance(model).sort()).toEqual([
      'lib/client.js#Client > lib/base.js#Base',
      'lib/client.js#Tool > lib/tools.js#Tool',
      'use.js#A > lib/client.js#Client',
      'use.js#B > lib/base.js#Base',
      'use.js#C > lib/client.js#Client',
    ]);
    const base = model.classes.find(({ name }) => name === 'Base');
    expect(base?.members.map(({ name, visibility, isInBody }) => [name, visibility, isInBody])).toEqual([
      ['constructor', 'public', true],
      ['_x', 'protected', false],
      ['y', 'public', false],
    ]);
    expect(model.warnings).toEqual([]);
  });

  it('joins published code with its declarations', async () => {
    const model = await modelOf({
      'client.js':
        "import { Base } from './base.js';\nexport class Client extends Base {\n  #socket = new Socket();\n  send(text) {}\n}\nclass Socket {}",
      'client.d.ts':
        "import { Base } from './base.js';\nimport type { Sender } from './types.js';\nexport interface Options { retries?: number }\nexport declare class Client extends Base implements Sender {\n  send(text: string): Promise<void>;\n}",
      'base.js': 'export class Base {}',
      'base.d.ts': 'export declare class Base {}',
      'types.d.ts': 'export interface Sender { send(text: string): Promise<void> }',
    });
    expect(model.modules.map(({ id }) => id)).toEqual(['base.js', 'client.js', 'types.d.ts']);
    expect(model.classes.map(({ id, at }) => `${id} at ${at.file}:${at.line}`).sort()).toEqual([
      'base.js#Base at base.js:1',
      'client.js#Client at client.js:2',
      'client.js#Options at client.d.ts:3',
      'client.js#Socket at client.js:6',
      'types.d.ts#Sender at types.d.ts:1',
    ]);
    const client = model.classes.find(({ name }) => name === 'Client');
    expect(client?.bases.map(({ target, at }) => `${target} ${at.file}`)).toEqual([
      'base.js#Base client.js',
      'types.d.ts#Sender client.d.ts',
    ]);
    expect(client?.members.find(({ name }) => name === 'send')).toMatchObject({
      type: 'Promise<void>',
      parameters: 'text: string',
    });
    expect(model.edges.filter(({ kind }) => kind === 'composes')).toMatchObject([
      { via: '#socket', to: 'client.js#Socket' },
    ]);
  });

  it('finds packages of the same tree by their names', async () => {
    const model = await modelOf({
      'packages/core/package.json':
        '{"name":"@acme/core","exports":{".":{"types":"./dist/index.d.ts","source":"./src/index.ts"},"./deep":"./src/deep.ts"}}',
      'packages/core/src/index.ts': 'export class Core {}',
      'packages/core/src/deep.ts': 'export class Deep {}',
      'packages/app/main.ts':
        "import { Core } from '@acme/core';\nimport { Deep } from '@acme/core/deep';\nclass A extends Core {}\nclass B extends Deep {}",
    });
    expect(inheritance(model).sort()).toEqual([
      'packages/app/main.ts#A > packages/core/src/index.ts#Core',
      'packages/app/main.ts#B > packages/core/src/deep.ts#Deep',
    ]);
  });

  it('reads a part of a package, whose map leads out of it or nowhere', async () => {
    using folder = new CodeFolder({
      'package.json': JSON.stringify({
        name: 'whole',
        imports: { '#core': { source: './src/core/index.ts', default: './dist/core/index.js' }, '#gone': null },
      }),
      'src/core/index.ts': 'export const core = 1;',
      'src/part/a.ts': "import { core } from '#core';\nimport '#gone';\nimport './b.ts';",
      'src/part/b.ts': '',
    });
    expect(imports(await readCode(join(folder.path, 'src/part')))).toEqual(['a.ts:3 > b.ts']);
    expect(imports(await readCode(folder.path))).toEqual([
      'src/part/a.ts:1 > src/core/index.ts',
      'src/part/a.ts:3 > src/part/b.ts',
    ]);
  });

  it('warns of a file that it cannot read, with the place, and reads the others', async () => {
    const model = await modelOf({
      'broken.ts': 'class Fine {}\nclass A { x( }\n',
      'latin.ts': Buffer.from('class Caf\xe9 {}', 'latin1'),
      'wide.ts': Buffer.from('\ufeffclass Wide {}', 'utf16le'),
      'good.ts': 'class Good {}',
      'circle.ts': 'class A extends B {}\nclass B extends A {}',
      'deep.ts': `const x = ${'['.repeat(300)}${']'.repeat(300)};\nclass Deep {}`,
      'endless.js': `const sum = 1${' + 1'.repeat(40_000)};\nclass Endless {}`,
    });
    expect(model.classes.map(({ name }) => name).sort()).toEqual(['A', 'B', 'Café', 'Deep', 'Good', 'Wide']);
    const told = model.warnings.map(({ kind, at, message }) => `${kind} ${at.file}:${at.line} ${message}`);
    expect(told).toContainEqual(expect.stringMatching(/^syntax broken\.ts:2 cannot be read as TypeScript: /));
    expect(told).toContainEqual('encoding latin.ts:1 expected UTF-8, read as Latin-1');
    expect(told).toContainEqual('skipped endless.js:1 nested too deeply to be read: skipped');
    expect(told).toContainEqual('encoding wide.ts:1 expected UTF-8, read as UTF-16');
  });
});
