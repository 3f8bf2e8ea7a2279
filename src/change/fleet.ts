import { type Clock, NetwrightError, type Outcome } from '#core';
import type { Device } from '#inventory';
import { type BatchSize, type RunEvent, type RunLimits, run } from '#runner';
import type { ChangeDeviceRecord, ChangeState } from '#store';
import type { DeviceWork } from './device-work.ts';
import { xmlDriver } from './intent/xml.ts';
import { DeviceLedger } from './ledger.ts';
import type { Workbench } from './workbench.ts';

export interface FleetOptions {
  readonly owner: string;
  readonly signal: AbortSignal;
  readonly limits?: RunLimits | undefined;
  readonly clock?: Clock;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  readonly onStep?: ((device: string, state: ChangeState) => void) | undefined;
}

/** A device in the middle of a change has deadlines of its own, for each step; none may cut it off as a whole. */
const noDeadlineMs = 24 * 3_600_000;

/**
 * Does the same to devices of one change that `owner` holds, as many at once as the limits allow. Each yields one
 * outcome, and is let go.
 */
export async function* onDevices<T>(
  bench: Workbench,
  records: readonly ChangeDeviceRecord[],
  task: (work: DeviceWork) => Promise<T>,
  options: FleetOptions,
): AsyncGenerator<Outcome<T>, void> {
  const byName = new Map(records.map((record) => [record.device, record]));
  const devices = records.map(({ device }) => unhurried(bench.inventory.get(device)));
  const { limits, onEvent } = options;
  const platforms = await bench.workspace.platforms();
  const outcomes = run(
    devices,
    async ({ device }): Promise<T> => {
      const record = byName.get(device.name);
      if (record === undefined) throw new NetwrightError('NW_INTERNAL', `${device.name}: no record of it`);
      const ledger = new DeviceLedger(bench, record, options.owner, options.onStep);
      try {
        const platform = await platforms.get(record.platform);
        const isXml = record.promise?.driver === xmlDriver;
        const driver = await bench.driverFor(platform, device, { isXml });
        return await task({ bench, device, platform, ledger, driver, signal: options.signal });
      } finally {
        await ledger.release();
      }
    },
    bench.connector,
    {
      ...{ retries: 0, jobTimeoutMs: noDeadlineMs, clock: bench.workspace.clock },
      ...(limits && { limits }),
      ...(onEvent && { onEvent }),
    },
  );
  for await (const outcome of outcomes) yield withTranscriptId(outcome);
}

/** Without a deadline for the whole job. */
function unhurried(device: Device): Device {
  const { timeoutMs: _, ...rest } = device;
  return rest;
}

function withTranscriptId<T>(outcome: Outcome<T>): Outcome<T> {
  const kept = outcome.error?.details['transcriptId'];
  return typeof kept === 'string' ? { ...outcome, transcriptId: kept } : outcome;
}

/** How many devices may fail before no more are begun. */
export class FailureBudget {
  readonly #most: number;
  #failed = 0;
  #last: string | undefined;

  /** @throws `NW_USAGE` */
  constructor(most: BatchSize | undefined, total: number) {
    const count = typeof most === 'string' ? Math.floor((Number.parseFloat(most) / 100) * total) : (most ?? 0);
    if (!Number.isInteger(count) || count < 0) {
      throw new NetwrightError('NW_USAGE', `max failures: expected a count or a share such as 5%, got ${most}`);
    }
    this.#most = count;
  }

  failed(device: string, code: string): void {
    this.#failed += 1;
    this.#last = `${device} failed with ${code}`;
  }

  /** Why no more are to be begun. */
  get spent(): string | undefined {
    if (this.#failed <= this.#most) return undefined;
    return this.#most === 0 ? this.#last : `${this.#failed} devices failed, the last: ${this.#last}`;
  }
}
