import type { AuditEntry, ChangeDevicePatch, ChangeDeviceRecord, ChangeState } from '#store';
import type { Workbench } from './workbench.ts';

/**
 * What is written down of one device while somebody works on it. Every step is on the disk, with its line in the
 * audit, before the next one is begun: whoever takes over after a crash reads here what was promised.
 */
export class DeviceLedger {
  readonly #bench: Workbench;
  readonly #owner: string;
  readonly #onStep: ((state: ChangeState) => void) | undefined;
  #record: ChangeDeviceRecord;

  constructor(
    bench: Workbench,
    record: ChangeDeviceRecord,
    owner: string,
    onStep?: (device: string, state: ChangeState) => void,
  ) {
    this.#bench = bench;
    this.#owner = owner;
    this.#record = record;
    this.#onStep = onStep && ((state) => onStep(record.device, state));
  }

  get record(): ChangeDeviceRecord {
    return this.#record;
  }

  get state(): ChangeState {
    return this.#record.state;
  }

  /** @throws `NW_CHANGE_STATE` when another process took the device over */
  async to(
    state: ChangeState,
    patch: ChangeDevicePatch = {},
    data: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.write({ ...patch, state }, { event: state, data });
    this.#onStep?.(state);
  }

  async write(
    patch: ChangeDevicePatch,
    said?: { readonly event: string; readonly data: Readonly<Record<string, unknown>> },
  ): Promise<void> {
    const { changeId, device } = this.#record;
    const { records, actor } = this.#bench;
    const entry: AuditEntry | undefined = said && { actor, changeId, device, ...said };
    await records.move(changeId, device, this.#owner, patch, entry);
    this.#record = (await records.device(changeId, device)) ?? this.#record;
  }

  /** Lets go of the device; whether it stays locked for other changes is a matter of its state. */
  async release(): Promise<void> {
    const { changeId, device, owner } = this.#record;
    if (owner !== this.#owner) return;
    await this.#bench.records.move(changeId, device, this.#owner, { owner: null });
    this.#record = (await this.#bench.records.device(changeId, device)) ?? this.#record;
  }
}
