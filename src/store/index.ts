export {
  type AuditAnchor,
  type AuditEntry,
  type AuditRecord,
  type ChangeDevicePatch,
  type ChangeDeviceRecord,
  type ChangePromise,
  type ChangeRecord,
  type ChangeRecords,
  type ChangeState,
  type ChangeText,
  changeStates,
  isActive,
  type PlannedDevice,
} from './change-records.ts';
export { type ChangeRecordsOptions, openChangeRecords } from './change-table.ts';
export { commitMessages } from './commit-messages.ts';
export { type ConfigurationStoreOptions, openConfigurationStore } from './configuration-repository.ts';
export type {
  BlameLine,
  ConfigurationStore,
  DeviceNote,
  RunInfo,
  RunWriter,
  SameResult,
  SearchHit,
  Version,
  WriteResult,
} from './configuration-store.ts';
export { type Database, openDatabase } from './database.ts';
export { openDatabaseCopy } from './database-copy.ts';
export { openMemory, type StoredMemory } from './facts.ts';
export {
  type ForeignCommit,
  type ForeignFile,
  type ForeignHistory,
  type ForeignKind,
  foreignKinds,
  openForeignHistory,
} from './foreign-history.ts';
export { splitLines } from './line-changes.ts';
export { type Lock, type LockHolder, type LockOptions, lockHolder, lockWorkspace } from './lock.ts';
export type { Memory } from './memory.ts';
export { openPlainFolder, type PlainFolder } from './plain-folder.ts';
export { openQuarantine, type QuarantineOptions, type QuarantineRecord, type QuarantineStore } from './quarantine.ts';
export type { DeviceResult, DeviceSighting, RunDeviceRecord, RunRecord, RunRecords } from './run-records.ts';
export { openSealedStore, type SealedStore, type SealedStoreOptions } from './sealed-store.ts';
export { sealed, unsealed } from './sealing.ts';
export { openTranscriptStore, type TranscriptStoreOptions } from './transcript-files.ts';
export type { StoredTranscript, TranscriptStore } from './transcripts.ts';
export { unifiedDiff } from './unified-diff.ts';
