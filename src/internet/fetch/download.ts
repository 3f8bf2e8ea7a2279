import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { abortError, asNetwrightError, NetwrightError } from '#core';

export interface DownloadOptions {
  readonly url: string;
  /** Where it goes; `<file>.part` and `<file>.source.json` stand beside it. */
  readonly file: string;
  /** Text with the MD5 of the file in it. */
  readonly checksumUrl?: string;
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** Waits before a request; the place to be polite. */
  readonly beforeRequest?: (url: string) => Promise<void>;
  /** Further attempts after a failure that may pass. */
  readonly retries: number;
  /** Wait before the first of them, in milliseconds; twice as long before each other. */
  readonly retryDelayMs: number;
  readonly nowMs: () => number;
}

export interface Downloaded {
  /** `unchanged`: the server says that the file at hand is the newest. */
  readonly outcome: 'downloaded' | 'resumed' | 'unchanged';
  readonly bytes: number;
  /** Of the whole file, in hex. */
  readonly sha256: string;
  /** Whether a published checksum was compared. */
  readonly isChecked: boolean;
}

/** What is remembered of a file, to ask for it only when it is another one, and to go on with the same. */
interface Remembered {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly fetchedMs?: number;
}

const userAgent = 'netwright (+https://www.npmjs.com/package/netwright)';
/** Nothing at all for so long ends an attempt. */
const idleMs = 60_000;
const largestChecksumFile = 65_536;

/**
 * Downloads one file: asks whether it has changed, goes on where an earlier attempt stopped, compares the published
 * checksum, and puts the file in place only when it is whole.
 * @throws NetwrightError `NW_INTERNET_FETCH` after the last attempt, `NW_CANCELLED`.
 */
export async function download(options: DownloadOptions): Promise<Downloaded> {
  const { retries, retryDelayMs, signal } = options;
  await mkdir(dirname(options.file), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    if (signal?.aborted) throw abortError(signal);
    try {
      return await attemptDownload(options);
    } catch (error) {
      if (signal?.aborted) throw abortError(signal);
      const failure = asFetchError(options.url, error);
      if (!failure.retryable || attempt >= retries) throw failure;
      const asked = failure.details['retryAfterMs'];
      await pause(Math.max(typeof asked === 'number' ? asked : 0, retryDelayMs * 2 ** attempt), signal);
    }
  }
}

async function attemptDownload(options: DownloadOptions): Promise<Downloaded> {
  const { url, file, dispatcher, signal } = options;
  const part = `${file}.part`;
  const whole = await remembered(`${file}.source.json`, url, file);
  const begun = await remembered(`${part}.json`, url, part);
  const have = begun === undefined ? 0 : (await stat(part)).size;
  const headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
  const validator = strong(begun?.etag) ?? begun?.lastModified;
  if (have > 0 && validator !== undefined) {
    headers['range'] = `bytes=${have}-`;
    headers['if-range'] = validator;
  } else if (whole !== undefined) {
    if (whole.etag !== undefined) headers['if-none-match'] = whole.etag;
    if (whole.lastModified !== undefined) headers['if-modified-since'] = whole.lastModified;
  }
  await options.beforeRequest?.(url);
  const answer = await request(url, {
    dispatcher,
    headers,
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    ...(signal && { signal }),
  });
  const { statusCode, body } = answer;
  const header = (name: string): string | undefined => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  if (statusCode === 304 && whole !== undefined) {
    await body.dump();
    return { outcome: 'unchanged', bytes: whole.bytes ?? 0, sha256: whole.sha256 ?? '', isChecked: false };
  }
  const isResumed = statusCode === 206 && startOf(header('content-range')) === have;
  if (statusCode !== 200 && !isResumed) {
    await body.dump();
    // The part is longer than the file has become, or of another one: begin anew.
    if (statusCode === 416 || statusCode === 206) await forget(part);
    throw statusError(url, statusCode, header('retry-after'), options.nowMs());
  }
  const [etag, lastModified] = [header('etag'), header('last-modified')];
  const source: Remembered = { url, ...(etag && { etag }), ...(lastModified && { lastModified }) };
  const kept = isResumed ? have : 0;
  if (!isResumed) await writeFile(`${part}.json`, JSON.stringify(source));
  const length = header('content-length');
  const total = length === undefined ? undefined : kept + Number(length);
  const hashes = [createHash('sha256'), createHash('md5')] as const;
  if (isResumed) for await (const chunk of createReadStream(part)) update(hashes, chunk as Buffer);
  const bytes = await append(part, kept, body, hashes, (count) => options.onProgress?.(count, total));
  if (total !== undefined && bytes !== total) {
    throw new NetwrightError('NW_INTERNET_FETCH', `${url}: expected ${total} bytes, ${bytes} came`);
  }
  const [sha256, md5] = hashes.map((hash) => hash.digest('hex')) as [string, string];
  const isChecked = await compareChecksum(options, md5, part);
  await rename(part, file);
  await rm(`${part}.json`, { force: true });
  const facts: Remembered = { ...source, bytes, sha256, fetchedMs: options.nowMs() };
  await writeFile(`${file}.source.json`, `${JSON.stringify(facts, null, 2)}\n`);
  return { outcome: isResumed ? 'resumed' : 'downloaded', bytes, sha256, isChecked };
}

