import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { abortError, NetwrightError } from '#core';
import { joinParts } from './join-parts.ts';
import type { CodeModel, CodeWarning } from './model.ts';
import type { PythonPackage, ReadOptions, ReadProgress } from './options.ts';
import type { LinkContext, ModelPart } from './reader.ts';
import { FactsCache } from './reading/facts-cache.ts';
import { type CodePlace, findCode } from './reading/find-code.ts';
import { pace } from './reading/pace.ts';
import { progressTeller } from './reading/progress.ts';
import { type AnyReader, languagesOf, loadReader, type ReaderName, readerNames, readerOf } from './reading/readers.ts';
import { ThreadPool } from './reading/thread-pool.ts';
import { isWanted, walk } from './reading/walk.ts';

const defaultMaxFileBytes = 2 * 1024 * 1024;
/** A thread takes some 60 ms to start and load a grammar, in which this one reads as much code. */
const bytesThatPayForAThread = 1_500_000;
/** Beside-files (tables in YAML) above this are data, not descriptions of classes. */
const maxBesideBytes = 1024 * 1024;

interface KnownFile {
  readonly hash: string;
  readonly facts: unknown;
}

/**
 * A tree of code that stays in memory: {@link CodeIndex.refresh} reads again only what changed and links anew.
 * {@link readCode} is the same for one reading.
 */
export class CodeIndex {
  readonly #place: CodePlace;
  readonly #options: ReadOptions;
  readonly #known = new Map<string, KnownFile>();
  readonly #readers = new Map<ReaderName, AnyReader>();
  readonly #skipped = new Map<string, CodeWarning>();
  #caches = new Map<ReaderName, FactsCache>();
  #files: readonly string[] = [];
  #model: CodeModel | undefined;
  #cached = 0;

  private constructor(place: CodePlace, options: ReadOptions) {
    this.#place = place;
    this.#options = options;
  }

  /**
   * Reads a folder or an installed Python package.
   *
   * @throws NetwrightError `NW_CODE_NOT_FOUND` when there is no such folder or package or no code in it;
   *   `NW_CANCELLED` when `signal` aborts.
   */
  static async open(from: string | PythonPackage, options: ReadOptions = {}): Promise<CodeIndex> {
    const index = new CodeIndex(findCode(from), options);
    await index.refresh();
    return index;
  }

  get model(): CodeModel {
    return this.#model!;
  }

