export type {
  Candidate,
  Capability,
  CommitOptions,
  DeviceState,
  Driver,
  IntendedFile,
  Intent,
  Receipt,
  Refusal,
  RollbackFailure,
  Undertaking,
} from './driver.ts';
export { comparable, fingerprint } from './fingerprint.ts';
export { scrubLines } from './scrub-lines.ts';
