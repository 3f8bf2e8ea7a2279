import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { asNetwrightError } from '#core';

/**
 * Makes the folder of a database where it is missing. SQLite opens without a word what may only be read, and says later
 * that it cannot be opened.
 * @throws `NW_FILE_DENIED` when the file may not be written, or none beside it; `NW_STORE_FULL`, `NW_STORE_FAILED`.
 */
export function assertWritable(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw asNetwrightError(error, 'NW_STORE_FAILED');
  }
}
