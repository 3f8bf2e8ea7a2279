import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NetwrightError } from '#core';
import { type KnownCertificate, type KnownCertificates, readFingerprint } from './certificate-check.ts';

/**
 * Certificates in a file of lines such as `192.0.2.7:443 SHA256:AB:CD:…`, mode 0600. It is read again when another
 * process has written it; `#` begins a comment.
 */
export function openKnownCertificates(path: string): KnownCertificates {
  return new KnownCertificatesFile(path);
}

class KnownCertificatesFile implements KnownCertificates {
  readonly #path: string;
  #hosts = new Map<string, KnownCertificate[]>();
  #stamp = 'never read';
  #endsInLine = true;
  #lines = 0;
  /** Readers and writers one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  find(host: string): Promise<readonly KnownCertificate[]> {
    return this.#inTurn(async () => {
      await this.#refresh();
      return this.#hosts.get(host) ?? [];
    });
  }

  add(host: string, { fingerprint }: KnownCertificate): Promise<void> {
    return this.#inTurn(async () => {
      await this.#refresh();
      if (this.#hosts.get(host)?.some((known) => known.fingerprint === fingerprint)) return;
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      const line = `${this.#endsInLine ? '' : '\n'}${host} ${fingerprint}\n`;
      const bytes = await sizeOf(this.#path);
      await appendFile(this.#path, line, { mode: 0o600 });
      // Unless another process wrote too, it is known what the file holds now; otherwise the next look reads it.
      if ((await sizeOf(this.#path)) !== bytes + Buffer.byteLength(line)) return;
      this.#hosts.set(host, [
        ...(this.#hosts.get(host) ?? []),
        { fingerprint, source: `${this.#path}:${this.#lines + 1}` },
      ]);
      this.#lines += 1;
      this.#endsInLine = true;
      this.#stamp = await stampOf(this.#path);
    });
  }

  replace(host: string, { fingerprint }: KnownCertificate): Promise<void> {
    return this.#inTurn(async () => {
      const kept = (await this.#read()).split('\n').filter((line) => readLine(line)?.host !== host);
      while (kept.at(-1) === '') kept.pop();
      const temporary = `${this.#path}.${randomBytes(6).toString('hex')}`;
      try {
        await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
        await writeFile(temporary, `${[...kept, `${host} ${fingerprint}`].join('\n')}\n`, { mode: 0o600 });
        await rename(temporary, this.#path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    try {
      return await done;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new NetwrightError(code === 'ENOSPC' ? 'NW_STORE_FULL' : 'NW_STORE_FAILED', `${this.#path}: ${message}`, {
        cause: error,
      });
    }
  }

  /** Looks at the file first: for thousands of devices it is not read for each of them. */
  async #refresh(): Promise<void> {
    const stamp = await stampOf(this.#path);
    if (stamp === this.#stamp) return;
    const hosts = new Map<string, KnownCertificate[]>();
    const text = await this.#read();
    const lines = text.split('\n');
    this.#endsInLine = text === '' || text.endsWith('\n');
    this.#lines = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    for (const [at, line] of lines.entries()) {
      const entry = readLine(line);
      if (entry === undefined) continue;
      const certificate = { fingerprint: entry.fingerprint, source: `${this.#path}:${at + 1}` };
      hosts.set(entry.host, [...(hosts.get(entry.host) ?? []), certificate]);
    }
    this.#hosts = hosts;
    this.#stamp = stamp;
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  const stamp = await stampOf(path);
  return stamp === 'missing' ? 0 : Number(stamp.split(' ')[1]);
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}

function readLine(line: string): { readonly host: string; readonly fingerprint: string } | undefined {
  const [host = '', text = ''] = line.trim().split(/\s+/);
  if (host === '' || host.startsWith('#')) return undefined;
  const fingerprint = readFingerprint(text);
  return fingerprint === undefined ? undefined : { host: host.toLowerCase(), fingerprint };
}
