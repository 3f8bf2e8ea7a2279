import type { EditStyle } from '../persona.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';

/** `show | compare`: for each section that changed its `[edit …]` line, what went with `-`, what came with `+`. */
export function junosCompare(older: string, newer: string, style: EditStyle): string {
  const groups: string[] = [];
  const walk = (changes: readonly NodeChange[], path: readonly string[]): void => {
    const own = changes.filter(({ sign }) => sign !== ' ');
    if (own.length > 0) {
      const head = path.length === 0 ? '[edit]' : `[edit ${path.join(' ')}]`;
      groups.push(`${head}\n${paired(own).flatMap(printed).join('')}`);
    }
    for (const { line, sign, below } of changes) if (sign === ' ') walk(below, [...path, line]);
  };
  walk(diffTexts(older, newer, style), []);
  return groups.join('');
}

/** What went stands right before what came in its place. */
function paired(changes: readonly NodeChange[]): NodeChange[] {
  const key = ({ line }: NodeChange): string => /^\S+/.exec(line)?.[0] ?? '';
  const left = changes.filter(({ sign }) => sign === '-');
  const result: NodeChange[] = [];
  for (const change of changes) {
    if (change.sign !== '+') continue;
    const at = left.findIndex((gone) => key(gone) === key(change) && gone.below.length === 0);
    if (at >= 0) result.push(...left.splice(at, 1));
    result.push(change);
  }
  return [...left, ...result];
}

function printed(change: NodeChange): string[] {
  const { sign, line, below } = change;
  if (below.length === 0) return [`${sign}  ${line};\n`];
  const lines: string[] = [];
  const walk = (node: NodeChange, depth: number): void => {
    const indent = ' '.repeat(3 + 4 * depth);
    if (node.below.length === 0) lines.push(`${sign}${indent}${node.line};\n`);
    else {
      lines.push(`${sign}${indent}${node.line} {\n`);
      for (const inner of node.below) walk(inner, depth + 1);
      lines.push(`${sign}${indent}}\n`);
    }
  };
  walk({ sign, line, below }, 0);
  return lines;
}
