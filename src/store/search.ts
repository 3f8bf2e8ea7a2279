import { Worker } from 'node:worker_threads';
import { abortError, asNetwrightError, NetwrightError, type NetwrightErrorCode } from '#core';
import type { SearchHit } from './configuration-store.ts';
import type { SearchAnswer, SearchOrder, SearchThreadData } from './search-protocol.ts';
import type { VersionIndex } from './version-index.ts';

/** Milliseconds without a search after which the thread and its filters leave the memory. */
const idleMs = 60_000;
/** Milliseconds that a cancelled search has to stop by itself. */
const patienceMs = 1_000;

/** An order that is answered until its end. */
type Task = SearchOrder & { readonly kind: 'search' | 'prepare' };

interface Reader {
  readonly order: Task;
  hasHits: boolean;
  /** Nobody waits for it any more. */
  isLeft: boolean;
  readonly batches: (readonly SearchHit[])[];
  ended: boolean;
  error: NetwrightError | undefined;
  wake: () => void;
}

/** Searches of the current configurations, in a thread of their own that is started with the first. */
export class CurrentSearch {
  readonly #data: SearchThreadData;
  readonly #index: VersionIndex;
  readonly #readers = new Map<number, Reader>();
  #thread: Worker | undefined;
  /** Terminated, because a search that was left held it up. */
  #stuck: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #ids = 0;

  constructor(data: SearchThreadData, index: VersionIndex) {
    this.#data = data;
    this.#index = index;
  }

  /** Lines that match, as they are found. Leaving the loop ends the search. @throws `NW_CANCELLED`, `NW_STORE_FAILED`. */
  async *search(
    pattern: RegExp | string,
    options: { readonly devices?: ReadonlySet<string>; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<SearchHit, void, undefined> {
    const state = await this.#stateFor(options.signal);
    if (state === undefined || pattern === '') return;
    yield* this.#ask(
      {
        ...{ kind: 'search', id: this.#newId(), state },
        pattern: typeof pattern === 'string' ? { literal: pattern } : { source: pattern.source, flags: pattern.flags },
        ...(options.devices === undefined ? {} : { only: options.devices }),
      },
      options.signal,
    );
  }

  /**
   * Gives every current configuration its filter and forgets all other filters: searches are quick then. No run may be
   * under way, whose filters are of texts to come. @throws as a search does.
   */
  async prepare(signal?: AbortSignal): Promise<void> {
    const state = await this.#stateFor(signal);
    if (state === undefined) return;
    for await (const _ of this.#ask({ kind: 'prepare', id: this.#newId(), state }, signal)); // there are no hits
  }

  /** The commit to work on, which an empty repository does not have. */
  async #stateFor(signal: AbortSignal | undefined): Promise<string | undefined> {
    if (signal?.aborted) throw abortError(signal);
    return await this.#index.head();
  }

  #newId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  async *#ask(order: Task, signal: AbortSignal | undefined): AsyncGenerator<SearchHit, void, undefined> {
    const { id } = order;
    const reader: Reader = {
      ...{ order, batches: [], hasHits: false, isLeft: false, ended: false },
      ...{ error: undefined, wake: () => undefined },
    };
    this.#readers.set(id, reader);
    const wake = (): void => reader.wake();
    signal?.addEventListener('abort', wake);
    try {
      this.#say(order);
      for (;;) {
        if (signal?.aborted) throw abortError(signal);
        const batch = reader.batches.shift();
        if (batch !== undefined) {
          yield* batch;
          this.#say({ kind: 'taken', id });
        } else if (reader.ended) {
          if (reader.error) throw reader.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
        }
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      this.#leave(id, reader);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return;
    const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    thread.postMessage({ kind: 'close' } satisfies SearchOrder);
    const late = setTimeout(() => void thread.terminate(), patienceMs);
    await gone;
    clearTimeout(late);
  }

  /** Ends a search that its reader left, and the thread with it when a pattern holds it up. */
  #leave(id: number, reader: Reader): void {
    if (reader.ended) {
      this.#forget(id);
      return;
    }
    reader.isLeft = true;
    this.#say({ kind: 'cancel', id });
    const thread = this.#thread;
    const late = setTimeout(() => {
      this.#stuck = thread;
      void thread?.terminate();
    }, patienceMs).unref();
    reader.wake = () => {
      if (!reader.ended) return;
      clearTimeout(late);
      this.#forget(id);
    };
    reader.wake();
  }

  #forget(id: number): void {
    this.#readers.delete(id);
    if (this.#readers.size > 0 || this.#thread === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    this.#thread.unref();
  }

  #say(order: SearchOrder): void {
    clearTimeout(this.#idle);
    this.#thread ??= this.#start();
    this.#thread.ref();
    this.#thread.postMessage(order);
  }

  #start(): Worker {
    // Run from source (.ts) in development and tests, from the build elsewhere.
    const own = import.meta.url.endsWith('.ts');
    const thread = new Worker(new URL(own ? './search-thread.ts' : './search-thread.js', import.meta.url), {
      workerData: this.#data,
      ...(own ? { execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'] } : {}),
    });
    thread.on('message', (answer: SearchAnswer) => this.#hear(answer));
    let isOver = false;
    const ended = (error?: Error): void => {
      // A failure is followed by an exit, when there may be another thread with searches of its own.
      if (isOver) return;
      isOver = true;
      if (this.#thread === thread) this.#thread = undefined;
      const innocent = this.#stuck === thread ? this.#waitingForFirst() : [];
      const message = `the search ended early${error ? `: ${error.message}` : ''}`;
      this.#endAll(new NetwrightError('NW_STORE_FAILED', message), innocent);
      for (const { order } of innocent) this.#say(order);
    };
    thread.on('error', ended);
    thread.on('exit', () => ended());
    return thread;
  }

  #hear(answer: SearchAnswer): void {
    if (answer.kind === 'need-current') {
      void this.#sendCurrent(answer.state);
      return;
    }
    const reader = this.#readers.get(answer.id);
    if (reader === undefined) return;
    if (answer.kind === 'hits') {
      reader.hasHits = true;
      reader.batches.push(answer.hits);
    } else {
      reader.ended = true;
      if (answer.error) {
        reader.error = new NetwrightError(answer.error.code as NetwrightErrorCode, answer.error.message);
      }
    }
    reader.wake();
  }

  async #sendCurrent(state: string): Promise<void> {
    try {
      for await (const slice of this.#index.current()) this.#say({ kind: 'current', state, slice, last: false });
      this.#say({ kind: 'current', state, slice: [], last: true });
    } catch (error) {
      // Half a list would give half the hits without a word.
      this.#endAll(asNetwrightError(error, 'NW_STORE_FAILED'));
      void this.#thread?.terminate();
    }
  }

  /** Searches that stood behind the one that held the thread up: another thread can do them from the beginning. */
  #waitingForFirst(): readonly Reader[] {
    return [...this.#readers.values()].filter(({ ended, hasHits, isLeft }) => !ended && !hasHits && !isLeft);
  }

  #endAll(error: NetwrightError, except: readonly Reader[] = []): void {
    for (const [id, reader] of this.#readers) {
      if (reader.ended || except.includes(reader)) continue;
      reader.error = error;
      reader.ended = true;
      reader.wake();
      this.#readers.delete(id);
    }
  }
}
