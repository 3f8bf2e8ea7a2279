import { NetwrightError } from '#core';
import type { Explanation } from './explanation.ts';
import type { CodeModel } from './model.ts';

/**
 * How an object is made: from a factory function and a key, or from a class alone.
 *
 * @param entry a factory function (`ConnectHandler`), a table (`CLASS_MAPPER`) or a class (`CiscoIosSSH`, or its id).
 * @param key the key of the table; needed when `entry` is a function or table.
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN` when there is no such entry or key, with the nearest one.
 */
export function explain(_model: CodeModel, entry: string, _key?: string): Explanation {
  throw new NetwrightError('NW_NOT_SUPPORTED', `cannot explain ${entry} yet`);
}
