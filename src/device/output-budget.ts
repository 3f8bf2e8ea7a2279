import { NetwrightError } from '#core';

/** Who holds output that was not taken yet. */
export interface OutputHolder {
  readonly label: string;
  pause(): void;
  resume(): void;
  /** Ends it and lets its output go. */
  fail(error: NetwrightError): void;
}

interface Held {
  bytes: number;
  isPaused: boolean;
  /** Counted from when it was let read alone; undefined for all others. */
  turns: number | undefined;
  hasGrown: boolean;
  /** In which round it was let read alone last. */
  round: number;
}

interface OutputBudgetOptions {
  /** What all outputs together may take before readers wait. */
  readonly limitBytes: number;
  /** So much each may hold in any case: logins and short commands go on. Default 64 KiB. */
  readonly freeBytes?: number;
  /** How many go on reading while the others wait. Default 8. */
  readonly readers?: number;
}

const turnMs = 250;
/** One that reads on gets so many turns before it is another's. */
const mostTurns = 8;

/**
 * The memory that outputs under way may take together. Each command has a limit of its own, which a thousand devices that never
 * stop printing would fill at once. Above the limit all but the few that hold most wait: nothing is read from their connections, so
 * that the far ends stand still. Those that go on end, or meet their own limit, and let their memory go; whoever says nothing
 * gives the place to the next, so that nobody waits for a silent one. Where the room for them gets narrow, only the largest goes
 * on: of several that grow side by side, one that would have ended might be the one to fail. If even that fills a quarter more than
 * the limit, the largest fails.
 */
export class OutputBudget {
  readonly #limitBytes: number;
  readonly #narrowBytes: number;
  readonly #mostBytes: number;
  readonly #freeBytes: number;
  readonly #readers: number;
  readonly #holders = new Map<OutputHolder, Held>();
  #totalBytes = 0;
  #waiting = 0;
  #reading = 0;
  #round = 1;
  #timer: NodeJS.Timeout | undefined;

  constructor({ limitBytes, freeBytes = 64 * 1024, readers = 8 }: OutputBudgetOptions) {
    this.#limitBytes = limitBytes;
    this.#narrowBytes = limitBytes * 1.1;
    this.#mostBytes = limitBytes * 1.25;
    this.#freeBytes = freeBytes;
    this.#readers = readers;
  }

  /** Bytes held now, by all. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** To be called whenever what a holder has changes; with 0 it is forgotten. */
  holds(holder: OutputHolder, bytes: number): void {
    let held = this.#holders.get(holder);
    if (bytes === 0) {
      if (held) this.#forget(holder, held);
      return;
    }
    if (!held) {
      held = { bytes: 0, isPaused: false, turns: undefined, hasGrown: false, round: 0 };
      this.#holders.set(holder, held);
    }
    const growth = bytes - held.bytes;
    this.#totalBytes += growth;
    held.bytes = bytes;
    held.hasGrown ||= growth > 0;
    if (this.#totalBytes <= this.#limitBytes) {
      if (growth < 0) this.#letGo();
      return;
    }
    if (growth > 0 && !held.isPaused && bytes > this.#freeBytes) {
      if (held.turns === undefined) this.#pause(holder, held);
      else if (this.#reading > this.#places && !this.#isLargestReader(held)) {
        this.#leavePlace(held);
        this.#pause(holder, held);
      }
    }
    if (this.#totalBytes > this.#mostBytes) this.#failLargest();
  }

  #forget(holder: OutputHolder, held: Held): void {
    this.#holders.delete(holder);
    this.#totalBytes -= held.bytes;
    if (held.turns !== undefined) this.#reading -= 1;
    if (held.isPaused) {
      this.#waiting -= 1;
      holder.resume();
    }
    this.#letGo();
  }

  get #places(): number {
    return this.#totalBytes > this.#narrowBytes ? 1 : this.#readers;
  }

  /** The only one: of those that hold the same none is. */
  #isLargestReader(held: Held): boolean {
    for (const other of this.#holders.values()) {
      if (other !== held && other.turns !== undefined && other.bytes >= held.bytes) return false;
    }
    return true;
  }

  #leavePlace(held: Held): void {
    held.turns = undefined;
    this.#reading -= 1;
  }

  #pause(holder: OutputHolder, held: Held): void {
    held.isPaused = true;
    this.#waiting += 1;
    this.#timer ??= setInterval(() => this.#turn(), turnMs).unref();
    holder.pause();
    this.#choose();
  }

  #resume(holder: OutputHolder, held: Held): void {
    held.isPaused = false;
    this.#waiting -= 1;
    holder.resume();
  }

  /** All go on when there is room for what they hold and some more; else the places that are free are given away. */
  #letGo(): void {
    if (this.#timer === undefined) return;
    if (this.#waiting > 0 && this.#totalBytes > this.#limitBytes * 0.8) this.#choose();
    else {
      for (const [holder, held] of this.#holders) {
        if (held.turns !== undefined) this.#reading -= 1;
        held.turns = undefined;
        if (held.isPaused) this.#resume(holder, held);
      }
    }
    if (this.#waiting > 0 || this.#reading > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Gives free places to those that hold most, and to everybody once before anybody twice. */
  #choose(): void {
    while (this.#reading < this.#places && this.#waiting > 0) {
      let next: [OutputHolder, Held] | undefined;
      for (const entry of this.#holders) {
        const [, held] = entry;
        if (held.isPaused && held.round < this.#round && held.bytes > (next?.[1].bytes ?? 0)) next = entry;
      }
      if (!next) {
        this.#round += 1;
        continue;
      }
      const [holder, held] = next;
      held.round = this.#round;
      held.turns = 0;
      held.hasGrown = false;
      this.#reading += 1;
      this.#resume(holder, held);
    }
  }

  #turn(): void {
    for (const held of this.#holders.values()) {
      if (held.turns === undefined) continue;
      held.turns += 1;
      // It waits again as soon as something comes.
      if (!held.hasGrown || held.turns >= mostTurns) {
        this.#leavePlace(held);
      }
      held.hasGrown = false;
    }
    this.#letGo();
  }

  #failLargest(): void {
    let largest: [OutputHolder, Held] | undefined;
    for (const entry of this.#holders) if (entry[1].bytes > (largest?.[1].bytes ?? 0)) largest = entry;
    if (!largest) return;
    const [holder, held] = largest;
    const all = Math.round(this.#totalBytes / 1e6);
    const own = (held.bytes / 1e6).toFixed(1);
    this.#forget(holder, held);
    const message = `${holder.label}: ${own} MB of output, the most of all devices, which together hold ${all} MB`;
    holder.fail(
      new NetwrightError('NW_OUTPUT_TOO_LARGE', message, {
        hint: 'Ask fewer devices at once (`limits.concurrency`), or lower `connection.maxOutputBytes`.',
      }),
    );
  }
}

/** Of the whole process: a quarter of the memory that it can have. */
export const outputBudget = new OutputBudget({
  limitBytes: Math.max(256 * 1024 * 1024, Math.floor(process.availableMemory() / 4)),
});
