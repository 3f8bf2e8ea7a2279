export { type ConfigurationStoreOptions, openConfigurationStore } from './configuration-repository.ts';
export type {
  BlameLine,
  ConfigurationStore,
  DeviceNote,
  RunInfo,
  RunWriter,
  SearchHit,
  Version,
  WriteResult,
} from './configuration-store.ts';
export { type Database, openDatabase } from './database.ts';
export { openMemory, type StoredMemory } from './facts.ts';
export { type Lock, type LockHolder, type LockOptions, lockWorkspace } from './lock.ts';
export type { Memory } from './memory.ts';
export type { DeviceResult, DeviceSighting, RunDeviceRecord, RunRecord, RunRecords } from './run-records.ts';
export type { StoredTranscript, TranscriptStore } from './transcripts.ts';
