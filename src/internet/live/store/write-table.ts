import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { abortError, NetwrightError } from '#core';
import { writeTableDumpV2 } from '../../mrt/write-mrt.ts';
import type { RouteTable } from '../../routes/route-table.ts';

/** Fast: a table of today is two gigabytes. */
const gzipLevel = 1;

/** Writes a table as TABLE_DUMP_V2, whole or not at all. @throws NetwrightError `NW_INTERNET_FILE`. */
export async function writeTable(
  file: string,
  table: RouteTable,
  timestampS: number,
  signal: AbortSignal,
): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    const records = Readable.from(writeTableDumpV2(table, { timestampS, viewName: 'live' }));
    const into = createWriteStream(beside, { flags: 'wx', flush: true });
    if (file.endsWith('.gz')) await pipeline(records, createGzip({ level: gzipLevel }), into, { signal });
    else await pipeline(records, into, { signal });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    if (signal.aborted) throw abortError(signal);
    throw new NetwrightError('NW_INTERNET_FILE', `${file}: cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
