import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import type { Version } from './configuration-store.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { slices } from './slices.ts';

/** A commit as the index gets it, with the versions that it brought. */
export interface IndexedCommit {
  readonly sha: string;
  readonly atMs: number;
  readonly runId: string;
  readonly author: string;
  readonly reason: string;
  readonly versions: readonly IndexedVersion[];
}

export type IndexedVersion = Pick<
  Version,
  'device' | 'blob' | 'path' | 'sizeBytes' | 'linesAdded' | 'linesRemoved' | 'retired'
>;

/** Where a device stands now. */
export interface Place {
  readonly device: string;
  readonly path: string;
  readonly live: boolean;
}

/** Rows a statement: SQLite takes 32,766 values, and a slice has to stay well under 50 ms. */
const sliceRows = 500;

/** Device, commit and blob of every version, so that history never has to be walked. Rebuilt from git when lost. */
export class VersionIndex {
  readonly #database: Database;
  #latest: CompiledQuery<Row> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The last commit that the index knows. */
  async head(): Promise<string | undefined> {
    const row = await this.#database.queries
      .selectFrom('notes')
      .select('value')
      .where('name', '=', 'head')
      .executeTakeFirst();
    return row?.value;
  }

  /**
   * Takes commits in, oldest first, that follow on `after`. False, and nothing is done, when the index knows another
   * commit as its last: somebody else has been quicker.
   */
  async add(commits: readonly IndexedCommit[], after: string | undefined): Promise<boolean> {
    const last = commits.at(-1);
    if (last === undefined) return true;
    return await this.#database.writeIndex(async (transaction) => {
      const head = await transaction.selectFrom('notes').select('value').where('name', '=', 'head').executeTakeFirst();
      if (head?.value !== after) return false;
      for await (const slice of slices(commits, sliceRows)) {
        await transaction
          .insertInto('commits')
          .values(
            slice.map((one) => ({
              sha: one.sha,
              at_ms: one.atMs,
              run_id: one.runId,
              author: one.author,
              reason: one.reason,
            })),
          )
          .onConflict((conflict) => conflict.column('sha').doNothing())
          .execute();
      }
      const all = commits.flatMap((commit) => commit.versions.map((version) => ({ commit: commit.sha, version })));
      for await (const slice of slices(all, sliceRows)) await addVersions(transaction, slice);
      await setNote(transaction, 'head', last.sha);
      return true;
    });
  }

  /** Forgets everything, for an index that belongs to another history. */
  async clear(): Promise<void> {
    await this.#database.writeIndex(async (transaction) => {
      await transaction.deleteFrom('versions').execute();
      await transaction.deleteFrom('commits').execute();
      await transaction.deleteFrom('devices').execute();
      await transaction.deleteFrom('notes').where('name', '=', 'head').execute();
    });
  }

  async latest(device: string): Promise<Version | undefined> {
    // Asked for every device of a run: to put the query together takes longer than to answer it.
    this.#latest ??= this.#versionsOf('').orderBy('versions.id', 'desc').limit(1).compile();
    const parameters = this.#latest.parameters.map((parameter) => (parameter === '' ? device : parameter));
    const query: CompiledQuery<Row> = { ...this.#latest, parameters };
    const { rows } = await this.#database.queries.executeQuery(query);
    return rows[0] && versionOf(rows[0]);
  }

  async history(device: string, limit?: number): Promise<readonly Version[]> {
    let query = this.#versionsOf(device).orderBy('commits.at_ms', 'desc').orderBy('versions.id', 'desc');
    if (limit !== undefined) query = query.limit(limit);
    return (await query.execute()).map(versionOf);
  }

  async at(device: string, atMs: number): Promise<Version | undefined> {
    const row = await this.#versionsOf(device)
      .where('commits.at_ms', '<=', atMs)
      .orderBy('commits.at_ms', 'desc')
      .orderBy('versions.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && versionOf(row);
  }

  async byCommit(device: string, prefix: string): Promise<Version | undefined> {
    if (!/^[0-9a-f]{4,64}$/i.test(prefix)) return undefined;
    const row = await this.#versionsOf(device)
      .where('commits.sha', 'like', `${prefix.toLowerCase()}%`)
      .orderBy('versions.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && versionOf(row);
  }

  async devices(retired: boolean): Promise<readonly string[]> {
    const rows = await this.#database.queries
      .selectFrom('devices')
      .select('name')
      .where('live', '=', retired ? 0 : 1)
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  }

  /** How many devices are in service. */
  async liveCount(): Promise<number> {
    const { count } = await this.#database.queries
      .selectFrom('devices')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('live', '=', 1)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Where every device stands, in slices. */
  async *places(): AsyncGenerator<readonly Place[]> {
    for (let after = 0; ; ) {
      const rows = await this.#database.queries
        .selectFrom('devices')
        .select(['id', 'name', 'path', 'live'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(5_000)
        .execute();
      if (rows.length === 0) return;
      after = rows.at(-1)!.id;
      yield rows.map((row) => ({ device: row.name, path: row.path, live: row.live === 1 }));
    }
  }

  /** Device and blob of every current configuration, in the order of names, in slices. */
  async *current(): AsyncGenerator<readonly { readonly device: string; readonly blob: string }[]> {
    for (let after = ''; ; ) {
      const rows = await this.#database.queries
        .selectFrom('devices')
        .innerJoin('versions', (join) =>
          join.onRef('versions.id', '=', (expression) =>
            expression
              .selectFrom('versions as newest')
              .select(({ fn }) => fn.max('newest.id').as('id'))
              .whereRef('newest.device_id', '=', 'devices.id'),
          ),
        )
        .select(['devices.name as device', 'versions.blob as blob'])
        .where('devices.live', '=', 1)
        .where('devices.name', '>', after)
        .orderBy('devices.name')
        .limit(2_000)
        .execute();
      if (rows.length === 0) return;
      after = rows.at(-1)!.device;
      yield rows;
    }
  }

  #versionsOf(device: string) {
    return this.#database.queries
      .selectFrom('devices')
      .innerJoin('versions', 'versions.device_id', 'devices.id')
      .innerJoin('commits', 'commits.id', 'versions.commit_id')
      .select([
        'devices.name as device',
        'commits.sha as sha',
        'commits.at_ms as atMs',
        'commits.run_id as runId',
        'commits.author as author',
        'commits.reason as reason',
        'versions.blob as blob',
        'versions.path as path',
        'versions.size_bytes as sizeBytes',
        'versions.lines_added as linesAdded',
        'versions.lines_removed as linesRemoved',
        'versions.retired as retired',
      ])
      .where('devices.name', '=', device);
  }
}

type Row = Omit<Version, 'commit' | 'retired'> & { readonly sha: string; readonly retired: number };

const versionOf = ({ sha, retired, ...row }: Row): Version => ({ ...row, commit: sha, retired: retired === 1 });

async function addVersions(
  transaction: Transaction<Schema>,
  slice: readonly { readonly commit: string; readonly version: IndexedVersion }[],
): Promise<void> {
  // The last one of a device in this slice says where it stands now.
  const places = new Map(
    slice.map(({ version }) => [version.device, { path: version.path, live: version.retired ? 0 : 1 }]),
  );
  await transaction
    .insertInto('devices')
    .values([...places].map(([name, place]) => ({ name, ...place })))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((columns) => ({
        path: columns.ref('excluded.path'),
        live: columns.ref('excluded.live'),
      })),
    )
    .execute();
  const deviceRows = transaction.selectFrom('devices').select(['id', 'name as key']);
  const devices = idsByKey(await deviceRows.where('name', 'in', [...places.keys()]).execute());
  const commitRows = transaction.selectFrom('commits').select(['id', 'sha as key']);
  const commits = idsByKey(
    await commitRows.where('sha', 'in', [...new Set(slice.map(({ commit }) => commit))]).execute(),
  );
  await transaction
    .insertInto('versions')
    .values(
      slice.map(({ commit, version }) => ({
        device_id: devices.get(version.device)!,
        commit_id: commits.get(commit)!,
        blob: version.blob,
        path: version.path,
        size_bytes: version.sizeBytes,
        lines_added: version.linesAdded,
        lines_removed: version.linesRemoved,
        retired: version.retired ? 1 : 0,
      })),
    )
    .execute();
}

const idsByKey = (rows: readonly { readonly id: number; readonly key: string }[]): Map<string, number> =>
  new Map(rows.map(({ id, key }) => [key, id]));

/** Writes a note of the index about itself. */
async function setNote(database: Kysely<Schema>, name: string, value: string): Promise<void> {
  await database
    .insertInto('notes')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
