import type { EditStyle } from '../persona.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';

/** `compare` of the model-driven line: the changed lines with their signs, the containers around them without. */
export function mdCompare(older: string, newer: string, style: EditStyle): string {
  const rows: string[] = [];
  const walk = (changes: readonly NodeChange[], depth: number): void => {
    for (const { line, sign, below } of changes) {
      const indent = ' '.repeat(3 + 4 * depth);
      const isSection = below.length > 0;
      rows.push(`${sign}${indent}${line}${isSection ? ' {' : ''}\n`);
      if (!isSection) continue;
      walk(below, depth + 1);
      rows.push(`${sign}${indent}}\n`);
    }
  };
  const [root] = diffTexts(older, newer, style);
  if (root === undefined) return '';
  walk(root.sign === ' ' ? root.below : [root], 0);
  return rows.join('');
}
