import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';
import { NetwrightError } from '#core';
import { type Database, overSqlite } from './database.ts';

/** Where the header says whether a write-ahead log belongs to the file (https://sqlite.org/fileformat2.html, section 1.3.3). */
const journalVersions = [18, 19] as const;
const withoutLog = 1;
/** Looks at a file that others write to, before it is given up. */
const looks = 5;

/**
 * The database in memory, as it stands on the disk, for those who may only read it: SQLite needs to write beside a
 * database with a write-ahead log even to read it. The index of the copy may be behind git and is brought up there;
 * all other writes are refused. It takes as much memory as the file is large.
 *
 * @param denied why the database itself could not be opened; what is refused later is refused with it
 * @throws `NW_WORKSPACE_NEWER`, `NW_FILE_DENIED` when it may not be read either, `NW_STORE_FAILED`.
 */
export async function openDatabaseCopy(path: string, denied: NetwrightError): Promise<Database> {
  const image = await imageOf(path, denied);
  const database = await overSqlite(path, image === undefined ? new Sqlite(':memory:') : new Sqlite(image));
  return {
    ...database,
    write: () => Promise.reject(denied),
  };
}

/** The pages of the database at one moment; undefined when there is no file. */
async function imageOf(path: string, denied: NetwrightError): Promise<Buffer | undefined> {
  for (let look = 0; look < looks; look += 1) {
    const image = existsSync(`${path}-wal`) ? imageInUse(path) : await imageAtRest(path, denied);
    if (image === 'busy') continue;
    for (const at of journalVersions) image?.fill(withoutLog, at, at + 1);
    return image;
  }
  throw new NetwrightError('NW_STORE_FAILED', `${path} may only be read, and others are writing to it`, {
    cause: denied,
    hint: 'try again in a moment',
  });
}

/** While somebody has it open, the files beside it are there and SQLite can read along. */
function imageInUse(path: string): Buffer | 'busy' {
  try {
    const sqlite = new Sqlite(path, { readonly: true, timeout: 20 });
    try {
      return sqlite.serialize();
    } finally {
      sqlite.close();
    }
  } catch {
    return 'busy'; // closed by the last one who had it open, in this very moment
  }
}

/** Without a log beside it the file is complete, if nobody began to write to it meanwhile. */
async function imageAtRest(path: string, denied: NetwrightError): Promise<Buffer | 'busy' | undefined> {
  try {
    const before = await stat(path);
    const image = await readFile(path);
    const after = await stat(path);
    const isSame = before.mtimeMs === after.mtimeMs && before.size === after.size && before.ino === after.ino;
    return isSame && !existsSync(`${path}-wal`) ? image : 'busy';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new NetwrightError(denied.code, denied.message, { cause: error });
  }
}
