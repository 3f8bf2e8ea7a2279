/** Lets feeds change a table, except while somebody needs it to stand still. */
export class Gate {
  #held: Promise<void> | undefined;

  get isOpen(): boolean {
    return this.#held === undefined;
  }

  /** Resolves when the table may be changed; look again, for somebody else may hold it by then. */
  async opened(): Promise<void> {
    while (this.#held !== undefined) await this.#held;
  }

  /** Runs work while nobody changes the table; one after the other. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    await this.opened();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    try {
      return await work();
    } finally {
      this.#held = undefined;
      resolve();
    }
  }
}
