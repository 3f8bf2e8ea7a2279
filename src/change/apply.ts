import type { CallOptions, Outcome } from '#core';
import type { BatchSize, RunEvent, RunLimits } from '#runner';
import type { ChangeState } from '#store';
import type { WorkbenchOptions } from './workbench.ts';

export interface ApplyOptions extends CallOptions, WorkbenchOptions {
  /** Only these of the planned devices. */
  readonly select?: string;
  readonly comment?: string;
  /**
   * Leaves the change pending: it is taken back after so many milliseconds unless `confirm` comes. Absent: it is
   * confirmed when the checks hold.
   */
  readonly confirmMs?: number;
  /** Canary, then waves: `[1, '10%', '100%']`; the last size repeats. Default all at once. */
  readonly serial?: readonly BatchSize[];
  /** How many devices, or which share of all, may fail before no more are begun. Default 0: the first failure stops. */
  readonly maxFailures?: BatchSize;
  /** What is to hold afterwards: `bgp_neighbors 10.0.0.2 is up`. */
  readonly expect?: readonly string[];
  /** Addresses that each device is to reach afterwards. */
  readonly pings?: readonly string[];
  /** Milliseconds that these may take to hold; default the setting `change.checkMs`. */
  readonly checkMs?: number;
  /** Default true: the change becomes part of the start-up configuration once it is confirmed. */
  readonly save?: boolean;
  /** Default true: a backup before and one after. */
  readonly backup?: boolean;
  /** Default the setting `change.guard`. */
  readonly guard?: boolean;
  readonly limits?: RunLimits;
  readonly onEvent?: (event: ApplyEvent) => void;
}

/** What happens, as it happens: the runner's events, and what a device is at. */
export type ApplyEvent = RunEvent | { readonly type: 'step'; readonly device: string; readonly state: ChangeState };

/** What became of a device that the change went well on. */
export interface DeviceChange {
  readonly state: 'confirmed' | 'pending';
  /** Absent once it is confirmed. */
  readonly deadlineMs?: number;
  readonly timer: 'device' | 'netwright' | 'none';
  readonly wave: number;
}

export interface ApplyReport {
  readonly id: string;
  readonly total: number;
  /** How many devices are in which state now; `planned` are those that were not begun. */
  readonly states: Readonly<Partial<Record<ChangeState, number>>>;
  readonly failed: number;
  /** Why devices were left out. */
  readonly stopped?: string;
  readonly durationMs: number;
  /** Backups that could not be made, and the like: the change itself is as `states` says. */
  readonly warnings: readonly string[];
}

/** A change under way: iterate for the devices as they are done; it goes on when nobody does. */
export interface ApplyRun extends AsyncIterable<Outcome<DeviceChange>> {
  readonly report: Promise<ApplyReport>;
}
