import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadingAnswer, ReadingTask } from './reading-thread.ts';

type Settle = { readonly resolve: (json: string) => void; readonly reject: (error: Error) => void };

/** Files in one message to a thread: enough to keep it busy while the answer travels. */
const batchBytes = 256 * 1024;
/** Batches on their way to one thread, so that the bytes of a large tree do not pile up. */
const batchesAhead = 2;

/** Threads that read files into facts. */
export class ThreadPool implements Disposable {
  readonly #threads: { readonly worker: Worker; batches: number }[] = [];
  readonly #settle = new Map<number, Settle>();
  #batch: ReadingTask[] = [];
  #batchSize = 0;
  #next = 0;
  #failure: Error | undefined;
  #onRoom: (() => void) | undefined;

  constructor(threads: number) {
    const here = import.meta.url;
    for (let index = 0; index < threads; index += 1) {
      const thread = { worker: new Worker(new URL(`./reading-thread${extname(here)}`, here)), batches: 0 };
      thread.worker.on('message', (answers: readonly ReadingAnswer[]) => this.#take(thread, answers));
      thread.worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
      this.#threads.push(thread);
    }
  }

  /** Facts of one file as JSON. */
  read(task: Omit<ReadingTask, 'id'>): Promise<string> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#settle.set(id, { resolve, reject });
      this.#batch.push({ id, ...task });
      this.#batchSize += task.bytes.byteLength;
      if (this.#failure !== undefined) reject(this.#failure);
    });
  }

  /** Resolves when another file may be given: immediately, or when a thread has caught up. */
  async room(): Promise<void> {
    if (this.#batchSize < batchBytes) return;
    await this.#send();
  }

  /** Sends what is left. */
  async flush(): Promise<void> {
    if (this.#batch.length > 0) await this.#send();
  }

  async #send(): Promise<void> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const thread = this.#threads.reduce((a, b) => (b.batches < a.batches ? b : a));
      if (thread.batches < batchesAhead) {
        thread.batches += 1;
        thread.worker.postMessage(this.#batch);
        this.#batch = [];
        this.#batchSize = 0;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  #take(thread: { batches: number }, answers: readonly ReadingAnswer[]): void {
    thread.batches -= 1;
    for (const { id, json } of answers) {
      this.#settle.get(id)?.resolve(json);
      this.#settle.delete(id);
    }
    this.#onRoom?.();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#settle.values()) reject(this.#failure);
    this.#settle.clear();
    this.#onRoom?.();
  }

  [Symbol.dispose](): void {
    for (const { worker } of this.#threads) void worker.terminate();
  }
}
