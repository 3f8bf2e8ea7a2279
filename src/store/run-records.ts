/** What became of a run, for `netwright history --runs`, the reports and later the server. */
export interface RunRecord {
  readonly id: string;
  readonly startedAtMs: number;
  /** Absent while the run goes on, or when its process died. */
  readonly endedAtMs?: number;
  readonly author: string;
  readonly reason: string;
  readonly total: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly commit?: string;
  /** Messages of pushes and hooks that failed. */
  readonly warnings: readonly string[];
}

/** What a run remembers of one device: only devices that changed or failed have one. */
export interface RunDeviceRecord {
  readonly runId: string;
  readonly device: string;
  readonly result: 'new' | 'changed' | 'retired' | 'failed';
  readonly durationMs: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly transcriptId?: string;
}

/** When a device was last tried and last backed up. */
export interface DeviceSighting {
  readonly device: string;
  /** Absent: tried, but never with success. */
  readonly lastSuccessMs?: number;
  readonly lastAttemptMs: number;
  readonly lastErrorCode?: string;
  readonly lastErrorMessage?: string;
}

/** Outcome of one device, as the run hands it over. */
export interface DeviceResult {
  readonly device: string;
  readonly result: 'new' | 'changed' | 'unchanged' | 'retired' | 'failed';
  readonly atMs: number;
  readonly durationMs: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly transcriptId?: string;
}

export interface RunRecords {
  start(run: Pick<RunRecord, 'id' | 'startedAtMs' | 'author' | 'reason' | 'total'>): Promise<void>;
  /** Any number of results at a time; one short transaction for up to 500 of them. */
  add(runId: string, results: readonly DeviceResult[]): Promise<void>;
  end(
    runId: string,
    end: Pick<RunRecord, 'changed' | 'unchanged' | 'failed' | 'warnings'> & {
      readonly endedAtMs: number;
      readonly commit?: string | undefined;
    },
  ): Promise<void>;
  /** Newest first. Default 20. */
  list(options?: { readonly limit?: number }): Promise<readonly RunRecord[]>;
  get(runId: string): Promise<RunRecord | undefined>;
  devices(runId: string): Promise<readonly RunDeviceRecord[]>;
  /** Of one device, or of all that were ever tried. */
  sightings(device?: string): Promise<readonly DeviceSighting[]>;
}
