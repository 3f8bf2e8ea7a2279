import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { abortError, NetwrightError } from '#core';
import { type Compression, type SourceFormat, sniffCompression, sniffFormat } from './sniff.ts';
import { unpackBz2 } from './unpack-bz2.ts';
import { unpackGzip, unpackZstd } from './unpack-zlib.ts';

/** A path, bytes in memory, or a stream of bytes; the latter two may carry a name for reports. */
export type SourceInput =
  | string
  | Uint8Array
  | { readonly name: string; readonly bytes: Uint8Array | AsyncIterable<Uint8Array> };

export interface OpenSourceOptions {
  readonly signal?: AbortSignal;
  /** Called as the packed file is read; the size is unknown for streams. */
  readonly onProgress?: (progress: SourceProgress) => void;
  /** For bzip2. Default: as many as the machine has processors; 0 decodes in this thread. */
  readonly threads?: number;
}

export interface SourceProgress {
  readonly name: string;
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
}

/** Where unpacking had to stop or leave something out; `offset` counts in the packed file. */
export interface PackedDamage {
  readonly offset: number;
  readonly reason: string;
}

/** Opened data, whatever it was packed with. Read it once, with `chunks`, `lines` or `text`. */
export interface Source extends AsyncDisposable {
  readonly name: string;
  readonly compression: Compression;
  readonly format: SourceFormat;
  /** The first unpacked bytes, at most 64 KiB: what the format was recognised by. */
  readonly head: Buffer;
  /** Bytes of the packed file read so far. */
  readonly bytesRead: number;
  /** Filled while reading. Damage of the packing ends or interrupts the data, and is no exception. */
  readonly damage: readonly PackedDamage[];
  /** Unpacked bytes, a few hundred kilobytes at a time. */
  chunks(): AsyncGenerator<Buffer>;
  /** Lines without their end, UTF-8. */
  lines(): AsyncGenerator<string>;
  /** The same, as many at a time as came together: a turn of the event loop a line would cost more than the line. */
  lineBatches(): AsyncGenerator<readonly string[]>;
  /** All of it as UTF-8. */
  text(): Promise<string>;
}

/** Enough to recognise every format. */
const headBytes = 65_536;
/** What is in memory already is handed out in pieces, so that nobody works on all of it at once. */
const sliceBytes = 1 << 20;

/**
 * Opens anything: recognises packing and format by what is inside, never by the name.
 * @throws {@link NetwrightError} `NW_INTERNET_FILE` when it cannot be read, `NW_INTERNET_FORMAT` for a packing that
 * is not known, `NW_CANCELLED` when the signal fires.
 */
export async function openSource(input: SourceInput, options: OpenSourceOptions = {}): Promise<Source> {
  const name = nameOf(input);
  const damage: PackedDamage[] = [];
  const progress = { bytesRead: 0 };
  const bytesTotal = await sizeOf(input);
  const packed = Peekable.of(readPacked(input, name, bytesTotal, progress, options));
  const first = await packed.peek(6);
  const compression = sniffCompression(first);
  if (compression === 'xz') {
    await packed.close();
    throw new NetwrightError('NW_INTERNET_FORMAT', `${name}: packed with xz, which is not read`, {
      hint: `unpack it first: xz -dk ${name}`,
    });
  }
  const report = (offset: number, reason: string): void => void damage.push({ offset, reason });
  const unpacked = Peekable.of(unpack(compression, packed.rest(), report, options));
  const head = await unpacked.peek(headBytes);
  const chunks = (): AsyncGenerator<Buffer> => unpacked.rest();
  return {
    name,
    compression,
    format: sniffFormat(head),
    head,
    get bytesRead() {
      return progress.bytesRead;
    },
    damage,
    chunks,
    async *lines() {
      for await (const lines of lineBatches(chunks())) yield* lines;
    },
    lineBatches: () => lineBatches(chunks()),
    async text() {
      const parts: Buffer[] = [];
      for await (const chunk of chunks()) parts.push(chunk);
      return Buffer.concat(parts).toString('utf8');
    },
    async [Symbol.asyncDispose]() {
      await unpacked.close();
      await packed.close();
    },
  };
}

function unpack(
  compression: Compression,
  packed: AsyncGenerator<Buffer>,
  report: (offset: number, reason: string) => void,
  { threads }: OpenSourceOptions,
): AsyncGenerator<Buffer> {
  switch (compression) {
    case 'gzip':
      return unpackGzip(packed, report);
    case 'zstd':
      return unpackZstd(packed, report);
    case 'bzip2':
      return unpackBz2(packed, report, threads);
    case 'none':
      return packed;
  }
}

function nameOf(input: SourceInput): string {
  if (typeof input === 'string') return basename(input);
  return input instanceof Uint8Array ? 'bytes' : input.name;
}

async function sizeOf(input: SourceInput): Promise<number | undefined> {
  if (input instanceof Uint8Array) return input.length;
  if (typeof input !== 'string') return input.bytes instanceof Uint8Array ? input.bytes.length : undefined;
  const found = await stat(input).catch((error: Error) => {
    throw new NetwrightError('NW_INTERNET_FILE', `${input}: ${error.message}`, { cause: error });
  });
  if (found.isDirectory()) throw new NetwrightError('NW_INTERNET_FILE', `${input}: a folder, not a file`);
  return found.isFile() ? found.size : undefined;
}

async function* readPacked(
  input: SourceInput,
  name: string,
  bytesTotal: number | undefined,
  progress: { bytesRead: number },
  { signal, onProgress }: OpenSourceOptions,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of rawChunks(input)) {
      if (signal?.aborted) throw abortError(signal);
      progress.bytesRead += chunk.length;
      onProgress?.({ name, bytesRead: progress.bytesRead, bytesTotal });
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    }
  } catch (error) {
    if (error instanceof NetwrightError) throw error;
    throw new NetwrightError('NW_INTERNET_FILE', `${name}: ${(error as Error).message}`, { cause: error });
  }
}

async function* rawChunks(input: SourceInput): AsyncGenerator<Uint8Array> {
  if (typeof input === 'string') yield* createReadStream(input, { highWaterMark: 1 << 18 });
  else {
    const bytes = input instanceof Uint8Array ? input : input.bytes;
    if (!(bytes instanceof Uint8Array)) yield* bytes;
    else {
      for (let at = 0; at < bytes.length; at += sliceBytes) {
        yield bytes.subarray(at, at + sliceBytes);
        await turn();
      }
    }
  }
}

/** Chunks of which the first bytes can be looked at before they are read. */
class Peekable {
  readonly #chunks: AsyncGenerator<Buffer>;
  #ahead: Buffer[] = [];

  constructor(chunks: AsyncGenerator<Buffer>) {
    this.#chunks = chunks;
  }

  static of(chunks: AsyncGenerator<Buffer>): Peekable {
    return new Peekable(chunks);
  }

  async peek(bytes: number): Promise<Buffer> {
    let length = 0;
    while (length < bytes) {
      const { value, done } = await this.#chunks.next();
      if (done) break;
      this.#ahead.push(value);
      length += value.length;
    }
    return Buffer.concat(this.#ahead).subarray(0, bytes);
  }

  async *rest(): AsyncGenerator<Buffer> {
    const ahead = this.#ahead;
    this.#ahead = [];
    yield* ahead;
    yield* this.#chunks;
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }
}

async function* lineBatches(chunks: AsyncGenerator<Buffer>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      lines.push(rest);
      rest = '';
    }
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== '') yield [withoutReturn(rest)];
}

/** A line longer than this is no text; it is handed out in pieces. */
const longestLine = 1 << 24;

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
