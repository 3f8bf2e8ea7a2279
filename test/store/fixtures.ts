import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#core';
import { type ConfigurationStore, type Database, openConfigurationStore, openDatabase, type RunInfo } from '#store';

/** A folder of its own, gone afterwards. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'netwright-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A clock that stands still until it is told to go on. */
export function handClock(startMs: number): Clock & { set(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set(ms) {
      nowMs = ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, ms));
    },
  };
}

export interface OpenStore extends AsyncDisposable {
  readonly folder: string;
  readonly repository: string;
  readonly store: ConfigurationStore;
  readonly database: Database;
}

/** A store in a folder that the caller keeps. */
export async function openStore(folder: string, clock?: Clock): Promise<OpenStore> {
  const database = await openDatabase(join(folder, 'state.sqlite'));
  const repository = join(folder, 'configs');
  const store = await openConfigurationStore({ repository, database, ...(clock ? { clock } : {}) });
  return {
    ...{ folder, repository, store, database },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await database.close();
    },
  };
}

export const run = (id: string, more: Partial<RunInfo> = {}): RunInfo => ({
  ...{ id, startedAtMs: 0, author: 'Amr <amr@example.net>', reason: 'scheduled', commitPer: 'run' },
  ...more,
});

/** Stores texts by device, at `site/device` unless the name has a path, and commits. */
export async function commit(
  store: ConfigurationStore,
  id: string,
  texts: Readonly<Record<string, string>>,
  more: Partial<RunInfo> = {},
): Promise<string | undefined> {
  const writer = await store.startRun(run(id, more));
  for (const [device, text] of Object.entries(texts)) {
    await writer.write(device, `cairo/${device}`, Buffer.from(text), { device, durationMs: 1200 });
  }
  return await writer.commit();
}
