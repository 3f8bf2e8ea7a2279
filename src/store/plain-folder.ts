import { readFile, rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { NetwrightError } from '#core';
import { writeWhole } from './atomic-file.ts';

/** A folder with every current configuration, scrubbed, as a plain file, for tools that want files; the umask says who reads. */
export interface PlainFolder {
  /** A file that holds just this already is left alone, so that tools which watch it see only what changed. */
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
    write: async (path, content) => {
      const file = within(path);
      if (!(await holds(file, content))) await writeWhole(file, content, 0o666);
    },
    remove: async (path) => await rm(within(path), { force: true }),
  };
}

/** A file that cannot be read is written anew; what is wrong with it shows then. */
async function holds(file: string, content: Uint8Array): Promise<boolean> {
  const there = await readFile(file).catch(() => undefined);
  return there?.equals(content) === true;
}
