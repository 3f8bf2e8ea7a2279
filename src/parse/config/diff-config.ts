import { NetwrightError } from '#core';
import { compareNodes } from './compare-nodes.ts';
import type { ConfigNode, ConfigTree, DialectName } from './config-tree.ts';
import { dialectOf } from './dialects/index.ts';

/** What lies between two configurations, as a tree of its own: only what changed, below the headers that did not. */
export interface ConfigDiff {
  readonly dialect: DialectName;
  /** Empty when the configurations are equal under the rules of the dialect. */
  readonly changes: readonly ConfigChange[];
}

export type ConfigChange =
  /** The node came or went with all that it holds. */
  | { readonly kind: 'added' | 'removed'; readonly node: ConfigNode }
  /** The node stands elsewhere among the lines whose order counts. `after`: the line it now follows. */
  | { readonly kind: 'moved'; readonly node: ConfigNode; readonly after: string | undefined }
  /** The section stands, and something below it changed; `isRenamed`: its header too (`vlan 10 name a` and `vlan 10 name b`). */
  | {
      readonly kind: 'within';
      readonly before: ConfigNode;
      readonly node: ConfigNode;
      readonly isRenamed: boolean;
      readonly changes: readonly ConfigChange[];
    };

/** @throws NetwrightError `NW_NOT_SUPPORTED` when the two are of different dialects. */
export function diffConfig(before: ConfigTree, after: ConfigTree): ConfigDiff {
  const dialect = dialectOf(before.dialect);
  if (after.dialect !== before.dialect)
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `a ${before.dialect} and a ${after.dialect} configuration have no common notation`,
    );
  const [left, right] = dialect.align?.(before.nodes, after.nodes) ?? [before.nodes, after.nodes];
  return { dialect: before.dialect, changes: compareNodes(left, right, dialect) };
}

/** Equal under the rules of the dialect: order counts only where it matters to the device. */
export function sameConfig(before: ConfigTree, after: ConfigTree): boolean {
  return diffConfig(before, after).changes.length === 0;
}
