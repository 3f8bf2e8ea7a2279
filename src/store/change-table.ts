import type { Transaction } from 'kysely';
import { type Clock, NetwrightError, systemClock } from '#core';
import { AuditChain } from './audit-chain.ts';
import type { AuditEntry, ChangeRecords, ChangeText } from './change-records.ts';
import { addTexts, changeOf, deviceOf, deviceRows, plannedRow, rowOf } from './change-rows.ts';
import { type Database, openDatabase } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import type { Schema } from './schema.ts';
import { slices } from './slices.ts';

export interface ChangeRecordsOptions {
  /** The state database of the workspace. */
  readonly path: string;
  /** Key of the audit; asked for once. */
  readonly auditKey: () => Promise<Uint8Array>;
  readonly clock?: Clock;
}

/** Opens the changes of a workspace on a connection of their own, whose writes reach the disk at once. */
export async function openChangeRecords(options: ChangeRecordsOptions): Promise<ChangeRecords> {
  const database = await openDatabase(options.path, { isDurable: true });
  let key: Promise<Uint8Array> | undefined;
  const auditKey = (): Promise<Uint8Array> => {
    key ??= options.auditKey();
    return key;
  };
  return changeTable(database, new AuditChain(database, auditKey), options.clock ?? systemClock);
}

const plannedTogether = 100;

