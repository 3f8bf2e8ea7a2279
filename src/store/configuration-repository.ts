import { dirname, join } from 'node:path';
import { type Clock, decodeText, NetwrightError, type Redactor, systemClock } from '#core';
import { blameLines } from './blame.ts';
import type { ConfigurationStore, RunInfo, RunWriter, Version } from './configuration-store.ts';
import { consolidate } from './consolidate.ts';
import type { Database } from './database.ts';
import { FilterWriter } from './filter-writer.ts';
import { importHistory } from './import-history.ts';
import { lockWorkspace } from './lock.ts';
import { ObjectReader } from './object-reader.ts';
import { OutputIndex } from './output-index.ts';
import { PathPlan } from './path-plan.ts';
import { push } from './push.ts';
import { reconcile } from './reconcile.ts';
import { openRepository, tidy } from './repository.ts';
import { runTable } from './run-table.ts';
import { GitRunWriter } from './run-writer.ts';
import { CurrentSearch } from './search.ts';
import { unifiedDiff } from './unified-diff.ts';
import { type IndexedCommit, VersionIndex } from './version-index.ts';

export interface ConfigurationStoreOptions {
  /** Folder of the bare repository; made when missing. */
  readonly repository: string;
  /** Holds the index and the records of runs. Stays open when the store is closed. */
  readonly database: Database;
  readonly clock?: Clock;
  /** Hides credentials in what git says of a push. */
  readonly redactor?: Redactor;
  /** Default 120,000. */
  readonly pushTimeoutMs?: number;
  /** Cache of the search; default `search.sqlite` beside the database. */
  readonly searchFile?: string;
}

/**
 * Opens the store, making the repository when there is none, and brings the index up to it.
 * @throws `NW_GIT_MISSING`, `NW_STORE_FAILED`, `NW_STORE_FULL`.
 */
export async function openConfigurationStore(options: ConfigurationStoreOptions): Promise<ConfigurationStore> {
  const { database } = options;
  const clock = options.clock ?? systemClock;
  const repository = await openRepository(options.repository);
  const index = new VersionIndex(database);
  await reconcile(repository, index);
  const outputs = new OutputIndex(database);
  const objects = new ObjectReader(repository.path);
  const searchFile = options.searchFile ?? join(dirname(database.path), 'search.sqlite');
  const filters = new FilterWriter(searchFile);
  const search = new CurrentSearch({ repository: repository.path, filters: searchFile }, index);

  const read = async (version: Version): Promise<Buffer> => (await objects.read(version.blob)).content;
  const text = async (version: Version): Promise<string> => decodeText(await read(version));
  const writerLock = (what: string, wait: boolean) =>
    lockWorkspace(join(repository.path, 'netwright.lock'), { what, wait, clock });

  /** Where filters are lost, or the history came from elsewhere, no search should have to wait for them. */
  const prepareSearch = async (signal?: AbortSignal): Promise<void> => {
    const head = await index.head();
    if (head === undefined || filters.isTidyAt(head, await index.liveCount())) return;
    await search.prepare(signal);
  };

  const startRun = async (run: RunInfo): Promise<RunWriter> => {
    const lock = await writerLock(`run ${run.id}`, false);
    try {
      await tidy(repository);
      const head = await reconcile(repository, index);
      const paths = new PathPlan();
      // Of devices that were never stored, which are all of them in a first run, nothing need be looked up.
      const known = new Set<string>();
      for await (const places of index.places()) {
        for (const place of places) {
          paths.place(place);
          known.add(place.device);
        }
      }
      return new GitRunWriter(run, {
        repository,
        head,
        paths,
        latest: async (device) => (known.has(device) ? await index.latest(device) : undefined),
        read,
        outputs: await outputs.all(),
        remember: (known) => outputs.remember(known),
        learn: (blob, content) => filters.learn(blob, content),
        nowMs: () => clock.now(),
        stored: async (commits: readonly IndexedCommit[]) => {
          // Somebody who opened the store since the branch moved has read the commits from git already.
          if (!(await index.add(commits, head))) await reconcile(repository, index);
          const last = commits.at(-1);
          if (last !== undefined) filters.committed(last.sha, head);
        },
        released: () => lock.release(),
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  };

  return {
    startRun,
    latest: (device) => index.latest(device),
    history: (device, { limit } = {}) => index.history(device, limit),
    at: (device, atMs) => index.at(device, atMs),
    byCommit: (device, commit) => index.byCommit(device, commit),
    devices: (filter) => index.devices(filter?.retired ?? false),
    read,
    async diff(older, newer, { context } = {}) {
      const name = (version: Version): string => `${version.path}@${version.commit.slice(0, 10)}`;
      return await unifiedDiff(
        older === undefined ? { name: '/dev/null', text: '' } : { name: name(older), text: await text(older) },
        { name: name(newer), text: await text(newer) },
        context,
      );
    },
    async blame(version) {
      const versions = await index.history(version.device);
      const from = versions.findIndex(({ commit }) => commit === version.commit);
      if (from === -1) {
        throw new NetwrightError('NW_VERSION_NOT_FOUND', `${version.device} has no version ${version.commit}`);
      }
      return await blameLines(versions.slice(from), text);
    },
    search: (pattern, limits) => search.search(pattern, limits),
    async importHistory(commits, signal) {
      await using _lock = await writerLock('import', false);
      await tidy(repository);
      const head = await reconcile(repository, index);
      const stored = async (imported: readonly IndexedCommit[]): Promise<void> => {
        if (!(await index.add(imported, head))) await reconcile(repository, index);
      };
      const result = await importHistory(commits, { repository, head, index, stored }, signal);
      // The history is in; filters that are not are made by the next maintenance or search.
      await prepareSearch(signal).catch(() => undefined);
      return result;
    },
    async maintain(signal) {
      await using _lock = await writerLock('maintenance', true);
      await consolidate(repository, signal);
      await prepareSearch(signal);
    },
    push: (remote, signal) =>
      push(repository, { remote, timeoutMs: options.pushTimeoutMs ?? 120_000, signal, redactor: options.redactor }),
    runs: runTable(database),
    async [Symbol.asyncDispose]() {
      filters.close();
      await search.close();
      await objects.close();
    },
  };
}
