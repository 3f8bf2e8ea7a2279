import type { SimulatedDevice } from './device.ts';

/** One commit: the configuration as it was after it. */
export interface Commit {
  readonly id: number;
  readonly atMs: number;
  readonly user: string;
  /** How it came about: `cli`, `other`. */
  readonly via: string;
  readonly comment?: string;
  readonly label?: string;
  /** Undefined for the first one: as the device left the hands of whoever set it up. */
  readonly text: string | undefined;
}

const commitsRemembered = 100;

/** The commits of one device, newest first, as systems with a commit log keep them. */
export class CommitLog {
  readonly #device: SimulatedDevice;
  readonly #commits: Commit[] = [];
  #next: number;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    this.#next = 1_000_000_001;
    this.#commits.push({
      id: this.#take(),
      atMs: device.time.now() - 86_400_000,
      user: device.spec.user,
      via: 'cli',
      text: undefined,
    });
  }

  get commits(): readonly Commit[] {
    return this.#commits;
  }

  /** Notes what runs now. */
  note(how: Pick<Commit, 'user' | 'via' | 'comment' | 'label'>): Commit {
    const commit = { ...how, id: this.#take(), atMs: this.#device.time.now(), text: this.#device.running.text };
    this.#commits.unshift(commit);
    if (this.#commits.length > commitsRemembered) this.#commits.pop();
    return commit;
  }

  /** The configuration after the nth newest commit; undefined beyond the oldest that is known. */
  text(nth: number): string | undefined {
    const commit = this.#commits[nth];
    return commit === undefined ? undefined : (commit.text ?? this.#device.generated);
  }

  #take(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }
}

const makeLog = (device: SimulatedDevice): CommitLog => new CommitLog(device);
export const commitsOf = (device: SimulatedDevice): CommitLog => device.part(makeLog);
