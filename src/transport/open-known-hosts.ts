import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, NetwrightError, systemClock } from '#core';
import { HashedHosts } from './hashed-hosts.ts';
import type { KnownHostKey, KnownHosts } from './known-hosts.ts';
import { hostsMatch, isPlain, type KnownHostsLine, parseKnownHostsLine } from './known-hosts-file.ts';

/** How often, at most, the files are looked at for changes of others. */
const refreshEveryMs = 1000;
const linesPerTurn = 2000;

/**
 * Known hosts in OpenSSH's files.
 * @param options.write our own file, made with mode 0600 on the first new key; the only one that is written
 * @param options.read files of others (`/etc/ssh/ssh_known_hosts`, `~/.ssh/known_hosts`), honoured and left alone
 */
export async function openKnownHosts(options: {
  readonly write: string;
  readonly read?: readonly string[];
  readonly clock?: Clock;
}): Promise<KnownHosts> {
  const hosts = new KnownHostsFiles(options.write, options.read ?? [], options.clock ?? systemClock);
  await hosts.load();
  return hosts;
}

class KnownHostsFiles implements KnownHosts {
  readonly #write: string;
  readonly #paths: readonly string[];
  readonly #clock: Clock;
  #files = new Map<string, KnownHostsIndex>();
  #stamps = new Map<string, string>();
  #lookedAtMs = 0;
  /** Keys that wait for the next append; one write carries all that came meanwhile. */
  #pending: string[] = [];
  #flushing: Promise<void> | undefined;
  /** Appends and replacements one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(write: string, read: readonly string[], clock: Clock) {
    this.#write = write;
    this.#paths = [write, ...read];
    this.#clock = clock;
  }

  find(host: string): readonly KnownHostKey[] {
    const name = host.toLowerCase();
    return [...this.#files.values()].flatMap((file) => file.find(name));
  }

  async add(host: string, key: KnownHostKey): Promise<void> {
    const name = host.toLowerCase();
    if (this.find(name).some((known) => known.key === key.key && known.marker === undefined)) return;
    const own = this.#own();
    own.lineCount += 1;
    own.add({ hosts: name, key: { type: key.type, key: key.key, source: `${this.#write}:${own.lineCount}` } });
    this.#pending.push(`${name} ${key.type} ${key.key}\n`);
    this.#flushing ??= this.#inTurn(() => this.#append());
    await this.#flushing;
  }

  async replace(host: string, key: KnownHostKey): Promise<void> {
    const name = host.toLowerCase();
    await this.#inTurn(async () => {
      await this.#append();
      const text = await readText(this.#write);
      const kept = text.split('\n').flatMap((line) => withoutHost(line, name));
      while (kept.at(-1) === '') kept.pop();
      await this.#rewrite(`${[...kept, `${name} ${key.type} ${key.key}`].join('\n')}\n`);
    });
  }

  async refresh(host?: string): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#lookedAtMs >= refreshEveryMs) {
      this.#lookedAtMs = now;
      await this.load();
    }
    if (host === undefined) return;
    for (const file of this.#files.values()) await file.lookUp(host.toLowerCase());
  }

  /** Reads the files that have changed since they were last read. */
  async load(): Promise<void> {
    for (const path of this.#paths) {
      const stamp = await stampOf(path);
      if (stamp === this.#stamps.get(path)) continue;
      // What is not yet written must not be forgotten by reading the file without it.
      if (path === this.#write && this.#flushing) continue;
      await this.#read(path, stamp);
    }
  }

  async #read(path: string, stamp: string): Promise<void> {
    const index = new KnownHostsIndex();
    const lines = (await readText(path)).split('\n');
    for (const [at, text] of lines.entries()) {
      const line = parseKnownHostsLine(text, `${path}:${at + 1}`);
      if (line) index.add(line);
      // A file of 50,000 hosts is no reason to hold up the conversations that run.
      if (at % linesPerTurn === linesPerTurn - 1) await nextTurn();
    }
    index.lineCount = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    // Keys that came while the file was read stand in the old index only.
    for (const line of this.#pending) {
      const pending = parseKnownHostsLine(line.trimEnd(), path);
      if (pending) index.add(pending);
    }
    this.#files.set(path, index);
    this.#stamps.set(path, stamp);
  }

  #own(): KnownHostsIndex {
    const own = this.#files.get(this.#write) ?? new KnownHostsIndex();
    this.#files.set(this.#write, own);
    return own;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #append(): Promise<void> {
    const lines = this.#pending;
    this.#pending = [];
    this.#flushing = undefined;
    if (lines.length === 0) return;
    try {
      await mkdir(dirname(this.#write), { recursive: true, mode: 0o700 });
      const isAsRead = (await stampOf(this.#write)) === this.#stamps.get(this.#write);
      const needsLineEnd = !(await endsWithNewline(this.#write));
      await appendFile(this.#write, (needsLineEnd ? '\n' : '') + lines.join(''), { mode: 0o600 });
      await chmod(this.#write, 0o600);
      // Unless somebody else wrote too, we know what the file holds; otherwise the next refresh reads it.
      if (isAsRead) this.#stamps.set(this.#write, await stampOf(this.#write));
    } catch (error) {
      throw storeError(this.#write, error);
    }
  }

  /** Puts the whole file in place at once: a reader sees the old one or the new one. */
  async #rewrite(text: string): Promise<void> {
    const temporary = `${this.#write}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(dirname(this.#write), { recursive: true, mode: 0o700 });
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#write);
      await this.#read(this.#write, await stampOf(this.#write));
    } catch (error) {
      await rm(temporary, { force: true });
      throw storeError(this.#write, error);
    }
  }
}

/** Lines by host, where that can be: a file of 50,000 devices is not searched through for each of them. */
class KnownHostsIndex {
  readonly #plain = new Map<string, KnownHostKey[]>();
  readonly #patterns: KnownHostsLine[] = [];
  readonly #hashed = new HashedHosts();
  /** Lines of the file, those that hold no key included. */
  lineCount = 0;

  add(line: KnownHostsLine): void {
    if (line.hosts.startsWith('|')) {
      this.#hashed.add(line.hosts, line.key);
      return;
    }
    if (!isPlain(line.hosts)) {
      this.#patterns.push(line);
      return;
    }
    for (const host of line.hosts.toLowerCase().split(',')) {
      const keys = this.#plain.get(host);
      if (keys) keys.push(line.key);
      else this.#plain.set(host, [line.key]);
    }
  }

  find(host: string): KnownHostKey[] {
    const matching = this.#patterns.filter((line) => hostsMatch(line.hosts, host)).map((line) => line.key);
    return [...(this.#plain.get(host) ?? []), ...matching, ...this.#hashed.find(host)];
  }

  async lookUp(host: string): Promise<void> {
    await this.#hashed.lookUp(host);
  }
}

/** The line without that host: nothing of it when it was the only one. Revocations and authorities stay. */
function withoutHost(line: string, host: string): string[] {
  const parsed = parseKnownHostsLine(line, '');
  if (!parsed || parsed.key.marker !== undefined || !hostsMatch(parsed.hosts, host)) return [line];
  const others = parsed.hosts.split(',').filter((one) => one.toLowerCase() !== host);
  if (parsed.hosts.startsWith('|') || others.length === 0) return [];
  // A pattern still means the host; the exception makes it mean it no longer.
  const hosts = hostsMatch(others.join(','), host) ? [...others, `!${host}`] : others;
  return [`${hosts.join(',')} ${parsed.key.type} ${parsed.key.key}`];
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (isMissing(error)) return '';
    throw storeError(path, error);
  }
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw storeError(path, error);
  }
}

async function endsWithNewline(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!file) return true;
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await file.close();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function storeError(path: string, error: unknown): NetwrightError {
  if (error instanceof NetwrightError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new NetwrightError(
    code === 'ENOSPC' ? 'NW_STORE_FULL' : 'NW_STORE_FAILED',
    `known hosts ${path}: ${message}`,
    {
      cause: error,
    },
  );
}
