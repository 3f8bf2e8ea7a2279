import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { FilterFile, type KnownFilter } from './filter-file.ts';

/** Filters that wait to be written together. */
const writtenTogether = 200;
/** The thread of the search may wait for other writers; nobody waits for it meanwhile but those who search. */
const timeoutMs = 2_000;

/** The filters of the file, in the memory of the search thread, with those that the thread makes itself. */
export class KnownFilters {
  readonly #file: FilterFile;
  readonly #filters = new Map<string, Uint8Array>();
  readonly #unwritten: KnownFilter[] = [];
  /** Not all that is in memory is in the file. */
  #hasGaps = false;

  constructor(path: string) {
    this.#file = openOrForget(path);
    this.refresh();
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
    const filters = this.#unwritten.splice(0);
    try {
      this.#file.add(filters);
    } catch {
      // A full disk, say, is no reason to find nothing: this thread has them, another makes them anew.
      this.#hasGaps = true;
    }
  }

  /** Takes in what others have put into the file since. */
  refresh(): void {
    for (const [blob, filter] of this.#file.news()) this.#filters.set(blob, filter);
  }

  /** Forgets filters of texts that are current no more: each has to be read at the start. */
  prune(current: ReadonlySet<string>): void {
    this.flush();
    const gone = [...this.#filters.keys()].filter((blob) => !current.has(blob));
    this.#file.remove(gone);
    for (const blob of gone) this.#filters.delete(blob);
  }

  /** Notes that the texts of a commit all have their filter. */
  complete(commit: string): void {
    this.flush();
    if (!this.#hasGaps) this.#file.setCompleteAt(commit);
  }

  close(): void {
    this.flush();
    this.#file.close();
  }
}

/** Whoever may not write the file, or the folder for it, searches all the same and makes the filters anew each time. */
function openOrForget(path: string): FilterFile {
  try {
    return new FilterFile(existsSync(dirname(path)) ? path : ':memory:', timeoutMs);
  } catch (error) {
    const isDenied = error instanceof Sqlite.SqliteError && /^SQLITE_(?:CANTOPEN|READONLY)/.test(error.code);
    if (!isDenied) throw error;
    return new FilterFile(':memory:', timeoutMs);
  }
}
