import { createHash } from 'node:crypto';
import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';
import { type Clock, NetwrightError, systemClock } from '#core';
import { AuditChain } from './audit-chain.ts';
import {
  type AuditEntry,
  type ChangeDevicePatch,
  type ChangeDeviceRecord,
  type ChangeRecord,
  type ChangeRecords,
  type ChangeState,
  type ChangeText,
  isActive,
  type PlannedDevice,
} from './change-records.ts';
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

type DeviceRow = Omit<Selectable<Schema['change_devices']>, 'candidate' | 'receipt' | 'active'>;

const deviceColumns = [
  ...(['change_id', 'device', 'platform', 'state', 'owner', 'attempt', 'wave', 'promise', 'text_hash', 'mac'] as const),
  ...(['before_mac', 'after_mac', 'timer', 'deadline_ms', 'confirmed_at_ms', 'saved', 'forgotten'] as const),
  ...(['rollback_exact', 'backup_before', 'backup_after', 'leftover', 'error_code', 'error_message'] as const),
  ...(['transcript_id', 'updated_at_ms'] as const),
] as const;

const deviceRows = ({ queries }: Database) => queries.selectFrom('change_devices').select(deviceColumns);

async function addTexts(transaction: Transaction<Schema>, devices: readonly PlannedDevice[]): Promise<void> {
  const texts = new Map<string, string>();
  for (const { text } of devices) if (text !== undefined) texts.set(textHash(text), JSON.stringify(text));
  if (texts.size === 0) return;
  await transaction
    .insertInto('change_texts')
    .values([...texts].map(([hash, text]) => ({ hash, text })))
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

const textHash = (text: ChangeText): string => createHash('sha256').update(JSON.stringify(text)).digest('hex');

function plannedRow(id: string, planned: PlannedDevice, atMs: number): Insertable<Schema['change_devices']> {
  const { device, platform, state, promise, text, mac, beforeMac, candidate, error } = planned;
  return {
    ...{ change_id: id, device, platform, state, active: 0, owner: null, attempt: 0, wave: null },
    promise: promise === undefined ? null : JSON.stringify(promise),
    text_hash: text === undefined ? null : textHash(text),
    mac: mac ?? null,
    candidate: candidate ?? null,
    before_mac: beforeMac ?? null,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    ...{ saved: 0, forgotten: 0 },
    updated_at_ms: atMs,
    ...{
      receipt: null,
      after_mac: null,
      timer: null,
      deadline_ms: null,
      confirmed_at_ms: null,
      rollback_exact: null,
      leftover: null,
    },
    ...{ backup_before: null, backup_after: null, transcript_id: null },
  };
}

/** The columns that a patch changes. */
function rowOf(patch: ChangeDevicePatch): Updateable<Schema['change_devices']> {
  const row: Updateable<Schema['change_devices']> = {};
  if (patch.state !== undefined) {
    row.state = patch.state;
    row.active = isActive(patch.state) ? 1 : 0;
  }
  if (patch.owner !== undefined) row.owner = patch.owner;
  if (patch.wave !== undefined) row.wave = patch.wave;
  if (patch.receipt !== undefined) row.receipt = patch.receipt;
  if (patch.afterMac !== undefined) row.after_mac = patch.afterMac;
  if (patch.timer !== undefined) row.timer = patch.timer;
  if (patch.deadlineMs !== undefined) row.deadline_ms = patch.deadlineMs;
  if (patch.confirmedAtMs !== undefined) row.confirmed_at_ms = patch.confirmedAtMs;
  if (patch.isSaved !== undefined) row.saved = patch.isSaved ? 1 : 0;
  if (patch.isRollbackExact !== undefined) row.rollback_exact = patch.isRollbackExact ? 1 : 0;
  if (patch.backupBefore !== undefined) row.backup_before = patch.backupBefore;
  if (patch.backupAfter !== undefined) row.backup_after = patch.backupAfter;
  if (patch.leftover !== undefined) row.leftover = patch.leftover && JSON.stringify(patch.leftover);
  if (patch.error !== undefined) {
    row.error_code = patch.error?.code ?? null;
    row.error_message = patch.error?.message ?? null;
  }
  if (patch.transcriptId !== undefined) row.transcript_id = patch.transcriptId;
  return row;
}

function changeOf(row: Selectable<Schema['changes']>): ChangeRecord {
  return {
    id: row.id,
    hash: row.hash,
    createdAtMs: row.created_at_ms,
    author: row.author,
    intent: row.intent,
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...(row.selection === null ? {} : { selection: row.selection }),
    ...(row.started_at_ms === null ? {} : { startedAtMs: row.started_at_ms }),
    ...(row.options === null ? {} : { options: JSON.parse(row.options) as unknown }),
  };
}

function deviceOf(row: DeviceRow): ChangeDeviceRecord {
  const given: [string, unknown][] = [
    ['owner', row.owner],
    ['wave', row.wave],
    ['promise', row.promise && JSON.parse(row.promise)],
    ['textHash', row.text_hash],
    ['mac', row.mac],
    ['beforeMac', row.before_mac],
    ['afterMac', row.after_mac],
    ['timer', row.timer],
    ['deadlineMs', row.deadline_ms],
    ['confirmedAtMs', row.confirmed_at_ms],
    ['isRollbackExact', row.rollback_exact === null ? null : row.rollback_exact === 1],
    ['backupBefore', row.backup_before],
    ['backupAfter', row.backup_after],
    ['leftover', row.leftover && JSON.parse(row.leftover)],
    ['error', row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' }],
    ['transcriptId', row.transcript_id],
  ];
  return {
    changeId: row.change_id,
    device: row.device,
    platform: row.platform,
    state: row.state as ChangeState,
    attempt: row.attempt,
    isSaved: row.saved === 1,
    isForgotten: row.forgotten === 1,
    updatedAtMs: row.updated_at_ms,
    ...(Object.fromEntries(given.filter(([, value]) => value !== null)) as Partial<ChangeDeviceRecord>),
  };
}
