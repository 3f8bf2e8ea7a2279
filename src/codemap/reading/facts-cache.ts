import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Facts of files by their content, kept in one file for each tree and reader: a line a file, `<hash>\t<json>`.
 * A damaged cache is an empty one: everything in it can be read again from the code.
 */
export class FactsCache {
  readonly #path: string | undefined;
  readonly #known = new Map<string, string>();
  readonly #used = new Map<string, string>();
  #isChanged = false;

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  static async open(folder: string | undefined, root: string, version: string): Promise<FactsCache> {
    if (folder === undefined) return new FactsCache(undefined);
    const name = createHash('sha256').update(`${root}\0${version}`).digest('hex').slice(0, 24);
    const cache = new FactsCache(join(folder, `${name}.facts`));
    await cache.#load();
    return cache;
  }

  async #load(): Promise<void> {
    let text: string;
    try {
      text = await readFile(this.#path!, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf('\n', start);
      if (end < 0) return; // the last line was cut off while it was written
      const line = text.slice(start, end);
      if (line[64] === '\t') this.#known.set(line.slice(0, 64), line.slice(65));
      start = end + 1;
    }
  }

  /** Facts as JSON. */
  get(hash: string): string | undefined {
    const json = this.#known.get(hash);
    if (json !== undefined) this.#used.set(hash, json);
    return json;
  }

  set(hash: string, json: string): void {
    if (this.#path === undefined) return;
    this.#used.set(hash, json);
    this.#isChanged = true;
  }

  forget(hash: string): void {
    this.#known.delete(hash);
    this.#used.delete(hash);
  }

  /** Writes what this reading used, in one step: a reader at the same time sees the old cache or the new one. */
  async save(): Promise<void> {
    if (this.#path === undefined || (!this.#isChanged && this.#used.size === this.#known.size)) return;
    await mkdir(join(this.#path, '..'), { recursive: true });
    const draft = `${this.#path}.${process.pid}`;
    try {
      const file = await open(draft, 'w');
      try {
        let block = '';
        for (const [hash, json] of this.#used) {
          block += `${hash}\t${json}\n`;
          if (block.length < 1_000_000) continue;
          await file.write(block);
          block = '';
        }
        await file.write(block);
      } finally {
        await file.close();
      }
      await rename(draft, this.#path);
    } finally {
      await rm(draft, { force: true });
    }
    this.#isChanged = false;
  }
}
