import type { SimulatedDevice } from './device.ts';
import type { DeviceTimer } from './device-time.ts';

/** A commit that the device takes back by itself unless it is confirmed. One at a time; a second one starts the clock anew. */
export class ConfirmedCommit {
  readonly #device: SimulatedDevice;
  #timer: DeviceTimer | undefined;
  #before: string | undefined;
  #takenBack: (() => void) | undefined;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => {
      this.#timer = undefined;
      this.#before = undefined;
    });
  }

  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** Milliseconds until the commit is taken back. */
  get leftMs(): number {
    return this.#timer === undefined ? 0 : Math.max(0, this.#timer.dueMs - this.#device.time.now());
  }

  /** What runs again when nobody confirms. */
  get before(): string | undefined {
    return this.#before;
  }

  /** `before` is what ran before the commit; `takenBack` is called when it runs again. */
  start(before: string, ms: number, takenBack: (failed: boolean) => void): void {
    this.#before ??= before;
    this.#timer?.cancel();
    this.#takenBack = () => takenBack(this.#device.faults.has('rollback-fails'));
    this.#timer = this.#device.time.after(ms, () => this.takeBack());
    this.#device.awaits(this.#timer);
  }

  /** @returns false when nothing waited for it. */
  confirm(): boolean {
    if (this.#timer === undefined) return false;
    this.#timer.cancel();
    this.#end();
    return true;
  }

  /** Now, without waiting for the timer. @returns false when there is nothing to take back. */
  takeBack(): boolean {
    const before = this.#before;
    const takenBack = this.#takenBack;
    if (before === undefined) return false;
    this.#timer?.cancel();
    this.#end();
    if (!this.#device.faults.has('rollback-fails')) this.#device.running.set(before);
    takenBack?.();
    return true;
  }

  #end(): void {
    this.#timer = undefined;
    this.#before = undefined;
    this.#takenBack = undefined;
    this.#device.awaits(undefined);
  }
}

const makeConfirmed = (device: SimulatedDevice): ConfirmedCommit => new ConfirmedCommit(device);
export const confirmedOf = (device: SimulatedDevice): ConfirmedCommit => device.part(makeConfirmed);
