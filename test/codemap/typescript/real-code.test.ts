import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeModel, readCode } from '#codemap';
import { readTypescriptFile } from '../../../src/codemap/typescript/read-file.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Counted without a parser: in this code a declaration begins a line. */
function declared(folder: string, pattern: string, line: RegExp): string[] {
  return globSync(pattern, { cwd: folder }).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((text) => line.exec(text)?.[1] ?? []),
  );
}

const named = (model: CodeModel, kind: string): string[] =>
  model.classes.filter((one) => one.kind === kind && one.definedIn === undefined).map(({ name }) => name);

describe('real code', () => {
  it('finds every class and interface of kysely, and all its heritage', async () => {
    const folder = join(root, 'node_modules/kysely/dist');
    const model = await readCode(folder);
    const interfaces = declared(folder, '**/*.d.ts', /^ *(?:export )?(?:declare )?interface (\w+)/);
    expect(named(model, 'interface').sort()).toEqual(interfaces.sort());
    const classes = declared(folder, '**/*.{js,d.ts}', /^ *(?:export )?(?:declare )?(?:abstract )?class (\w+)/);
    expect(new Set(named(model, 'class'))).toEqual(new Set(classes));
    expect(classes.length).toBeGreaterThan(140);
    expect(model.outside.map(({ name }) => name).sort()).toEqual(['Error', 'tarn.Pool']);
    expect(model.warnings).toEqual([]);
    expect(model.edges).toContainEqual(
      expect.objectContaining({
        kind: 'implements',
        from: 'dialect/sqlite/sqlite-driver.js#SqliteDriver',
        to: 'driver/driver.js#Driver',
      }),
    );
  });

  it('reads commander, which is CommonJS', async () => {
    const model = await readCode(join(root, 'node_modules/commander'));
    expect(model.edges).toContainEqual(
      expect.objectContaining({
        kind: 'inherits',
        from: 'lib/command.js#Command',
        to: 'outside:node:events.EventEmitter',
      }),
    );
    expect(model.warnings.filter(({ kind }) => kind === 'syntax')).toEqual([]);
  });

  it('finds every class of our own tree, with nothing left unresolved', async () => {
    const folder = join(root, 'src');
    const model = await readCode(folder);
    const classes = declared(folder, '**/*.ts', /^(?:export )?(?:abstract )?class (\w+)/);
    expect(new Set(named(model, 'class'))).toEqual(new Set(classes));
    expect(model.warnings.filter(({ kind }) => kind === 'unresolved' || kind === 'syntax')).toEqual([]);
    expect(model.edges).toContainEqual(
      expect.objectContaining({ kind: 'imports', from: 'backup/backup.ts', to: 'core/index.ts' }),
    );
  });

  it('never throws, whatever a file holds', () => {
    const files = globSync('src/{device,transport,codemap}/**/*.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file)),
    );
    const file = fc.constantFrom(...files);
    const cut = fc
      .tuple(file, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([bytes, share]) => bytes.subarray(0, Math.floor(bytes.length * share)));
    const noisy = fc.tuple(file, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 })).map(([bytes, flips]) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, value] of flips) copy[at % copy.length] = value;
      return copy;
    });
    const any = fc.oneof(
      cut,
      noisy,
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    const path = fc.constantFrom('a.ts', 'b.tsx', 'c.js', 'd.cjs', 'e.d.ts');
    fc.assert(
      fc.property(any, path, (bytes, name) => {
        const facts = readTypescriptFile({ path: name, bytes });
        // What the cache keeps and threads hand over is JSON.
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
        for (const { line } of facts.classes) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    '[|]',
    '(|)',
    '{|}',
    '!|',
    'a=>|',
    'a?b:|',
    'f(|)',
    'x=|',
    'a**|',
    'function f(){|}',
    '`\u0024{|}`',
    'class A extends |',
    'if(1);else |',
    '1+|',
    'a.|',
    'a&&|',
  ])('does not fall over %s, nested thousands of times', (pattern) => {
    const [open = '', close = ''] = pattern.split('|');
    for (const depth of [100, 60_000]) {
      const text = `class Before {}\n${/^[{fic]/.test(open) ? '' : 'x='}${open.repeat(depth)}1${close.repeat(depth)}\n`;
      const { classes, warnings } = readTypescriptFile({ path: 'a.js', bytes: Buffer.from(text) });
      expect(classes.length + warnings.length).toBeGreaterThan(0);
      if (depth === 100) expect(warnings.filter(({ kind }) => kind === 'skipped')).toEqual([]);
    }
  });
});
