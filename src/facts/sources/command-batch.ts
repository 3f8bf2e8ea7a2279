import type { NetwrightError } from '#core';
import type { ApiAnswer } from '#transport';
import type { SourceOptions } from './source.ts';

interface Waiting {
  readonly command: string;
  readonly options: SourceOptions;
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** Commands that are asked in one turn go out in one request; those that come while it runs wait for the next. */
export class CommandBatch {
  readonly #send: (commands: readonly string[], options: SourceOptions) => Promise<readonly ApiAnswer[]>;
  #waiting: Waiting[] = [];
  #isSending = false;

  constructor(send: (commands: readonly string[], options: SourceOptions) => Promise<readonly ApiAnswer[]>) {
    this.#send = send;
  }

  /** @throws NetwrightError what the command was refused with, or what became of the request */
  async ask(command: string, options: SourceOptions = {}): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.push({ command, options, answer: resolve, fail: reject });
    if (!this.#isSending) {
      this.#isSending = true;
      queueMicrotask(() => void this.#sendAll());
    }
    return await promise;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        const answers = await this.#send(
          asked.map(({ command }) => command),
          limitsOf(asked),
        );
        for (const [at, { answer, fail }] of asked.entries()) {
          const one = answers[at] as { readonly value?: unknown; readonly refused?: NetwrightError };
          if (one.refused) fail(one.refused);
          else answer(one.value);
        }
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    this.#isSending = false;
  }
}

/** One request for all: it may take as long as the slowest command, and ends when one of them is given up. */
function limitsOf(asked: readonly Waiting[]): SourceOptions {
  const timeouts = asked.map(({ options }) => options.timeoutMs).filter((ms) => ms !== undefined);
  const signals = asked.map(({ options }) => options.signal).filter((signal) => signal !== undefined);
  return {
    ...(timeouts.length === asked.length && { timeoutMs: Math.max(...timeouts) }),
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  };
}
