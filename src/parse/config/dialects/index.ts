import { NetwrightError } from '#core';
import type { DialectName } from '../config-tree.ts';
import type { Dialect } from '../dialect.ts';

const dialects: Partial<Record<DialectName, Dialect>> = {};

/** The dialect of that name: how a system writes, compares and changes its configuration. */
export function dialectOf(name: DialectName): Dialect {
  const dialect = dialects[name];
  if (dialect === undefined) throw new NetwrightError('NW_NOT_SUPPORTED', `no dialect "${name}" is known`);
  return dialect;
}
