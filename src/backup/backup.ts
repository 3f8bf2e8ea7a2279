import type { CallOptions, NetwrightError, Outcome } from '#core';
import type { RunOptions } from '#runner';
import type { Workspace } from '#workspace';

export const backupChanges = ['new', 'changed', 'unchanged'] as const;
export type BackupChange = (typeof backupChanges)[number];

export interface BackupResult {
  readonly change: BackupChange;
  /** Of the session: also where the inventory says `auto`. */
  readonly platform: string;
  readonly sizeBytes: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

export interface BackupOptions extends RunOptions, CallOptions {
  readonly select?: string;
  /** Who and why, for the commit. */
  readonly author?: string;
  readonly reason?: string;
  readonly commitPer?: 'run' | 'device';
  /** Retires devices that are no longer in the inventory, however many they are. */
  readonly retire?: boolean;
  /** Takes configurations that shrank below the limit. */
  readonly acceptShrunk?: boolean;
  /** Waits for another run on this workspace instead of `NW_WORKSPACE_BUSY`. */
  readonly wait?: boolean;
}

export interface BackupReport {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly total: number;
  readonly failed: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Devices that are no longer in the inventory: they left the tree, their history stays. */
  readonly retired: readonly string[];
  /** Undefined when nothing changed. */
  readonly commit?: string;
  /** Push or hooks that failed, devices that were not retired: the configurations are stored all the same. */
  readonly warnings: readonly NetwrightError[];
}

/** A backup under way: iterate over it for the outcomes as they come, await `report` for what was stored. */
export interface BackupRun extends AsyncIterable<Outcome<BackupResult>> {
  readonly report: Promise<BackupReport>;
}

export type Backup = (workspace: Workspace, options?: BackupOptions) => BackupRun;
