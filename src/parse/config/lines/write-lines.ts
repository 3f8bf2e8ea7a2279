import type { ConfigNode } from '../config-tree.ts';
import type { LinesRules } from './lines-rules.ts';
import { cutMembers } from './number-list.ts';

/** A configuration as the system lays it out. */
export function writeLines(nodes: readonly ConfigNode[], rules: LinesRules): string {
  if (nodes.length === 0) return '';
  const { layout = {} } = rules.spec;
  const lines: string[] = [];
  for (const node of nodes) {
    write(node, rules, 0, [], lines);
    if (layout.separator !== undefined && (node.children.length > 0 || rules.opens(node.text) !== undefined))
      lines.push(layout.separator);
  }
  if (layout.end !== undefined) lines.push(layout.end);
  return `${lines.join('\n')}\n`;
}

function write(node: ConfigNode, rules: LinesRules, depth: number, parents: readonly string[], lines: string[]): void {
  const { step, layout = {} } = rules.spec;
  const indent = step.repeat(depth);
  for (const text of written(node.text, rules, parents)) lines.push(indent + text);
  const path = [...parents, node.text];
  for (const child of node.children) write(child, rules, depth + 1, path, lines);
  const own = rules.closerOf(node.text);
  const isSection =
    node.children.length > 0 || (depth === 0 && rules.opens(node.text) !== undefined) || own !== undefined;
  const closer = own ?? (layout.closerAtTop && depth > 0 ? undefined : layout.closer);
  if (isSection && closer !== undefined) lines.push((layout.closerInside ? indent + step : indent) + closer);
}

/** A list that is too long for a line goes on in the next one. */
function written(text: string, rules: LinesRules, parents: readonly string[]): readonly string[] {
  if (text.length < 200) return [text];
  const list = rules.listOf(text, parents);
  if (list === undefined) return [text];
  const [first = '', ...more] = cutMembers(list.rest, list.rule.notation);
  const start = list.rule.mode === 'replace' ? `${list.key} add ` : `${list.key} `;
  return [`${list.key} ${first}`, ...more.map((part) => start + part)];
}
