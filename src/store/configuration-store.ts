import type { ForeignCommit } from './foreign-history.ts';
import type { RunRecords } from './run-records.ts';

/** One stored configuration of a device: a blob in git with its place in history. */
export interface Version {
  readonly device: string;
  readonly commit: string;
  readonly blob: string;
  /** Path in the repository. */
  readonly path: string;
  readonly atMs: number;
  readonly runId: string;
  readonly author: string;
  /** Why the run was made: `scheduled`, or what the caller said. */
  readonly reason: string;
  readonly sizeBytes: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** The version took a device out of service; the text is the last one. */
  readonly retired: boolean;
}

export interface RunInfo {
  readonly id: string;
  readonly startedAtMs: number;
  readonly author: string;
  readonly reason: string;
  readonly commitPer: 'run' | 'device';
}

/** What the run's commit message says of one device. */
export interface DeviceNote {
  readonly device: string;
  readonly durationMs: number;
  /** Absent when it went well. */
  readonly failure?: string;
}

/** What a write turned out to be, against the last version that is stored. */
export interface WriteResult {
  readonly change: 'new' | 'changed' | 'unchanged';
  readonly blob: string;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Where the device stood before, when it stands elsewhere now. */
  readonly movedFrom?: string;
}

export interface SameResult extends WriteResult {
  readonly sizeBytes: number;
}

/** Takes configurations while a run goes on; nothing shows in history before `commit()`. */
export interface RunWriter {
  /** The newest version before this run, asked for once and known to the {@link RunWriter.write} that follows. */
  latest(device: string): Promise<Version | undefined>;
  /**
   * `path` without leading slash, e.g. `cairo/r1`. Resolves when git has taken the content, whose memory may be used
   * again then; what is stored already is only noted.
   * @throws `NW_CONFIG_INVALID` when another device stands at that path, or above or below it.
   */
  write(
    device: string,
    path: string,
    content: Uint8Array,
    note: DeviceNote,
    /** Of the output that the content was made of, for {@link RunWriter.isSame} in later runs. */
    fingerprint?: string,
  ): Promise<WriteResult>;
  /** Whether the newest version of the device was made of an output with that fingerprint. */
  isSame(device: string, fingerprint: string): Promise<boolean>;
  /**
   * Notes such an output as unchanged, which needs no content. Undefined when it {@link RunWriter.isSame is not the same} or the
   * device stood elsewhere.
   */
  writeSame(device: string, path: string, fingerprint: string, note: DeviceNote): Promise<SameResult | undefined>;
  /** A device without a configuration to store: it failed, or nothing changed. */
  note(note: DeviceNote): void;
  /** Takes the device out of the tree; its history stays. */
  retire(device: string): void;
  /** The commit's id, or undefined when nothing changed. @throws `NW_STORE_FULL`, `NW_STORE_FAILED`. */
  commit(): Promise<string | undefined>;
  /** Gives the run up; what was written leaves no trace in history. */
  abandon(): Promise<void>;
}

export interface SearchHit {
  readonly device: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface BlameLine {
  readonly line: number;
  readonly text: string;
  readonly version: Version;
}

/** The repository of configurations with its index. Readers may work while one writer does. */
export interface ConfigurationStore extends AsyncDisposable {
  startRun(run: RunInfo): Promise<RunWriter>;
  /** The newest version; undefined for a device that was never stored. */
  latest(device: string): Promise<Version | undefined>;
  /** Newest first. */
  history(device: string, options?: { readonly limit?: number }): Promise<readonly Version[]>;
  /** The version that was current at that time. */
  at(device: string, atMs: number): Promise<Version | undefined>;
  /** By commit id, or a prefix of it. */
  byCommit(device: string, commit: string): Promise<Version | undefined>;
  /** Names in order; those in service unless `retired` says otherwise. */
  devices(options?: { readonly retired?: boolean }): Promise<readonly string[]>;
  read(version: Version): Promise<Buffer>;
  /** Unified diff, hunks only after the two header lines; empty when equal. */
  diff(older: Version | undefined, newer: Version, options?: { readonly context?: number }): Promise<string>;
  blame(version: Version): Promise<readonly BlameLine[]>;
  /** Lines of current configurations that match. */
  search(
    pattern: RegExp | string,
    options?: { readonly devices?: ReadonlySet<string>; readonly signal?: AbortSignal },
  ): AsyncIterable<SearchHit>;
  /**
   * Takes the history of another tool in, behind what is here; all of it or nothing.
   * @throws `NW_IMPORT_INVALID` when a device of it has a history here already.
   */
  importHistory(
    commits: AsyncIterable<ForeignCommit>,
    signal?: AbortSignal,
  ): Promise<{ readonly commits: number; readonly versions: number; readonly devices: number }>;
  /** @throws `NW_PUSH_FAILED` with git's words. Given up after two minutes unless the store was opened otherwise. */
  push(remote: string, signal?: AbortSignal): Promise<void>;
  /**
   * Keeps the repository small and quick: joins the packs that single runs leave, when they are many. Cheap otherwise.
   * @throws `NW_STORE_FULL`, `NW_STORE_FAILED`, `NW_CANCELLED`; nothing is lost then.
   */
  maintain(signal?: AbortSignal): Promise<void>;
  /** What runs did: counts, failures, when each device was last seen. */
  readonly runs: RunRecords;
}
