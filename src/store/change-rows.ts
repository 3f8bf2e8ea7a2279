import { createHash } from 'node:crypto';
import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';
import {
  type ChangeDevicePatch,
  type ChangeDeviceRecord,
  type ChangeRecord,
  type ChangeState,
  type ChangeText,
  isActive,
  type PlannedDevice,
} from './change-records.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type DeviceRow = Omit<Selectable<Schema['change_devices']>, 'candidate' | 'receipt' | 'active'>;

const deviceColumns = [
  ...(['change_id', 'device', 'platform', 'state', 'owner', 'attempt', 'wave', 'promise', 'text_hash', 'mac'] as const),
  ...(['before_mac', 'after_mac', 'timer', 'deadline_ms', 'confirmed_at_ms', 'saved', 'forgotten'] as const),
  ...(['rollback_exact', 'backup_before', 'backup_after', 'leftover', 'error_code', 'error_message'] as const),
  ...(['transcript_id', 'updated_at_ms'] as const),
] as const;

export const deviceRows = ({ queries }: Database) => queries.selectFrom('change_devices').select(deviceColumns);

export async function addTexts(transaction: Transaction<Schema>, devices: readonly PlannedDevice[]): Promise<void> {
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

export function plannedRow(id: string, planned: PlannedDevice, atMs: number): Insertable<Schema['change_devices']> {
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
export function rowOf(patch: ChangeDevicePatch): Updateable<Schema['change_devices']> {
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

export function changeOf(row: Selectable<Schema['changes']>): ChangeRecord {
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

export function deviceOf(row: DeviceRow): ChangeDeviceRecord {
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
