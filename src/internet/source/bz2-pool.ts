import { extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Bz2Workspace, createBz2Workspace, decodeBz2Block } from './bz2-block.ts';
import { Bz2Damage } from './bz2-tables.ts';
import type { Bz2Answer, Bz2Job } from './bz2-thread.ts';

export type DecodedBlock = { readonly bytes: Buffer } | { readonly damage: string };

/** A block that was cut out of the file: its bytes are given away, nobody may look at them afterwards. */
export interface PackedBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly startBit: number;
  readonly endBit: number;
}

interface HeldBlock {
  readonly block: PackedBlock;
  readonly resolve: (decoded: DecodedBlock | Promise<DecodedBlock>) => void;
}

/** Files of so few blocks are not worth a thread. */
const fewBlocks = 3;
/** How many blocks a thread has before it, so that it never waits for the next. */
const blocksAThread = 3;

/**
 * Decodes blocks in threads, which are started when there is work for them. Answers come by block, not by order. The
 * first few blocks are held back: only when more follow are threads worth their start.
 */
export class Bz2Pool implements Disposable {
  readonly threadCount: number;
  readonly #threads: { readonly worker: Worker; jobs: number }[] = [];
  readonly #waiting = new Map<number, (block: DecodedBlock) => void>();
  #workspace: Bz2Workspace | undefined;
  #held: HeldBlock[] = [];
  #areMany = false;
  #nextId = 0;

  constructor(threadCount: number) {
    this.threadCount = threadCount;
  }

  /** How many blocks may be under way; more than are held back. */
  get depth(): number {
    return this.threadCount === 0 ? 0 : Math.max(fewBlocks, this.threadCount * blocksAThread);
  }

  async decode(block: PackedBlock): Promise<DecodedBlock> {
    if (this.threadCount === 0) return await this.#decodeHere(block);
    if (this.#areMany) return await this.#decodeThere(block);
    const { promise, resolve } = Promise.withResolvers<DecodedBlock>();
    this.#held.push({ block, resolve });
    if (this.#held.length > fewBlocks) {
      this.#areMany = true;
      for (const held of this.#held.splice(0)) held.resolve(this.#decodeThere(held.block));
    }
    return await promise;
  }

  /** No more blocks come: those held back are decoded in this thread, with a turn for others after each. */
  async finish(): Promise<void> {
    for (const { block, resolve } of this.#held.splice(0)) resolve(await this.#decodeHere(block));
  }

  [Symbol.dispose](): void {
    for (const { worker } of this.#threads.splice(0)) void worker.terminate();
    for (const resolve of this.#waiting.values()) resolve({ damage: 'reading was ended' });
    for (const { resolve } of this.#held.splice(0)) resolve({ damage: 'reading was ended' });
    this.#waiting.clear();
  }

  /** A block takes some ten milliseconds, and a chunk of the file may hold many of them. */
  async #decodeHere({ bytes, startBit, endBit }: PackedBlock): Promise<DecodedBlock> {
    await nextTurn();
    this.#workspace ??= createBz2Workspace();
    try {
      const { buffer, byteLength } = decodeBz2Block(bytes, startBit, endBit, this.#workspace);
      return { bytes: Buffer.from(buffer, 0, byteLength) };
    } catch (error) {
      if (error instanceof Bz2Damage) return { damage: error.message };
      throw error;
    }
  }

  async #decodeThere({ bytes, startBit, endBit }: PackedBlock): Promise<DecodedBlock> {
    const id = this.#nextId++;
    const thread = this.#freeThread();
    thread.jobs += 1;
    const { promise, resolve } = Promise.withResolvers<DecodedBlock>();
    this.#waiting.set(id, resolve);
    thread.worker.postMessage({ id, bytes, startBit, endBit } satisfies Bz2Job, [bytes.buffer]);
    const block = await promise;
    thread.jobs -= 1;
    return block;
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
    thread.worker.on('error', (error) => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      this.#failed(error);
    });
    this.#threads.push(thread);
    return thread;
  }

  /** A thread that dies (out of memory) must not leave anybody waiting. */
  #failed(error: unknown): void {
    for (const resolve of this.#waiting.values()) resolve({ damage: `a decoding thread ended: ${String(error)}` });
    this.#waiting.clear();
  }
}
