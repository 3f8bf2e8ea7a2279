import type { EditStyle } from './persona.ts';
import { logicalLines } from './text-block.ts';

/** A configuration line with the lines below it. */
export interface ConfigNode {
  readonly line: string;
  readonly below: readonly ConfigNode[];
}

export interface NodeChange {
  readonly line: string;
  /** ` `: there before and after; what is below differs. */
  readonly sign: '+' | '-' | ' ';
  readonly below: readonly NodeChange[];
}

const closers = new Set(['!', '#', 'exit', '}', 'end', 'return']);

/** The lines of an indented or braced text as a tree; comments and closing lines are left out. */
export function parseTree(text: string, style: EditStyle): ConfigNode[] {
  const top: ConfigNode[] = [];
  const open: { readonly indent: number; readonly below: ConfigNode[] }[] = [{ indent: -1, below: top }];
  for (const line of logicalLines(text, style)) {
    const body = line.trim();
    // After a separator one is at the top again, however deep Comware indents its lines there.
    if (line === '#') open.length = 1;
    if (body === '' || closers.has(body) || style.comment?.test(line) === true) continue;
    if (style.closes?.some(([, closing]) => closing === body) === true) continue;
    const indent = line.length - line.trimStart().length;
    while (open.length > 1 && open.at(-1)!.indent >= indent) open.pop();
    const below: ConfigNode[] = [];
    open.at(-1)!.below.push({ line: body.replace(/ \{$/, '').replace(/;(?: ## SECRET-DATA)?$/, ''), below });
    open.push({ indent, below });
  }
  return top;
}

/**
 * What differs between two trees, in the order of the newer one with the lines that went before those that came. A
 * section whose header `ordered` matches goes and comes whole when its lines are the same in another order.
 */
function diffTrees(older: readonly ConfigNode[], newer: readonly ConfigNode[], ordered?: RegExp): NodeChange[] {
  const left = new Map<string, ConfigNode[]>();
  for (const node of older) {
    const same = left.get(node.line);
    if (same === undefined) left.set(node.line, [node]);
    else same.push(node);
  }
  const come: NodeChange[] = [];
  for (const node of newer) {
    const same = left.get(node.line)?.shift();
    if (same === undefined) come.push(whole(node, '+'));
    else {
      const below = diffTrees(same.below, node.below, ordered);
      if (below.length > 0) come.push({ line: node.line, sign: ' ', below });
      else if (
        ordered?.test(node.line) === true &&
        same.below.some(({ line }, nth) => line !== node.below[nth]?.line)
      ) {
        come.push(whole(same, '-'), whole(node, '+'));
      }
    }
  }
  const gone = new Set([...left.values()].flat());
  return [...older.filter((node) => gone.has(node)).map((node) => whole(node, '-')), ...come];
}

function whole(node: ConfigNode, sign: '+' | '-'): NodeChange {
  return { line: node.line, sign, below: node.below.map((below) => whole(below, sign)) };
}

export function diffTexts(older: string, newer: string, style: EditStyle): NodeChange[] {
  return older === newer ? [] : diffTrees(parseTree(older, style), parseTree(newer, style), style.ordered);
}
