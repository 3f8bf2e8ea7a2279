import type { SimulatedDevice } from '../device.ts';
import { DeviceDisk } from '../device-disk.ts';
import type { DeviceTimer } from '../device-time.ts';

/** A run of commands: waits for so many milliseconds at each step, and ends with a status. */
export type Run = Generator<number, number>;

interface Job {
  /** Process numbers that belong to it. */
  readonly pids: Set<number>;
  timer: DeviceTimer | undefined;
}

/** What goes on in a host beside its terminals: processes in the background, services. */
export class HostProcesses {
  readonly disk: DeviceDisk;
  readonly device: SimulatedDevice;
  /** What runs of each service: the text of its files when it was last started. */
  readonly services = new Map<string, 'active' | 'failed'>();
  readonly #jobs = new Set<Job>();
  #next = 4_000;

  constructor(device: SimulatedDevice) {
    this.device = device;
    this.disk = new DeviceDisk(device);
    device.whenRestarted(() => {
      this.#jobs.clear();
      this.services.clear();
    });
  }

  pid(): number {
    this.#next += 1;
    return this.#next;
  }

  /** Goes on in the background, on the clock of the device. */
  start(begin: (claim: (pid: number) => void) => Run): number {
    const job: Job = { pids: new Set(), timer: undefined };
    this.#jobs.add(job);
    const pid = this.pid();
    job.pids.add(pid);
    const run = begin((claimed) => job.pids.add(claimed));
    const step = (): void => {
      const { value, done } = run.next();
      if (done === true) this.#jobs.delete(job);
      else if (this.#jobs.has(job)) {
        job.timer = this.device.time.after(value, step);
        this.device.awaits(job.timer);
      }
    };
    step();
    return pid;
  }

  isAlive(pid: number): boolean {
    return this.#find(pid) !== undefined;
  }

  /** @returns false when there is no such process. */
  kill(pid: number): boolean {
    const job = this.#find(pid);
    if (job === undefined) return false;
    job.timer?.cancel();
    this.device.awaits(undefined);
    this.#jobs.delete(job);
    return true;
  }

  #find(pid: number): Job | undefined {
    return [...this.#jobs].find(({ pids }) => pids.has(pid));
  }
}

const makeProcesses = (device: SimulatedDevice): HostProcesses => new HostProcesses(device);
export const processesOf = (device: SimulatedDevice): HostProcesses => device.part(makeProcesses);
