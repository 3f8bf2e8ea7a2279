import type { ConfigNode } from './config-tree.ts';
import type { Dialect } from './dialect.ts';
import { dialectOf } from './dialects/index.ts';
import type { ConfigChange, ConfigDiff } from './diff-config.ts';

/**
 * The difference in the notation of the system: `+` and `-` before what came and went, `!` before what only changed
 * its place, under the headers of the sections that it stands in. Empty when there is none. It holds the values of
 * the configurations: scrub it before it is kept.
 */
export function renderDiff(diff: ConfigDiff): string {
  const lines: string[] = [];
  writeChanges(diff.changes, dialectOf(diff.dialect), '', lines);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function writeChanges(changes: readonly ConfigChange[], dialect: Dialect, indent: string, lines: string[]): void {
  for (const change of changes) {
    if (change.kind === 'within') {
      const { open, close } = dialect.frame(change.node.text, true);
      if (change.isRenamed)
        lines.push(signed('-', indent, dialect.frame(change.before.text, true).open), signed('+', indent, open));
      else lines.push(signed(' ', indent, open));
      writeChanges(change.changes, dialect, indent + dialect.step, lines);
      if (close !== undefined) lines.push(signed(' ', indent, close));
    } else if (change.kind === 'moved') {
      const where = change.after === undefined ? 'now first' : `now after: ${firstLine(change.after)}`;
      const { open } = dialect.frame(change.node.text, change.node.children.length > 0);
      lines.push(`${signed('!', indent, open)}   (${where})`);
    } else writeNode(change.kind === 'added' ? '+' : '-', change.node, dialect, indent, lines);
  }
}

function writeNode(sign: string, node: ConfigNode, dialect: Dialect, indent: string, lines: string[]): void {
  const { open, close } = dialect.frame(node.text, node.children.length > 0);
  lines.push(signed(sign, indent, open));
  for (const child of node.children) writeNode(sign, child, dialect, indent + dialect.step, lines);
  if (close !== undefined) lines.push(signed(sign, indent, close));
}

/** Literal text keeps its own indentation from the second line on. */
const signed = (sign: string, indent: string, text: string): string =>
  text
    .split('\n')
    .map((line, nth) => `${sign} ${nth === 0 ? indent : ''}${line}`.trimEnd())
    .join('\n');

const firstLine = (text: string): string => text.split('\n', 1)[0]!;
