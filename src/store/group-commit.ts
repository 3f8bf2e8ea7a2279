import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Write<T> = (transaction: Transaction<Schema>) => Promise<T>;

interface Waiting {
  readonly write: Write<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that a transaction takes along, at most: SQLite answers at once, so nobody else gets a turn until it is done,
 * and no other process gets at the database.
 */
const mostTogether = 25;

/**
 * Small writes of many devices that come together share a transaction, and with it the wait for the disk. Each caller
 * learns of its own when it is stored; one that fails does not take the others with it.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(database: Database) {
    this.#database = database;
  }

  write<T>(write: Write<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({ write, resolve, reject });
    if (!this.#isWriting) {
      this.#isWriting = true;
      setImmediate(() => void this.#writeAll());
    }
    return promise;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostTogether);
      if (!(await this.#together(batch)) && batch.length > 1) for (const one of batch) await this.#together([one]);
      await nextTurn();
    }
    this.#isWriting = false;
  }

  /** False when it failed and each is to be tried alone. */
  async #together(batch: readonly Waiting[]): Promise<boolean> {
    const results: unknown[] = [];
    try {
      await this.#database.write(async (transaction) => {
        results.length = 0;
        for (const { write } of batch) results.push(await write(transaction));
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      return false;
    }
    for (const [at, { resolve }] of batch.entries()) resolve(results[at] as never);
    return true;
  }
}
