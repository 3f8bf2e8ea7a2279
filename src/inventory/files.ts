import { isUtf8 } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asNetwrightError, fileErrorCode, NetwrightError } from '#core';

/**
 * The YAML files of an inventory: the one named, or all in a folder at any depth, in the order of their paths.
 * @throws NetwrightError `NW_INVENTORY_INVALID`, `NW_FILE_DENIED`
 */
export async function inventoryFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (fileErrorCode(error) !== undefined) throw asNetwrightError(error);
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

/**
 * The text of a file of the inventory. In another encoding than UTF-8 every name with an accent would be another one.
 * @throws NetwrightError `NW_INVENTORY_INVALID` when it cannot be read, `NW_FILE_DENIED` when it may not.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (fileErrorCode(error) !== undefined) throw asNetwrightError(error);
    throw new NetwrightError('NW_INVENTORY_INVALID', `${file}: cannot be read (${error.code})`, { cause: error });
  });
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const lines = bytes.toString('latin1').split('\n');
  const line = lines.findIndex((one) => !isUtf8(Buffer.from(one, 'latin1'))) + 1;
  throw new NetwrightError('NW_INVENTORY_INVALID', `${file}:${line}: expected text in UTF-8`, {
    hint: 'save the file as UTF-8, or: iconv -f ISO-8859-1 -t UTF-8',
    details: { file, line },
  });
}
