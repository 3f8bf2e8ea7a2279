export type { ConfigNode, ConfigTree, DialectName } from './config/config-tree.ts';
