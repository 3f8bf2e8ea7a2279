import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createBz2Workspace, decodeBz2Block } from './bz2-block.ts';
import { Bz2Damage } from './bz2-tables.ts';
import type { Bz2Answer, Bz2Job } from './bz2-thread.ts';

export type DecodedBlock = { readonly bytes: Buffer } | { readonly damage: string };

/** Files of fewer blocks are not worth a thread. */
const inlineBlocks = 3;

/** Decodes blocks in threads, which are started when there is work for them. Answers come by job, not by order. */
export class Bz2Pool implements Disposable {
  readonly threadCount: number;
  readonly #threads: { readonly worker: Worker; jobs: number }[] = [];
  readonly #waiting = new Map<number, (block: DecodedBlock) => void>();
  readonly #workspace = createBz2Workspace();
  #nextId = 0;

  constructor(threadCount: number) {
    this.threadCount = threadCount;
  }

  /** How many blocks may be under way: two a thread, so that none waits for the next. */
  get depth(): number {
    return this.threadCount * 2;
  }

  async decode(bytes: Uint8Array, startBit: number, endBit: number): Promise<DecodedBlock> {
    const id = this.#nextId++;
    if (id < inlineBlocks || this.threadCount === 0) return this.#decodeHere(bytes, startBit, endBit);
    const thread = this.#freeThread();
    thread.jobs += 1;
    const job: Bz2Job = { id, bytes, startBit, endBit };
    const { promise, resolve } = Promise.withResolvers<DecodedBlock>();
    this.#waiting.set(id, resolve);
    thread.worker.postMessage(job);
    const block = await promise;
    thread.jobs -= 1;
    return block;
  }

  [Symbol.dispose](): void {
    for (const { worker } of this.#threads.splice(0)) void worker.terminate();
    for (const resolve of this.#waiting.values()) resolve({ damage: 'reading was ended' });
    this.#waiting.clear();
  }

  #decodeHere(bytes: Uint8Array, startBit: number, endBit: number): DecodedBlock {
    try {
      const { buffer, byteLength } = decodeBz2Block(bytes, startBit, endBit, this.#workspace);
      return { bytes: Buffer.from(buffer, 0, byteLength) };
    } catch (error) {
      if (error instanceof Bz2Damage) return { damage: error.message };
      throw error;
    }
  }

  #freeThread(): { readonly worker: Worker; jobs: number } {
    const idle = this.#threads.find(({ jobs }) => jobs === 0);
    if (idle) return idle;
    if (this.#threads.length < this.threadCount) return this.#startThread();
    return this.#threads.reduce((least, thread) => (thread.jobs < least.jobs ? thread : least));
  }

  #startThread(): { readonly worker: Worker; jobs: number } {
    const here = import.meta.url;
    const thread = { worker: new Worker(new URL(`./bz2-thread${extname(here)}`, here)), jobs: 0 };
    thread.worker.on('message', ({ id, output, length, damage }: Bz2Answer) => {
      const resolve = this.#waiting.get(id);
      this.#waiting.delete(id);
      resolve?.(output === undefined ? { damage: damage ?? 'unknown' } : { bytes: Buffer.from(output, 0, length) });
    });
    thread.worker.on('error', (error) => this.#failed(error));
    this.#threads.push(thread);
    return thread;
  }

  /** A thread that dies (out of memory) must not leave anybody waiting. */
  #failed(error: unknown): void {
    for (const resolve of this.#waiting.values()) resolve({ damage: `a decoding thread ended: ${String(error)}` });
    this.#waiting.clear();
  }
}
