import type { CallOptions, Outcome } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';

/** One task on one device. */
export interface Job extends AsyncDisposable {
  readonly device: Device;
  /** From 1. */
  readonly attempt: number;
  /** Fires at the job's deadline and when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Opens the session (once a job) and closes it after the task, whatever happens. */
  connect(): Promise<Session>;
}

export type Task<T> = (job: Job) => Promise<T>;

export interface RunLimits {
  /** Sessions at once; default by memory and file descriptors, at most 1,000. */
  readonly concurrency?: number;
  readonly perSite?: number;
  readonly perJump?: number;
  readonly perCredential?: number;
  readonly perPlatform?: number;
}

export interface RunOptions extends CallOptions {
  readonly limits?: RunLimits;
  /** Further attempts after a failure that may pass. Default 1. */
  readonly retries?: number;
  /** Whole job of one device, all attempts included. Default 300,000. */
  readonly jobTimeoutMs?: number;
  /** Canary batches, each done before the next begins: `[1, '10%', '100%']`. A batch with a failure ends the run when `failFast`. */
  readonly serial?: readonly (number | `${number}%`)[];
  /** After the first failure, devices not yet begun are skipped with `NW_SKIPPED`. */
  readonly failFast?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  | { readonly type: 'planned'; readonly total: number }
  | { readonly type: 'started'; readonly device: string; readonly attempt: number }
  | {
      readonly type: 'retrying';
      readonly device: string;
      readonly attempt: number;
      readonly inMs: number;
      readonly reason: string;
    }
  | { readonly type: 'finished'; readonly outcome: Outcome<unknown> };

/** Runs the task over the devices; outcomes come as they are done. Never throws for one device. */
export type Run = <T>(devices: readonly Device[], task: Task<T>, options?: RunOptions) => AsyncIterable<Outcome<T>>;
