import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { abortError, NetwrightError } from '#core';

/** What goes into a file: whole, or piece by piece. */
export type OutputContent = Uint8Array | string | Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * Writes what a command was asked to put into a file: whole or not at all, and what stood there before stays when it
 * cannot. A device or a pipe (`/dev/stdout`) is written to as it is, for nothing may take its place.
 * @throws NetwrightError `NW_STORE_FULL` on a full disk, `NW_CANCELLED` when the signal is aborted, else `NW_USAGE`; what a
 * content of pieces throws comes as it is, where it is an error of ours.
 */
export async function writeOutput(file: string, content: OutputContent, signal?: AbortSignal): Promise<void> {
  const temporary = join(dirname(file), `.tmp-${randomBytes(6).toString('hex')}-${basename(file).slice(-40)}`);
  try {
    const standing = await stat(file).catch(() => undefined);
    if (standing !== undefined && !standing.isFile()) {
      await writeFile(file, content, { ...(signal && { signal }) });
      return;
    }
    await writeFile(temporary, content, { ...(standing && { mode: standing.mode }), ...(signal && { signal }) });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    if (signal?.aborted) throw abortError(signal);
    if (error instanceof NetwrightError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new NetwrightError(isFull ? 'NW_STORE_FULL' : 'NW_USAGE', `${file}: cannot be written: ${message}`, {
      cause: error,
      hint: isFull ? 'Free space, then run the command again.' : 'Name a file in a folder that you may write to.',
    });
  }
}
