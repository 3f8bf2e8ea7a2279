import { NetwrightError } from '#core';
import type { CodeModel } from './model.ts';
import type { PythonPackage, ReadOptions } from './options.ts';

/**
 * Reads all code below a folder, or an installed Python package, into one model.
 *
 * @throws NetwrightError `NW_CODE_NOT_FOUND` when there is no such folder or package or no code in it;
 *   `NW_CANCELLED` when `signal` aborts.
 */
export async function readCode(from: string | PythonPackage, _options: ReadOptions = {}): Promise<CodeModel> {
  throw new NetwrightError('NW_NOT_SUPPORTED', `cannot read ${JSON.stringify(from)} yet`);
}
