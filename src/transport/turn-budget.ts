/** CPU that the connections together may take in one turn of the event loop before the next one begins. */
const budgetMs = 10;

interface Waiting {
  readonly owner: object;
  readonly work: () => void;
  isDone: boolean;
}

/**
 * Keeps a crowd from stopping the event loop. The kernel hands over hundreds of readable sockets in one turn, and the
 * key exchanges of 500 logins one after the other would keep every timer waiting for half a second. Work within the
 * budget runs at once, the rest in order in the turns that follow, with timers and fresh input between them.
 */
export class TurnBudget {
  readonly #nowMs: () => number;
  #spentMs = 0;
  #waiting: Waiting[] = [];
  #isScheduled = false;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * Runs work now or, when this turn has had enough, in a later one; work of all owners keeps its order.
   * @returns whether it ran at once
   */
  run(owner: object, work: () => void): boolean {
    this.#schedule();
    if (!this.hasRoom) {
      this.#waiting.push({ owner, work, isDone: false });
      return false;
    }
    this.#spend(work);
    return true;
  }

  /** Whether work that is given now runs at once. */
  get hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#spentMs < budgetMs;
  }

  /** Resolves when this turn, or a later one, has room for work that takes about `costMs`. */
  room(costMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.run(this, () => {
        this.#spentMs += costMs;
        resolve();
      });
    });
  }

  /** Runs what still waits of one owner, because its connection ends. */
  flush(owner: object): void {
    if (this.#waiting.length === 0) return;
    for (const entry of this.#waiting.filter((one) => one.owner === owner)) this.#finish(entry);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#spentMs = 0;
      let next = 0;
      try {
        while (next < this.#waiting.length && this.#spentMs < budgetMs) {
          next += 1;
          this.#finish(this.#waiting[next - 1]!);
        }
      } finally {
        this.#waiting.splice(0, next);
        if (this.#waiting.length > 0) this.#schedule();
      }
    });
  }

  #finish(entry: Waiting): void {
    if (entry.isDone) return;
    entry.isDone = true;
    this.#spend(entry.work);
  }

  #spend(work: () => void): void {
    const startedAt = this.#nowMs();
    try {
      work();
    } finally {
      this.#spentMs += this.#nowMs() - startedAt;
    }
  }
}

/** All connections of the process share one event loop, and so one budget. */
export const turnBudget = new TurnBudget();
