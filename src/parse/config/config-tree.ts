import type { DialectName } from '#core';

/**
 * A configuration as a tree of lines, whatever its notation: sections of IOS by indentation, of Junos by braces,
 * FortiOS `config … end`, RouterOS paths. One dialect reads, writes and compares it.
 */
export interface ConfigTree {
  readonly dialect: DialectName;
  readonly nodes: readonly ConfigNode[];
}

export interface ConfigNode {
  /** The line without indentation, closing marks and line end. A banner, certificate or other literal text is whole in it, newlines included. */
  readonly text: string;
  /** The lines of the section that this one opens; empty for a plain line. */
  readonly children: readonly ConfigNode[];
  /** 1-based line in the text it was read from; 0 for what was computed. */
  readonly line: number;
}

export type { DialectName } from '#core';
