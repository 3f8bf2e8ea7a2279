import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCode } from '#codemap';
import { peer } from '../peers.ts';

const python = '/usr/bin/python3';
const isThere = !peer('netmiko').isMissing && existsSync(python);

/** What Python's own parser finds, in the folders that a reading looks into. */
function byAst(): { readonly root: string; readonly classes: number; readonly bases: number } {
  const script = join(import.meta.dirname, 'standard_library.py');
  return JSON.parse(execFileSync(python, ['-I', script], { encoding: 'utf8' })) as ReturnType<typeof byAst>;
}

describe.skipIf(!isThere)('the standard library of Python', () => {
  it('has as many classes and bases as its own parser finds, and no syntax errors', async () => {
    const { root, classes, bases } = byAst();
    const model = await readCode(root, { languages: ['python'] });
    expect(classes).toBeGreaterThan(1000);
    expect(model.classes).toHaveLength(classes);
    expect(model.edges.filter((one) => one.kind === 'inherits')).toHaveLength(bases);
    expect(model.warnings.filter((one) => one.kind === 'syntax')).toEqual([]);
  }, 120_000);
});
