/** Something that only so many jobs may use at once: a site, a jump host, a credential, a platform. */
interface Gate {
  readonly limit: number;
  used: number;
  /** Lanes that wait for this gate, the longest-waiting first. */
  readonly parked: Fifo<Lane<unknown>>;
}

/** Jobs that pass exactly the same gates: when the first of them may not start, none of them may. */
interface Lane<T> {
  readonly gates: readonly Gate[];
  readonly waiting: Fifo<T>;
  place: 'idle' | 'ring' | 'parked';
}

/** A queue whose `shift` does not move what is left. */
class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  unshift(item: T): void {
    if (this.#head > 0) {
      this.#head -= 1;
      this.#items[this.#head] = item;
    } else this.#items.unshift(item);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

export interface GateLimit {
  /** `site:cairo`: what the jobs that name it share. */
  readonly key: string;
  readonly limit: number;
}

/**
 * Waiting jobs, handed out in turn between the lanes so that one full site does not hold up the others. To start a
 * job costs the number of its gates, however many are waiting: a lane whose gate is full is parked at that gate and
 * looked at again only when the gate opens.
 */
export class JobQueue<T> {
  readonly #gatesOf: (job: T) => readonly GateLimit[];
  readonly #gates = new Map<string, Gate>();
  readonly #lanes = new Map<string, Lane<T>>();
  readonly #laneOf = new Map<T, Lane<T>>();
  readonly #ring = new Fifo<Lane<T>>();
  #length = 0;

  constructor(gatesOf: (job: T) => readonly GateLimit[]) {
    this.#gatesOf = gatesOf;
  }

  /** Jobs that wait, those behind a full gate included. */
  get length(): number {
    return this.#length;
  }

  /** Adds a job at the end of its lane, or at the front when it comes back for another attempt. */
  add(job: T, place: 'front' | 'end' = 'end'): void {
    const lane = this.#lane(job);
    if (place === 'front') lane.waiting.unshift(job);
    else lane.waiting.push(job);
    this.#length += 1;
    if (lane.place === 'idle') this.#enterRing(lane);
  }

  /** The next job whose gates all have room; it holds them until {@link release}. */
  take(): T | undefined {
    for (let lane = this.#ring.shift(); lane !== undefined; lane = this.#ring.shift()) {
      lane.place = 'idle';
      const full = lane.gates.find((gate) => gate.used >= gate.limit);
      if (full !== undefined) {
        lane.place = 'parked';
        full.parked.push(lane as Lane<unknown>);
        // The room that this lane was woken for at another gate must not go to waste.
        for (const gate of lane.gates) if (gate.used < gate.limit) this.#wakeOne(gate);
        continue;
      }
      const job = lane.waiting.shift();
      if (job === undefined) continue;
      for (const gate of lane.gates) gate.used += 1;
      this.#length -= 1;
      this.#laneOf.set(job, lane);
      if (lane.waiting.length > 0) this.#enterRing(lane);
      return job;
    }
    return undefined;
  }

  /** Gives back what {@link take} handed out. */
  release(job: T): void {
    const lane = this.#laneOf.get(job);
    if (lane === undefined) return;
    this.#laneOf.delete(job);
    for (const gate of lane.gates) {
      gate.used -= 1;
      this.#wakeOne(gate);
    }
  }

  /** Removes and yields every job that still waits, in the order of the lanes. */
  *drain(): Generator<T, void> {
    for (const lane of this.#lanes.values()) {
      for (let job = lane.waiting.shift(); job !== undefined; job = lane.waiting.shift()) {
        this.#length -= 1;
        yield job;
      }
    }
  }

  #wakeOne(gate: Gate): void {
    const lane = gate.parked.shift();
    if (lane !== undefined) this.#enterRing(lane as Lane<T>);
  }

  #enterRing(lane: Lane<T>): void {
    lane.place = 'ring';
    this.#ring.push(lane);
  }

  #lane(job: T): Lane<T> {
    const limits = this.#gatesOf(job);
    const id = limits.map(({ key }) => key).join('\n');
    let lane = this.#lanes.get(id);
    if (lane === undefined) {
      lane = { gates: limits.map((limit) => this.#gate(limit)), waiting: new Fifo(), place: 'idle' };
      this.#lanes.set(id, lane);
    }
    return lane;
  }

  #gate({ key, limit }: GateLimit): Gate {
    let gate = this.#gates.get(key);
    if (gate === undefined) {
      gate = { limit, used: 0, parked: new Fifo() };
      this.#gates.set(key, gate);
    }
    return gate;
  }
}
