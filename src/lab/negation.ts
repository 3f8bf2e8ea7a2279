import type { EditStyle } from './persona.ts';
import type { NodeChange } from './section-tree.ts';

/** The commands that make one configuration out of another, as systems print patches: what goes first, then what comes. */
export function patchLines(changes: readonly NodeChange[], style: EditStyle, step = '  ', depth = 0): string[] {
  const indent = step.repeat(depth);
  const negated = (line: string): string =>
    line.startsWith(style.negate) ? line.slice(style.negate.length) : style.negate + line;
  return changes.flatMap(({ line, sign, below }) => {
    if (sign === '-') return [`${indent}${negated(line)}`];
    return [`${indent}${line}`, ...patchLines(below, style, step, depth + 1)];
  });
}
