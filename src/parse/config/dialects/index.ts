import { NetwrightError } from '#core';
import type { DialectName } from '../config-tree.ts';
import type { Dialect } from '../dialect.ts';
import { linesDialect } from '../lines/lines-dialect.ts';
import { ios } from './ios.ts';

const makers: Partial<Record<DialectName, () => Dialect>> = {
  ios: () => linesDialect(ios),
};
const made = new Map<DialectName, Dialect>();

/** The dialect of that name: how a system writes, compares and changes its configuration. */
export function dialectOf(name: DialectName): Dialect {
  let dialect = made.get(name);
  if (dialect === undefined) {
    dialect = makers[name]?.();
    if (dialect === undefined) throw new NetwrightError('NW_NOT_SUPPORTED', `no dialect "${name}" is known`);
    made.set(name, dialect);
  }
  return dialect;
}
