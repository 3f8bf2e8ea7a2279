import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NetwrightError } from '#core';

/**
 * Writes what a command was asked to put into a file: whole or not at all, and what stood there before stays when it
 * cannot. A device or a pipe (`/dev/stdout`) is written to as it is, for nothing may take its place.
 * @throws NetwrightError `NW_STORE_FULL` on a full disk, else `NW_USAGE`.
 */
export async function writeOutput(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(file), `.tmp-${randomBytes(6).toString('hex')}-${basename(file).slice(-40)}`);
  try {
    const standing = await stat(file).catch(() => undefined);
    if (standing !== undefined && !standing.isFile()) {
      await writeFile(file, content);
      return;
    }
    await writeFile(temporary, content, { ...(standing && { mode: standing.mode }) });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    const { code, message } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new NetwrightError(isFull ? 'NW_STORE_FULL' : 'NW_USAGE', `${file}: cannot be written: ${message}`, {
      cause: error,
      hint: isFull ? 'Free space, then run the command again.' : 'Name a file in a folder that you may write to.',
    });
  }
}
