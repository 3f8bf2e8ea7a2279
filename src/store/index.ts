export type {
  BlameLine,
  ConfigurationStore,
  DeviceNote,
  RunInfo,
  RunWriter,
  SearchHit,
  Version,
} from './configuration-store.ts';
export type { Memory } from './memory.ts';
export type { DeviceResult, DeviceSighting, RunDeviceRecord, RunRecord, RunRecords } from './run-records.ts';
export type { StoredTranscript, TranscriptStore } from './transcripts.ts';
