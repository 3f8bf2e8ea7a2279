import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { NetwrightError } from '#core';

export type Column = Uint8Array | Uint16Array | Uint32Array;

/** Named columns and a JSON value, in one file: each column is read as it lies there. */
export interface ColumnFile {
  readonly columns: Readonly<Record<string, Column>>;
  readonly facts: unknown;
}

/** As PNG has it: a transfer that touches line ends or the eighth bit is noticed at once. */
const magic = Buffer.from([0x89, 0x4e, 0x57, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const version = 1;
/** Magic, version, length of the directory, its checksum, four bytes to spare. */
const headBytes = 24;
const largestDirectory = 64 << 20;
const alignment = 8;
/** Bytes of columns that are held against their checksums before others have their turn: some milliseconds. */
const checkedAtOnce = 8 << 20;

interface Entry {
  readonly name: string;
  readonly bits: 8 | 16 | 32;
  readonly offset: number;
  readonly bytes: number;
  readonly crc32: number;
}

/** Writes beside the file and moves it there, so that nobody reads half of it. */
export async function writeColumns(file: string, { columns, facts }: ColumnFile): Promise<number> {
  const entries: Entry[] = [];
  const bodies: Uint8Array[] = [];
  let size = 0;
  for (const [name, column] of Object.entries(columns)) {
    const bytes = littleEndian(column);
    entries.push({ name, bits: bitsOf(column), offset: size, bytes: bytes.length, crc32: crc32(bytes) });
    bodies.push(bytes, new Uint8Array(aligned(bytes.length) - bytes.length));
    size += aligned(bytes.length);
  }
  const directory = Buffer.from(JSON.stringify({ columns: entries, facts }));
  const head = Buffer.alloc(aligned(headBytes + directory.length));
  magic.copy(head);
  head.writeUInt32LE(version, 8);
  head.writeUInt32LE(directory.length, 12);
  head.writeUInt32LE(crc32(directory), 16);
  directory.copy(head, headBytes);
  const beside = `${file}.${process.pid}.part`;
  try {
    const handle = await open(beside, 'wx');
    try {
      for (const body of [head, ...bodies]) await writeAll(handle, body);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new NetwrightError('NW_INTERNET_FILE', `${file}: cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return head.length + size;
}

/**
 * Reads all of it into memory once; the columns are views of that.
 * @throws NetwrightError `NW_INTERNET_FILE` when it cannot be read, `NW_INTERNET_FORMAT` when it is no such file, of a
 * newer version, cut short or damaged.
 */
export async function readColumns(file: string): Promise<ColumnFile> {
  return await parseColumns(file, await readBytes(file, Number.POSITIVE_INFINITY));
}

export const isColumnFile = (bytes: Uint8Array): boolean => magic.equals(bytes.subarray(0, magic.length));

/** Enough for {@link isColumnFile}. @throws NetwrightError `NW_INTERNET_FILE`. */
export const firstBytes = async (file: string): Promise<Uint8Array> => await readBytes(file, magic.length);

async function readBytes(file: string, most: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const size = Math.min((await handle.stat()).size, most);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, 1 << 26), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } catch (error) {
    throw new NetwrightError('NW_INTERNET_FILE', `${file}: cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await handle?.close();
  }
}

async function parseColumns(file: string, bytes: Uint8Array): Promise<ColumnFile> {
  const refuse = (what: string): never => {
    throw new NetwrightError('NW_INTERNET_FORMAT', `${file}: ${what}`, {
      hint: 'Build it again: `netwright internet build <files…> -o <file>`.',
    });
  };
  if (!isColumnFile(bytes)) refuse('expected a graph file of `netwright internet build`, this begins otherwise');
  if (bytes.length < headBytes) refuse(`expected ${headBytes} bytes of head, there are ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = view.getUint32(8, true);
  if (found !== version) refuse(`expected version ${version} of the format, this is version ${found}`);
  const length = view.getUint32(12, true);
  if (length > largestDirectory || headBytes + length > bytes.length) {
    refuse(`expected a directory of ${length} bytes, the file ends before it does`);
  }
  const directory = bytes.subarray(headBytes, headBytes + length);
  if (crc32(directory) !== view.getUint32(16, true)) refuse('its directory is damaged: the checksum does not fit');
  const { columns: entries, facts } = JSON.parse(new TextDecoder().decode(directory)) as {
    columns: readonly Entry[];
    facts: unknown;
  };
  const start = aligned(headBytes + length);
  const columns: Record<string, Column> = {};
  let checked = 0;
  for (const { name, bits, offset, bytes: size, crc32: sum } of entries) {
    checked += size;
    if (checked > checkedAtOnce) {
      checked = 0;
      await turn();
    }
    const from = start + offset;
    if (from + aligned(size) > bytes.length)
      refuse(`column ${name} ends at byte ${from + size}, the file at ${bytes.length}`);
    const body = bytes.subarray(from, from + size);
    if (crc32(body) !== sum) refuse(`column ${name} is damaged: the checksum does not fit`);
    columns[name] = asColumn(body, bits);
  }
  return { columns, facts };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, Math.min(bytes.length - at, 1 << 26));
    at += bytesWritten;
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;
const bitsOf = (column: Column): 8 | 16 | 32 => (column.BYTES_PER_ELEMENT * 8) as 8 | 16 | 32;

function littleEndian(column: Column): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  return endianness() === 'LE' ? bytes : swapped(bytes.slice(), bitsOf(column));
}

function asColumn(bytes: Uint8Array, bits: 8 | 16 | 32): Column {
  if (endianness() === 'BE') swapped(bytes, bits);
  const { buffer, byteOffset, length } = bytes;
  if (bits === 8) return bytes;
  return bits === 16
    ? new Uint16Array(buffer, byteOffset, length / 2)
    : new Uint32Array(buffer, byteOffset, length / 4);
}

function swapped(bytes: Uint8Array, bits: 8 | 16 | 32): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bits === 16) buffer.swap16();
  if (bits === 32) buffer.swap32();
  return bytes;
}
