import { rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { NetwrightError } from '#core';
import { writeWhole } from './atomic-file.ts';

/** A folder with every current configuration as a plain file, for tools that want files. */
export interface PlainFolder {
  write(path: string, content: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Files are replaced whole. @throws `NW_STORE_FULL`, `NW_STORE_FAILED`. */
export function openPlainFolder(folder: string): PlainFolder {
  const within = (path: string): string => {
    const full = join(folder, path);
    const way = relative(folder, full);
    if (way !== '' && !way.startsWith('..') && !isAbsolute(way)) return full;
    throw new NetwrightError('NW_CONFIG_INVALID', `"${path}" leads out of ${folder}`);
  };
  return {
    write: async (path, content) => await writeWhole(within(path), content, 0o640),
    remove: async (path) => await rm(within(path), { force: true }),
  };
}
