import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError } from '#core';

/** The YAML files of an inventory: the one named, or all in a folder at any depth, in the order of their paths. */
export async function inventoryFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new NetwrightError('NW_INVENTORY_INVALID', `${path}: no inventory can be read here (${error.code})`, {
      cause: error,
      hint: 'write the inventory there, or set `inventory` in netwright.yaml',
    });
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && /^[^.].*\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]\./.test(file.slice(path.length)))
    .sort();
}

/** @throws NetwrightError `NW_INVENTORY_INVALID` when it cannot be read. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new NetwrightError('NW_INVENTORY_INVALID', `${file}: cannot be read (${error.code})`, { cause: error });
  });
}
