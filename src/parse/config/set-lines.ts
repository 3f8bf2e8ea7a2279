import { NetwrightError } from '#core';
import type { ConfigTree } from './config-tree.ts';
import type { Dialect } from './dialect.ts';
import { dialectOf } from './dialects/index.ts';

/**
 * One `set` line a fact, as `| display set` prints it.
 * @throws NetwrightError `NW_NOT_SUPPORTED` for a dialect without such a notation.
 */
export function toSetLines(tree: ConfigTree): readonly string[] {
  return setFormOf(dialectOf(tree.dialect)).write(tree.nodes);
}

/**
 * The tree of `set` (and `deactivate`, `protect`) lines.
 * @throws NetwrightError `NW_NOT_SUPPORTED`, `NW_CONFIG_SYNTAX`.
 */
export function fromSetLines(
  lines: readonly string[] | string,
  dialect: Dialect,
  options: { file?: string } = {},
): ConfigTree {
  const text = typeof lines === 'string' ? lines : lines.join('\n');
  return { dialect: dialect.name, nodes: setFormOf(dialect).read(text, options.file ?? 'set lines') };
}

function setFormOf(dialect: Dialect): NonNullable<Dialect['setForm']> {
  if (dialect.setForm !== undefined) return dialect.setForm;
  throw new NetwrightError('NW_NOT_SUPPORTED', `${dialect.name} configurations have no "set" notation`);
}
