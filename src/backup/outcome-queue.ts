/** Outcomes on their way from the run to whoever reads them: now, later, or never. Small objects, one a device. */
export class OutcomeQueue<T> {
  readonly #waiting: T[] = [];
  #over: { readonly error?: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  add(one: T): void {
    this.#waiting.push(one);
    this.#wake();
  }

  end(): void {
    this.#over = {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#over = { error };
    this.#wake();
  }

  async *read(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const batch = this.#waiting.splice(0);
      if (batch.length > 0) yield* batch;
      else if (this.#over === undefined) await this.#changed.promise;
      else if ('error' in this.#over) throw this.#over.error;
      else return;
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
