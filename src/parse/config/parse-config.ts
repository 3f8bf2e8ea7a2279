import type { ConfigTree } from './config-tree.ts';
import type { Dialect } from './dialect.ts';
import { dialectOf } from './dialects/index.ts';

/**
 * Reads a configuration as the device prints it (a trailing prompt or pager noise is not expected). Comments,
 * separators and volatile heads are left out; banners, certificates and other literal text stay whole.
 * @throws NetwrightError `NW_CONFIG_SYNTAX`, naming file and line and never a value, where a block does not end or
 * a mark has no beginning.
 */
export function parseConfig(text: string, dialect: Dialect, options: { file?: string } = {}): ConfigTree {
  return { dialect: dialect.name, nodes: dialect.read(text, options.file ?? 'configuration') };
}

/** The tree in the notation of its system, with a line end at the end; an empty tree is an empty text. */
export function renderConfig(tree: ConfigTree): string {
  return dialectOf(tree.dialect).write(tree.nodes);
}
