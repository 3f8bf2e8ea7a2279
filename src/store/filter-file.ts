import Sqlite from 'better-sqlite3';

/** Filters that wait to be written together. */
const writtenTogether = 200;

/**
 * The filters of configurations by their blob, in a file of their own that may be deleted at any time: it is
 * a cache on the local disk, filled as configurations are searched. Used in the search thread alone, which is why
 * plain synchronous SQLite serves here.
 */
export class FilterFile {
  readonly #sqlite: Sqlite.Database;
  readonly #filters = new Map<string, Uint8Array>();
  #unwritten: (readonly [string, Uint8Array])[] = [];

  constructor(path: string) {
    this.#sqlite = new Sqlite(path, { timeout: 2_000 });
    this.#sqlite.pragma('journal_mode = WAL');
    this.#sqlite.pragma('synchronous = OFF');
    this.#sqlite.exec('CREATE TABLE IF NOT EXISTS filters (blob TEXT PRIMARY KEY, bits BLOB NOT NULL)');
    for (const row of this.#sqlite.prepare('SELECT blob, bits FROM filters').raw().iterate()) {
      const [blob, bits] = row as [string, Uint8Array];
      this.#filters.set(blob, bits);
    }
  }

  get(blob: string): Uint8Array | undefined {
    return this.#filters.get(blob);
  }

  set(blob: string, filter: Uint8Array): void {
    this.#filters.set(blob, filter);
    this.#unwritten.push([blob, filter]);
    if (this.#unwritten.length >= writtenTogether) this.flush();
  }

  flush(): void {
    const rows = this.#unwritten;
    this.#unwritten = [];
    const insert = this.#sqlite.prepare('INSERT OR REPLACE INTO filters (blob, bits) VALUES (?, ?)');
    this.#sqlite.transaction(() => {
      for (const row of rows) insert.run(...row);
    })();
  }

  /** Forgets filters of texts that are current no more, once they are the greater part. */
  prune(current: ReadonlySet<string>): void {
    if (this.#filters.size <= 2 * current.size + 100) return;
    this.flush();
    const remove = this.#sqlite.prepare('DELETE FROM filters WHERE blob = ?');
    this.#sqlite.transaction(() => {
      for (const blob of this.#filters.keys()) {
        if (current.has(blob)) continue;
        remove.run(blob);
        this.#filters.delete(blob);
      }
    })();
  }

  close(): void {
    this.flush();
    this.#sqlite.close();
  }
}
