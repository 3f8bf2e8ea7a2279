import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileErrorCode, NetwrightError } from '#core';

/**
 * Writes a file that only its owner may read, so that after a crash there is the old or the new content and never a
 * part: temporary name, sync, rename, sync of the folder.
 *
 * @param options.exclusive do not replace a file that is there; resolves with false then
 * @throws NetwrightError `NW_FILE_DENIED`, `NW_STORE_FULL`, `NW_STORE_FAILED`
 */
export async function writePrivately(
  path: string,
  content: string | Uint8Array,
  options: { readonly exclusive?: boolean } = {},
): Promise<boolean> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (options.exclusive) await link(temporary, path);
    else await rename(temporary, path);
    await syncFolder(folder);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (options.exclusive && code === 'EEXIST') return false;
    throw new NetwrightError(fileErrorCode(error) ?? 'NW_STORE_FAILED', `${path}: cannot be written: ${message}`, {
      cause: error,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Makes a rename last. Some file systems cannot sync a folder (EINVAL, EPERM); there the rename is all there is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}
