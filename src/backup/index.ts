export {
  type Backup,
  type BackupChange,
  type BackupOptions,
  type BackupReport,
  type BackupResult,
  type BackupRun,
  backupChanges,
} from './backup.ts';
export { type ImportedHistory, type ImportHistoryOptions, importHistory } from './import-history.ts';
export { OutcomeQueue } from './outcome-queue.ts';
export { type Mark, markOf } from './scrub.ts';
export { scrubJson, scrubXml } from './scrub-xml.ts';
export { type StaleDevice, staleDevices } from './stale-devices.ts';
export { startBackup } from './start-backup.ts';
export { plainFolderOf, quarantineOf, readSealed, sealedStoreOf } from './workspace-stores.ts';
