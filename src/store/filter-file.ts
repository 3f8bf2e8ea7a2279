import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** Changes with what stands in a filter: files of another version begin anew. */
const formatVersion = 3;

/** A filter with the blob whose text it is of. */
export type KnownFilter = readonly [blob: string, filter: Uint8Array];

/**
 * The filters of configurations by their blob, in a file of their own that may be deleted at any time: a cache on the
 * local disk. Whoever stores configurations adds theirs, the search thread those that nobody did. Reads and writes
 * take a few milliseconds at most, which is why plain synchronous SQLite serves here.
 */
export class FilterFile {
  readonly #sqlite: Sqlite.Database;
  /** Rows up to this one have been told by {@link news}. */
  #told = 0;

  /** `timeoutMs`: how long this thread may stand still while another process writes. */
  constructor(path: string, timeoutMs: number) {
    try {
      this.#sqlite = openSqlite(path, timeoutMs);
    } catch (error) {
      if (!isDamage(error)) throw error;
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
      this.#sqlite = openSqlite(path, timeoutMs);
    }
  }

  add(filters: readonly KnownFilter[]): void {
    if (filters.length === 0) return;
    // An id is never given twice, or `news` would pass over it.
    const insert = this.#sqlite.prepare('INSERT OR IGNORE INTO filters (blob, bits) VALUES (?, ?)');
    this.#sqlite.transaction(() => {
      for (const row of filters) insert.run(...row);
    })();
  }

  /** Filters that came into the file, by whomever, since this was asked before. */
  *news(): Generator<KnownFilter> {
    const rows = this.#sqlite.prepare('SELECT id, blob, bits FROM filters WHERE id > ? ORDER BY id').raw();
    for (const row of rows.iterate(this.#told)) {
      // As the statement has its columns.
      const [id, blob, bits] = row as [number, string, Uint8Array];
      this.#told = id;
      yield [blob, bits];
    }
  }

  count(): number {
    return this.#sqlite.prepare('SELECT count(*) FROM filters').pluck().get() as number; // as its one column is
  }

  /** No commit is taken for complete then. */
  remove(blobs: Iterable<string>): void {
    const remove = this.#sqlite.prepare('DELETE FROM filters WHERE blob = ?');
    this.#sqlite.transaction(() => {
      for (const blob of blobs) remove.run(blob);
      this.#sqlite.exec("DELETE FROM notes WHERE name = 'complete'");
    })();
  }

  /** The last commit of which every current configuration is known to have its filter here. */
  completeAt(): string | undefined {
    const row = this.#sqlite.prepare("SELECT value FROM notes WHERE name = 'complete'").raw().get();
    return row === undefined ? undefined : (row as [string])[0]; // its one column
  }

  setCompleteAt(commit: string): void {
    this.#sqlite.prepare("INSERT OR REPLACE INTO notes (name, value) VALUES ('complete', ?)").run(commit);
  }

  close(): void {
    this.#sqlite.close();
  }
}

function openSqlite(path: string, timeoutMs: number): Sqlite.Database {
  const sqlite = new Sqlite(path, { timeout: timeoutMs });
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = OFF');
    if (sqlite.pragma('user_version', { simple: true }) !== formatVersion) begin(sqlite);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function begin(sqlite: Sqlite.Database): void {
  sqlite
    .transaction(() => {
      // Another thread has been quicker.
      if (sqlite.pragma('user_version', { simple: true }) === formatVersion) return;
      sqlite.exec(`
        DROP TABLE IF EXISTS filters;
        DROP TABLE IF EXISTS notes;
        CREATE TABLE filters (id INTEGER PRIMARY KEY AUTOINCREMENT, blob TEXT NOT NULL UNIQUE, bits BLOB NOT NULL);
        CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        PRAGMA user_version = ${formatVersion};
      `);
    })
    .immediate();
}

const isDamage = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
