import type { CallOptions, Outcome } from '#core';
import type { RunOptions } from '#runner';
import type { ChangePromise, ChangeText } from '#store';
import type { IntentSource } from './intent/intent-source.ts';
import type { WorkbenchOptions } from './workbench.ts';

export interface PlanRequest extends RunOptions, CallOptions, WorkbenchOptions {
  readonly intent: IntentSource;
  /** Which devices; default all, or with a folder those that it has a file for. */
  readonly select?: string;
  /** Why, for the record. */
  readonly comment?: string;
}

/** What would be done to one device, as it may be shown: secrets are marks. */
export interface PlannedChange {
  readonly state: 'planned' | 'same';
  readonly platform: string;
  readonly promise: ChangePromise;
  readonly text: ChangeText;
}

export interface PlanReport {
  readonly id: string;
  /** Stands for everything that was planned: also what is shown as a mark. */
  readonly hash: string;
  readonly createdAtMs: number;
  readonly intent: string;
  /** Files of the folder that are named after no device of the inventory. */
  readonly strangers: readonly string[];
  readonly total: number;
  /** Devices that would change, that are as wanted already, and that no plan could be made for. */
  readonly planned: number;
  readonly same: number;
  readonly failed: number;
}

/** A plan that is being made: iterate for the devices as they come, await `report` for what was saved. */
export interface PlanRun extends AsyncIterable<Outcome<PlannedChange>> {
  readonly report: Promise<PlanReport>;
}
