import type { Database } from './database.ts';
import type { Memory } from './memory.ts';

/** A memory that knows when its writes have reached the disk. */
export interface StoredMemory extends Memory, AsyncDisposable {
  /** Resolves when everything that was learned is stored. @throws `NW_STORE_FULL`, `NW_STORE_FAILED`. */
  flush(): Promise<void>;
}

/**
 * Facts are few and asked for in the middle of logins: they are read once, answered from memory, and written behind
 * in one transaction for all that came meanwhile. What another process learns shows after the next opening.
 */
export async function openMemory(database: Database): Promise<StoredMemory> {
  const facts = new Map<string, Map<string, string>>();
  const kindOf = (kind: string): Map<string, string> => {
    const entries = facts.get(kind) ?? new Map<string, string>();
    facts.set(kind, entries);
    return entries;
  };
  for (const row of await database.queries.selectFrom('facts').selectAll().execute()) {
    kindOf(row.kind).set(row.key, row.value);
  }
  const pending = new Map<
    string,
    { readonly kind: string; readonly key: string; readonly value: string | undefined }
  >();
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown;

  const write = async (): Promise<void> => {
    const changes = [...pending.values()];
    pending.clear();
    if (changes.length === 0) return;
    await database.write(async (transaction) => {
      for (const { kind, key, value } of changes) {
        if (value === undefined) {
          await transaction.deleteFrom('facts').where('kind', '=', kind).where('key', '=', key).execute();
        } else {
          await transaction
            .insertInto('facts')
            .values({ kind, key, value })
            .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet({ value }))
            .execute();
        }
      }
    });
  };
  const change = (kind: string, key: string, value: string | undefined): void => {
    const first = pending.size === 0;
    pending.set(JSON.stringify([kind, key]), { kind, key, value });
    if (!first) return;
    writing = writing.then(write).catch((error: unknown) => {
      failure = error;
    });
  };
  const flush = async (): Promise<void> => {
    await writing;
    const error = failure;
    failure = undefined;
    if (error !== undefined) throw error;
  };

  return {
    get: (kind, key) => facts.get(kind)?.get(key),
    set(kind, key, value) {
      if (facts.get(kind)?.get(key) === value) return;
      kindOf(kind).set(key, value);
      change(kind, key, value);
    },
    delete(kind, key) {
      if (facts.get(kind)?.delete(key)) change(kind, key, undefined);
    },
    entries: (kind) => [...(facts.get(kind) ?? [])],
    flush,
    [Symbol.asyncDispose]: flush,
  };
}
