import { CodeIndex } from './code-index.ts';
import type { CodeModel } from './model.ts';
import type { PythonPackage, ReadOptions } from './options.ts';

/**
 * Reads all code below a folder, or an installed Python package, into one model.
 *
 * @throws NetwrightError `NW_CODE_NOT_FOUND` when there is no such folder or package or no code in it;
 *   `NW_CANCELLED` when `signal` aborts.
 */
export async function readCode(from: string | PythonPackage, options: ReadOptions = {}): Promise<CodeModel> {
  return (await CodeIndex.open(from, options)).model;
}
