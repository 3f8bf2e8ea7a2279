import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFloors } from '../../scripts/check-floors.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netwright-floors-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

describe('floors', () => {
  it('lets a room use a lower one through its door', () => {
    file('src/device/session.ts', "import { x } from '#core';\nimport './reader.ts';\n");
    expect(checkFloors(root)).toEqual([]);
  });
  it('refuses an import that climbs', () => {
    file('src/core/errors.ts', "\nimport type { Session } from '#device';\n");
    expect(checkFloors(root)).toEqual(['src/core/errors.ts:2: core (floor 0) may not import device (floor 2)']);
  });
  it('refuses to skip a door, in static, dynamic and re-exporting imports', () => {
    file(
      'src/device/a.ts',
      "import { x } from '../core/errors.ts';\nexport * from '../core/clock.ts';\nconst y = await import('../core/secret.ts');\n",
    );
    expect(checkFloors(root)).toHaveLength(3);
  });
  it('finds a circle between capabilities', () => {
    file('src/change/a.ts', "import { x } from '#facts';\n");
    file('src/facts/a.ts', "import { x } from '#change';\n");
    expect(checkFloors(root)).toEqual(expect.arrayContaining(['circle: facts -> change -> facts']));
  });
  it('refuses rooms that do not exist', () => {
    file('src/cli/a.ts', "import { x } from '#utils';\n");
    expect(checkFloors(root)[0]).toContain('"#utils" is no room');
  });
  it('holds for this repository', () => {
    expect(checkFloors(process.cwd())).toEqual([]);
  });
});
