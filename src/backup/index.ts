export {
  type Backup,
  type BackupChange,
  type BackupOptions,
  type BackupReport,
  type BackupResult,
  type BackupRun,
  backupChanges,
} from './backup.ts';