async function append(
  part: string,
  from: number,
  body: AsyncIterable<Uint8Array>,
  hashes: readonly Hash[],
  onBytes: (count: number) => void,
): Promise<number> {
  let handle: FileHandle | undefined;
  let count = from;
  try {
    handle = await open(part, from > 0 ? 'a' : 'w');
    for await (const chunk of body) {
      await handle.writeFile(chunk);
      update(hashes, chunk);
      count += chunk.length;
      onBytes(count);
    }
    await handle.sync();
    return count;
  } finally {
    await handle?.close();
  }
}

async function compareChecksum(options: DownloadOptions, md5: string, part: string): Promise<boolean> {
  const { checksumUrl, dispatcher, signal, beforeRequest } = options;
  if (checksumUrl === undefined) return false;
  await beforeRequest?.(checksumUrl);
  const { statusCode, body } = await request(checksumUrl, {
    dispatcher,
    headers: { 'user-agent': userAgent },
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    ...(signal && { signal }),
  });
  if (statusCode !== 200) {
    await body.dump();
    return false;
  }
  let text = '';
  for await (const chunk of body) {
    text += String(chunk);
    if (text.length > largestChecksumFile) break;
  }
  const published = /\b[0-9a-f]{32}\b/i.exec(text)?.[0].toLowerCase();
  if (published === undefined) return false;
  if (published === md5) return true;
  await forget(part);
  throw new NetwrightError('NW_INTERNET_FETCH', `${options.url}: expected MD5 ${published} as published, ${md5} came`);
}

/** Undefined when nothing is remembered, of another address, or the file is gone. */
async function remembered(facts: string, url: string, file: string): Promise<Remembered | undefined> {
  try {
    await stat(file);
    const known = JSON.parse(await readFile(facts, 'utf8')) as Remembered;
    return known.url === url ? known : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function forget(part: string): Promise<void> {
  for (const file of [part, `${part}.json`]) await rm(file, { force: true });
}

function statusError(url: string, status: number, retryAfter: string | undefined, nowMs: number): NetwrightError {
  const retryable = status === 206 || status === 408 || status === 416 || status === 429 || status >= 500;
  const seconds = Number(retryAfter);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter ?? '') - nowMs;
  return new NetwrightError('NW_INTERNET_FETCH', `${url}: expected the file, got status ${status}`, {
    retryable,
    // A server that asks for an hour is asked again by the user, not by us.
    details: { status, ...(waitMs > 0 && { retryAfterMs: Math.min(waitMs, idleMs) }) },
  });
}

function asFetchError(url: string, error: unknown): NetwrightError {
  if (error instanceof NetwrightError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') return asNetwrightError(error, 'NW_INTERNET_FILE');
  const cause = (error as Error).cause instanceof Error ? `: ${((error as Error).cause as Error).message}` : '';
  return new NetwrightError('NW_INTERNET_FETCH', `${url}: ${(error as Error).message || code}${cause}`, {
    cause: error,
  });
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw abortError(signal);
    throw error;
  }
}

function update(hashes: readonly Hash[], chunk: Uint8Array): void {
  for (const hash of hashes) hash.update(chunk);
}

/** RFC 9110: a weak one says nothing of bytes, and may not stand in If-Range. */
const strong = (etag: string | undefined): string | undefined => (etag?.startsWith('W/') ? undefined : etag);
const startOf = (range: string | undefined): number => Number(/^bytes (\d+)-/.exec(range ?? '')?.[1] ?? Number.NaN);