  /**
   * Brings the model up to date.
   *
   * @param changed paths below the root that changed, appeared or went; default: looks at every file.
   */
  async refresh(changed?: readonly string[]): Promise<CodeModel> {
    const { signal, onProgress } = this.#options;
    const tell = progressTeller(onProgress);
    const breathe = pace(signal);
    const progress = (stage: ReadProgress['stage'], filesDone: number, filesTotal: number) =>
      tell({ stage, filesDone, filesTotal, filesCached: this.#cached });
    if (signal?.aborted === true) throw abortError(signal);
    this.#cached = 0;
    if (changed === undefined) await this.#look(breathe, (done) => progress('walking', done, done));
    else this.#lookAt(changed);
    const code = this.#files.filter((path) => this.#readerOf(path) !== undefined);
    if (code.length === 0) throw this.#nothing();
    const stale = changed === undefined ? code : changed.filter((path) => code.includes(path));
    for (const path of this.#known.keys()) if (!code.includes(path) && changed !== undefined) this.#known.delete(path);
    await this.#read(stale, breathe, (done) => progress('reading', done, stale.length));
    progress('linking', code.length, code.length);
    this.#model = await this.#link(code, breathe);
    tell({ stage: 'done', filesDone: code.length, filesTotal: code.length, filesCached: this.#cached });
    return this.#model;
  }

  #readerOf(path: string): ReaderName | undefined {
    const name = readerOf(path);
    if (name === undefined || !isWanted(path, [...(this.#options.only ?? []), ...(this.#place.only ?? [])]))
      return undefined;
    const { languages } = this.#options;
    return languages === undefined || languagesOf[name].some((one) => languages.includes(one)) ? name : undefined;
  }

  #nothing(): NetwrightError {
    const { root } = this.#place;
    const filters = this.#options.only === undefined ? '' : ` that matches ${this.#options.only.join(', ')}`;
    return new NetwrightError(
      'NW_CODE_NOT_FOUND',
      `${root}: no Python, TypeScript or JavaScript file among ${this.#files.length} ${this.#files.length === 1 ? 'file' : 'files'}${filters}`,
    );
  }

  async #look(breathe: () => Promise<void> | undefined, onFiles: (done: number) => void): Promise<void> {
    let found = 0;
    const exclude = this.#options.exclude ?? [];
    const onFile = () => {
      found += 1;
      onFiles(found);
      return breathe();
    };
    this.#files = await walk(this.#place.root, { only: [], exclude, onFile });
    const present = new Set(this.#files);
    for (const path of this.#known.keys()) if (!present.has(path)) this.#known.delete(path);
  }

  #lookAt(changed: readonly string[]): void {
    const files = new Set(this.#files);
    const before = files.size;
    let isSame = true;
    for (const path of changed) {
      const stats = statSync(join(this.#place.root, path), { throwIfNoEntry: false });
      if (stats?.isFile() === true) files.add(path);
      else isSame = !files.delete(path) && isSame;
    }
    if (!isSame || files.size !== before) this.#files = [...files].sort();
  }

  async #read(
    paths: readonly string[],
    breathe: () => Promise<void> | undefined,
    onFile: (done: number) => void,
  ): Promise<void> {
    const { root } = this.#place;
    const { cacheFolder } = this.#options;
    const names = readerNames.filter((name) => paths.some((path) => this.#readerOf(path) === name));
    for (const name of names) {
      if (!this.#readers.has(name)) this.#readers.set(name, await loadReader(name));
      if (!this.#caches.has(name)) {
        this.#caches.set(name, await FactsCache.open(cacheFolder, root, this.#readers.get(name)!.version));
      }
    }
    using pool = this.#pool(paths);
    const answers: Promise<void>[] = [];
    let done = 0;
    for (const path of paths) {
      const bytes = this.#bytesOf(path);
      if (bytes !== undefined) {
        const later = this.#readOne(path, bytes, pool);
        if (later !== undefined) {
          // Marked as handled here: the same failure comes out of the wait below.
          later.catch(() => {});
          answers.push(later);
        }
      }
      if (pool !== undefined) await pool.room();
      done += 1;
      onFile(done);
      await breathe();
    }
    await pool?.flush();
    await Promise.all(answers);
    if (this.#options.signal?.aborted === true) throw abortError(this.#options.signal);
    for (const cache of this.#caches.values()) await cache.save();
  }

  /** Threads, when so much is to be read that they pay. */
  #pool(paths: readonly string[]): ThreadPool | undefined {
    const most = Math.min(this.#options.threads ?? availableParallelism(), 16);
    if (most < 1 || paths.length < 200) return undefined;
    let bytes = 0;
    for (const path of paths) {
      bytes += statSync(join(this.#place.root, path), { throwIfNoEntry: false })?.size ?? 0;
      if (bytes > bytesThatPayForAThread * most) break;
    }
    const threads = Math.min(most, Math.floor(bytes / bytesThatPayForAThread));
    return threads < 1 ? undefined : new ThreadPool(threads);
  }

  /** Read at once: a small file is faster read than a thread of the pool asked for it, and the pace is kept between. */
  #bytesOf(path: string): Uint8Array | undefined {
    const most = this.#options.maxFileBytes ?? defaultMaxFileBytes;
    const skip = (message: string): undefined => {
      this.#known.delete(path);
      this.#skipped.set(path, { kind: 'skipped', at: { file: path, line: 1 }, message });
    };
    this.#skipped.delete(path);
    try {
      const full = join(this.#place.root, path);
      const { size } = statSync(full);
      if (size <= most) return readFileSync(full);
      return skip(`${shownBytes(size)}, more than ${shownBytes(most)}: skipped`);
    } catch (error) {
      return skip(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}): skipped`);
    }
  }

  #readOne(path: string, bytes: Uint8Array, pool: ThreadPool | undefined): Promise<void> | undefined {
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (this.#known.get(path)?.hash === hash) {
      this.#cached += 1;
      return undefined;
    }
    const name = this.#readerOf(path)!;
    const cache = this.#caches.get(name)!;
    const kept = cache.get(hash);
    const facts = kept === undefined ? undefined : parsed(kept);
    if (facts !== undefined) {
      this.#cached += 1;
      this.#known.set(path, { hash, facts });
      return undefined;
    }
    if (kept !== undefined) cache.forget(hash);
    if (pool === undefined) {
      const own = this.#readers.get(name)!.readFile({ path, bytes });
      this.#known.set(path, { hash, facts: own });
      if (this.#options.cacheFolder !== undefined) cache.set(hash, JSON.stringify(own));
      return undefined;
    }
    return pool.read({ reader: name, path, bytes }).then((json) => {
      this.#known.set(path, { hash, facts: JSON.parse(json) });
      cache.set(hash, json);
    });
  }

  async #link(code: readonly string[], breathe: () => Promise<void> | undefined): Promise<CodeModel> {
    const { root, name } = this.#place;
    const files = new Set(this.#files);
    const context: LinkContext = {
      root,
      name,
      files,
      readBeside: (path) => (files.has(path) ? besideText(root, path) : undefined),
      breathe,
    };
    const parts: ModelPart[] = [];
    for (const readerName of readerNames) {
      const facts = new Map<string, unknown>();
      for (const path of code) {
        const known = this.#readerOf(path) === readerName ? this.#known.get(path) : undefined;
        if (known !== undefined) facts.set(path, known.facts);
      }
      const reader = this.#readers.get(readerName);
      if (facts.size > 0 && reader !== undefined) parts.push(await reader.link(facts, context));
    }
    return joinParts({ root, name }, parts, [...this.#skipped.values()]);
  }
}

/** A line of the cache that was damaged on the disk is read again from the code. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function besideText(root: string, path: string): string | undefined {
  const full = join(root, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  return stats === undefined || stats.size > maxBesideBytes ? undefined : readFileSync(full, 'utf8');
}

const shownBytes = (bytes: number) =>
  bytes >= 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
