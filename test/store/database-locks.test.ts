import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#store';
import { temporaryFolder } from './fixtures.ts';

const here = '/proc/locks';

/** How many locks this process has on a file, as Linux knows it. */
function locksOn(path: string): number {
  const { ino } = statSync(path);
  const own = new RegExp(` POSIX .* ${process.pid} \\S+:${ino} `);
  return readFileSync(here, 'utf8')
    .split('\n')
    .filter((line) => own.test(line)).length;
}

/**
 * Without them, a tool with an older SQLite (Python's, before 3.51) that closes the database takes the write-ahead log
 * away under us: what we write after that is nowhere, or the file is damaged.
 */
test.skipIf(process.platform !== 'linux')('opening a database again does not drop the locks on it', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  await using first = await openDatabase(path);
  expect(locksOn(path)).toBe(1);
  {
    await using second = await openDatabase(path, { isDurable: true });
    await second.write(async (write) => {
      await write.insertInto('facts').values({ kind: 'k', key: '1', value: '1' }).execute();
    });
    expect(locksOn(path)).toBe(1);
  }
  expect(locksOn(path)).toBe(1);
  expect(await first.queries.selectFrom('facts').select('key').execute()).toEqual([{ key: '1' }]);
});
