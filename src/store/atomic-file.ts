import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileErrorCode, NetwrightError } from '#core';
import { storeError } from './git-process.ts';

/** The way of a small write to a thread and back takes four times as much CPU as the write itself. */
const atOnceBytes = 256 * 1024;

/**
 * Writes a file so that it is there whole or not at all; folders on the way are made. Small ones are written at once.
 * @throws `NW_FILE_DENIED`, `NW_STORE_FULL`, `NW_STORE_FAILED`; the file that stood there before is unharmed then.
 */
export async function writeWhole(path: string, content: Uint8Array | string, mode = 0o600): Promise<void> {
  const temporary = join(dirname(path), `.tmp-${randomBytes(6).toString('hex')}-${basename(path).slice(-40)}`);
  try {
    if (content.length <= atOnceBytes) {
      writeSmall(temporary, path, content, mode);
      return;
    }
    try {
      await writeFile(temporary, content, { mode });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true, mode: folderMode(mode) });
      await writeFile(temporary, content, { mode });
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    const [what, words] = [`${path} could not be written`, (error as Error).message];
    const code = fileErrorCode(error);
    throw code === undefined
      ? storeError(what, words, error)
      : new NetwrightError(code, `${what}: ${words}`, { cause: error });
  }
}

function writeSmall(temporary: string, path: string, content: Uint8Array | string, mode: number): void {
  const folder = dirname(path);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: folderMode(mode) });
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, path);
}

/** A device's name as a file name: the same for the same name, different for different ones, on every file system. */
export function fileNameOf(name: string): string {
  const plain = encodeURIComponent(name).replace(/[*'()~!]|^\./g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  if (plain.length <= 150 && plain === plain.toLowerCase()) return plain;
  // Long names are cut, and file systems may fold case: what was lost is told by a hash.
  return `${plain.slice(0, 150)}~${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}

/** `20260130T141503.123Z`: sorts as the time does, and is a file name everywhere. */
export const timeName = (ms: number): string => new Date(ms).toISOString().replace(/[-:]/g, '');

/** A folder that only its owner enters for files that only their owner reads, else what the umask leaves. */
const folderMode = (mode: number): number => (mode === 0o600 ? 0o700 : 0o777);
