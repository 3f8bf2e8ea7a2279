import { NetwrightError } from '#core';
import { type GitChild, gitEnd, spawnGit, storeError } from './git-process.ts';

/** Milliseconds without a question after which the process is let go. */
const idleMs = 15_000;

interface Question {
  readonly id: string;
  readonly resolve: (answer: GitObject) => void;
  readonly reject: (error: unknown) => void;
}

export interface GitObject {
  readonly type: string;
  readonly sizeBytes: number;
  /** Empty with `contents: false`. */
  readonly content: Buffer;
}

/**
 * Reads objects through one `git cat-file --batch` (or `--batch-check`) that is started when first asked, kept while
 * questions come, and let go when none did for a while. A process that dies, at a damaged object say, fails the
 * questions that wait; the next question starts another.
 */
export class ObjectReader {
  readonly #repository: string;
  readonly #contents: boolean;
  #child: GitChild | undefined;
  #questions: Question[] = [];
  #idle: NodeJS.Timeout | undefined;
  #chunks: Buffer[] = [];
  #held = 0;
  /** Of the answer that is coming in: its header, once that is known. */
  #header: { readonly type: string; readonly sizeBytes: number } | undefined;

  constructor(repository: string, options: { readonly contents?: boolean } = {}) {
    this.#repository = repository;
    this.#contents = options.contents ?? true;
  }

  /** @throws `NW_STORE_FAILED` when the object is missing or damaged. */
  read(id: string): Promise<GitObject> {
    if (!/^[\w/^~{}:.-]+$/.test(id)) {
      return Promise.reject(new NetwrightError('NW_STORE_FAILED', `"${id}" names no object`));
    }
    clearTimeout(this.#idle);
    const child = this.#child ?? this.#start();
    return new Promise((resolve, reject) => {
      this.#questions.push({ id, resolve, reject });
      child.stdin.write(`${id}\n`);
    });
  }

  /** Lets the process go; questions that wait are answered first. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await closed;
  }

  #start(): GitChild {
    const child = spawnGit(this.#repository, ['cat-file', this.#contents ? '--batch' : '--batch-check']);
    this.#child = child;
    this.#chunks = [];
    this.#held = 0;
    this.#header = undefined;
    child.stdin.on('error', () => undefined); // the end of the process tells why
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    // Bound to this child: a later one has questions of its own.
    const mine = this.#questions;
    const lost = (error: unknown): void => {
      if (this.#child === child) this.#child = undefined;
      if (this.#questions === mine) this.#questions = [];
      for (const { reject } of mine.splice(0)) reject(error);
    };
    gitEnd(child).then(
      (end) => lost(storeError(`git cat-file in ${this.#repository} ended with ${end.code ?? 'a signal'}`, end.words)),
      lost,
    );
    return child;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#answer()) {
      // one answer after the other
    }
    if (this.#questions.length === 0) {
      this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  /** Takes one whole answer out of what came; false when there is none yet. */
  #answer(): boolean {
    if (this.#header === undefined) {
      const last = this.#chunks.at(-1);
      if (last === undefined || this.#questions.length === 0) return false;
      // A header is one short line: it may be split, but never buried under many chunks.
      const held = this.#join();
      const newline = held.indexOf(0x0a);
      if (newline === -1) return false;
      const line = held.toString('utf8', 0, newline);
      this.#keep(held.subarray(newline + 1));
      const match = /^[0-9a-f]+ (\w+) (\d+)$/.exec(line);
      if (!match) {
        const question = this.#questions.shift();
        question?.reject(new NetwrightError('NW_STORE_FAILED', `${this.#repository}: object ${line || question.id}`));
        return true;
      }
      this.#header = { type: match[1]!, sizeBytes: Number(match[2]) };
    }
    const { type, sizeBytes } = this.#header;
    if (!this.#contents) {
      this.#header = undefined;
      this.#questions.shift()?.resolve({ type, sizeBytes, content: Buffer.alloc(0) });
      return true;
    }
    if (this.#held < sizeBytes + 1) return false;
    const held = this.#join();
    this.#header = undefined;
    this.#keep(held.subarray(sizeBytes + 1));
    this.#questions.shift()?.resolve({ type, sizeBytes, content: held.subarray(0, sizeBytes) });
    return true;
  }

  #join(): Buffer {
    const held = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [held];
    return held;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
  }
}