function changeTable(database: Database, audit: AuditChain, clock: Clock): ChangeRecords {
  const { queries } = database;
  const group = new GroupCommit(database);

  /** A write with its line in the audit: both or none. */
  const recorded = async <T>(
    entry: AuditEntry | undefined,
    write: (of: Transaction<Schema>) => Promise<T>,
  ): Promise<T> => {
    const key = entry === undefined ? undefined : await audit.key();
    return await group.write(async (transaction) => {
      const result = await write(transaction);
      if (entry && key && result !== false) await audit.append(transaction, key, entry, clock.now());
      return result;
    });
  };

  return {
    async add(change) {
      await group.write(async (transaction) => {
        await transaction
          .insertInto('changes')
          .values({
            id: change.id,
            hash: change.hash,
            created_at_ms: change.createdAtMs,
            author: change.author,
            comment: change.comment ?? null,
            intent: change.intent,
            selection: change.selection ?? null,
            started_at_ms: null,
            options: null,
          })
          .execute();
      });
    },

    async addDevices(id, devices) {
      for await (const some of slices(devices, plannedTogether)) {
        await group.write(async (transaction) => {
          await addTexts(transaction, some);
          const rows = some.map((device) => plannedRow(id, device, clock.now()));
          await transaction.insertInto('change_devices').values(rows).execute();
        });
      }
    },

    async finish(id, hash, entry) {
      await recorded(entry, async (transaction) => {
        await transaction.updateTable('changes').set({ hash }).where('id', '=', id).execute();
      });
    },

    async prune(beforeMs) {
      await group.write(async (transaction) => {
        const old = transaction
          .selectFrom('changes')
          .select('id')
          .where('created_at_ms', '<', beforeMs)
          .where('started_at_ms', 'is', null);
        await transaction
          .updateTable('change_devices')
          .set({ candidate: null })
          .where('candidate', 'is not', null)
          .where('change_id', 'in', old)
          .execute();
      });
    },

    async get(id) {
      const exact = await queries.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
      if (exact !== undefined) return changeOf(exact);
      // Of these characters ids are made, and none means something in a pattern.
      const found = /^[0-9a-z-]+$/.test(id)
        ? await queries.selectFrom('changes').selectAll().where('id', 'like', `${id}%`).limit(2).execute()
        : [];
      const [only] = found;
      if (only !== undefined && found.length === 1) return changeOf(only);
      const why = found.length > 1 ? `"${id}" begins the ids of several changes` : `there is no change "${id}"`;
      throw new NetwrightError('NW_CHANGE_NOT_FOUND', why);
    },

    async list({ limit = 20, device } = {}) {
      let query = queries.selectFrom('changes').selectAll().orderBy('created_at_ms', 'desc').orderBy('id', 'desc');
      if (device !== undefined) {
        const of = queries.selectFrom('change_devices').select('change_id').where('device', '=', device);
        query = query.where('id', 'in', of);
      }
      const rows = await query.limit(limit).execute();
      if (rows.length === 0) return [];
      const counts = await queries
        .selectFrom('change_devices')
        .select(({ fn }) => ['change_id', 'state', fn.countAll<number>().as('count')])
        .where(
          'change_id',
          'in',
          rows.map(({ id }) => id),
        )
        .groupBy(['change_id', 'state'])
        .execute();
      const byChange = Map.groupBy(counts, ({ change_id }) => change_id);
      return rows.map((row) => ({
        ...changeOf(row),
        states: Object.fromEntries((byChange.get(row.id) ?? []).map(({ state, count }) => [state, Number(count)])),
      }));
    },

    async start(id, { options, comment }, entry) {
      await recorded(entry, async (transaction) => {
        await transaction
          .updateTable('changes')
          .set((of) => ({
            started_at_ms: of.fn.coalesce('started_at_ms', of.val(clock.now())),
            options: JSON.stringify(options),
            ...(comment === undefined ? {} : { comment }),
          }))
          .where('id', '=', id)
          .execute();
      });
    },

    devices: async (id) =>
      (await deviceRows(database).where('change_id', '=', id).orderBy('device').execute()).map(deviceOf),

    async device(id, device) {
      const row = await deviceRows(database)
        .where('change_id', '=', id)
        .where('device', '=', device)
        .executeTakeFirst();
      return row && deviceOf(row);
    },

    async open(id) {
      let query = deviceRows(database).where('active', '=', 1);
      if (id !== undefined) query = query.where('change_id', '=', id);
      return (await query.orderBy('change_id').orderBy('device').execute()).map(deviceOf);
    },

    async laterThan(id, device) {
      const own = queries
        .selectFrom('change_devices')
        .select('confirmed_at_ms')
        .where('change_id', '=', id)
        .where('device', '=', device);
      const row = await queries
        .selectFrom('change_devices')
        .select('change_id')
        .where('device', '=', device)
        .where('change_id', '!=', id)
        .where((of) =>
          of.or([of('active', '=', 1), of.and([of('state', '=', 'confirmed'), of('confirmed_at_ms', '>', own)])]),
        )
        .orderBy('active', 'desc')
        .orderBy('confirmed_at_ms', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.change_id;
    },

    async confirmedOf(device) {
      const rows = deviceRows(database).where('device', '=', device).where('state', '=', 'confirmed');
      return (await rows.orderBy('confirmed_at_ms', 'desc').execute()).map(deviceOf);
    },

    async text(hash) {
      const row = await queries.selectFrom('change_texts').select('text').where('hash', '=', hash).executeTakeFirst();
      if (row === undefined)
        throw new NetwrightError('NW_STORE_FAILED', `the text ${hash.slice(0, 12)} of a change is gone`);
      return JSON.parse(row.text) as ChangeText;
    },

    async sealed(id, device) {
      const row = await queries
        .selectFrom('change_devices')
        .select(['candidate', 'receipt'])
        .where('change_id', '=', id)
        .where('device', '=', device)
        .executeTakeFirst();
      return { ...(row?.candidate && { candidate: row.candidate }), ...(row?.receipt && { receipt: row.receipt }) };
    },

    async claim(id, device, { owner, from, deadOwner, patch = {}, isAttempt }, entry) {
      const got = await recorded(entry, async (transaction) => {
        const other = await transaction
          .selectFrom('change_devices')
          .select(['change_id', 'state'])
          .where('device', '=', device)
          .where('active', '=', 1)
          .where('change_id', '!=', id)
          .executeTakeFirst();
        if (other !== undefined) return { heldBy: other };
        const { numUpdatedRows } = await transaction
          .updateTable('change_devices')
          .set((of) => ({
            ...rowOf({ ...patch, owner }),
            ...(isAttempt ? { attempt: of('attempt', '+', 1) } : {}),
            updated_at_ms: clock.now(),
          }))
          .where('change_id', '=', id)
          .where('device', '=', device)
          .where('state', 'in', [...from])
          .where((of) => of.or([of('owner', 'is', null), of('owner', '=', deadOwner ?? owner)]))
          .executeTakeFirst();
        return numUpdatedRows === 1n ? {} : false;
      });
      if (got === false) return undefined;
      if (got.heldBy !== undefined) {
        const { change_id, state } = got.heldBy;
        throw new NetwrightError('NW_CHANGE_LOCKED', `${device}: change ${change_id} is not done with it (${state})`, {
          hint: `netwright change status ${change_id}`,
          details: { change: change_id, state },
        });
      }
      return await this.device(id, device);
    },

    async move(id, device, owner, patch, entry) {
      const isHeld = await recorded(entry, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('change_devices')
          .set({ ...rowOf(patch), updated_at_ms: clock.now() })
          .where('change_id', '=', id)
          .where('device', '=', device)
          .where('owner', '=', owner)
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }).catch((error: unknown) => {
        throw isTaken(error)
          ? new NetwrightError('NW_CHANGE_LOCKED', `${device}: another change has it by now`)
          : error;
      });
      if (!isHeld) throw new NetwrightError('NW_CHANGE_STATE', `${device}: another process took change ${id} over`);
    },

    async link(id, device, { isForgotten, ...backups }) {
      const row = { ...rowOf(backups), ...(isForgotten !== undefined && { forgotten: isForgotten ? 1 : 0 }) };
      await group.write(async (transaction) => {
        await transaction
          .updateTable('change_devices')
          .set(row)
          .where('change_id', '=', id)
          .where('device', '=', device)
          .execute();
      });
    },

    note: async (entry) => {
      const key = await audit.key();
      return await group.write((transaction) => audit.append(transaction, key, entry, clock.now()));
    },

    audit: (options = {}) => audit.read(options),
    verifyAudit: (anchors = []) => audit.verify(anchors),

    async [Symbol.asyncDispose]() {
      await database.close();
    },
  };
}

/** The index that lets one change at a time have a device said no. */
const isTaken = (error: unknown): boolean =>
  error instanceof NetwrightError &&
  (error.cause as { code?: unknown } | undefined)?.code === 'SQLITE_CONSTRAINT_UNIQUE';
