import type { CallOptions, Clock, Outcome, Random } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import type { HttpSession, NetconfSession } from '#transport';
import type { BatchSize } from './batches.ts';
import { batchesOf } from './batches.ts';
import type { Connector } from './connector.ts';
import { DeviceRun } from './device-run.ts';

/** One task on one device. */
export interface Job extends AsyncDisposable {
  readonly device: Device;
  /** From 1. */
  readonly attempt: number;
  /** Fires at the job's deadline and when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Opens the session (once a job) and closes it after the task, whatever happens. */
  readonly connect: () => Promise<Session>;
  /** Opens a NETCONF session (once a job) and closes it after the task. */
  readonly netconf: () => Promise<NetconfSession>;
  /** The HTTP server of the device, whose connection is closed after the task. */
  readonly http: () => Promise<HttpSession>;
}

export type Task<T> = (job: Job) => Promise<T>;

export interface RunLimits {
  /** Sessions at once; default by memory and file descriptors, at most 1,000. */
  readonly concurrency?: number;
  readonly perSite?: number;
  /** Devices that pass the same jump host, any of them for a chain. */
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
  readonly serial?: readonly BatchSize[];
  /** After the first failure, devices not yet begun are skipped with `NW_SKIPPED`. */
  readonly failFast?: boolean;
  /** What happens, as it happens. It must not throw; what it throws ends the run. */
  readonly onEvent?: (event: RunEvent) => void;
  readonly clock?: Clock;
  /** For the jitter between attempts. */
  readonly random?: Random;
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
export type Run = <T>(
  devices: readonly Device[],
  task: Task<T>,
  connector: Connector,
  options?: RunOptions,
) => AsyncIterable<Outcome<T>>;

/**
 * Runs one task on many devices. Each device yields exactly one outcome, in the order in which they are done; nothing
 * begins before the first outcome is asked for, and when the consumer is slow, no new device is begun. Leaving the
 * loop, `signal` and `timeoutMs` (of the whole run) end what is running at once and leave no socket: the devices
 * concerned, and those that had not begun, yield `NW_CANCELLED`.
 * @throws NetwrightError `NW_USAGE` for senseless limits or batches; never for one device.
 */
export const run: Run = (devices, task, connector, options = {}) => ({
  [Symbol.asyncIterator]: () => outcomesOf(devices, task, connector, options),
});

async function* outcomesOf<T>(
  devices: readonly Device[],
  task: Task<T>,
  connector: Connector,
  options: RunOptions,
): AsyncGenerator<Outcome<T>, void> {
  const batches = batchesOf(devices, options.serial);
  await using deviceRun = new DeviceRun(task, connector, options);
  options.onEvent?.({ type: 'planned', total: devices.length });
  for (const batch of batches) yield* deviceRun.outcomes(batch);
}
