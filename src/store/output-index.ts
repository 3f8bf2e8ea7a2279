import type { Database } from './database.ts';
import { slices } from './slices.ts';

/** An output, and the configuration that was made of it. */
export interface KnownOutput {
  readonly fingerprint: string;
  readonly blob: string;
}

const sliceRows = 500;

/** Fingerprints of the outputs that the newest versions came from. A row that is missing or old costs time, nothing else. */
export class OutputIndex {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(): Promise<Map<string, KnownOutput>> {
    const known = new Map<string, KnownOutput>();
    for (let after = ''; ; ) {
      const rows = await this.#database.queries
        .selectFrom('outputs')
        .selectAll()
        .where('device', '>', after)
        .orderBy('device')
        .limit(5_000)
        .execute();
      if (rows.length === 0) return known;
      after = rows.at(-1)!.device;
      for (const { device, fingerprint, blob } of rows) known.set(device, { fingerprint, blob });
    }
  }

  async remember(outputs: ReadonlyMap<string, KnownOutput>): Promise<void> {
    for await (const slice of slices([...outputs], sliceRows)) {
      await this.#database.write(async (transaction) => {
        await transaction
          .insertInto('outputs')
          .values(slice.map(([device, output]) => ({ device, ...output })))
          .onConflict((conflict) =>
            conflict.column('device').doUpdateSet((columns) => ({
              fingerprint: columns.ref('excluded.fingerprint'),
              blob: columns.ref('excluded.blob'),
            })),
          )
          .execute();
      });
    }
  }
}
