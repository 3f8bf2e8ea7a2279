import { oneLine } from './one-line.ts';
import type { TextEdge, TextGraph, TextNode } from './text-graph.ts';

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const styles: Readonly<Record<TextEdge['kind'], string>> = {
  inherits: 'arrowhead=onormal',
  implements: 'arrowhead=onormal, style=dashed',
  composes: 'dir=back, arrowtail=diamond',
  aggregates: 'dir=back, arrowtail=odiamond',
  switches: 'style=dashed',
  makes: 'style=dashed',
  imports: 'arrowhead=normal',
};

/** The drawing for Graphviz. */
export function drawDot({ title, nodes, edges, kind }: TextGraph): string {
  const lines = [
    `digraph ${quoted(title)} {`,
    `  graph [rankdir=${kind === 'classes' ? 'RL' : 'TB'}, fontname="Helvetica", label=${quoted(title)}, labelloc=t];`,
    '  node [shape=box, fontname="Helvetica", fontsize=11, height=0.3];',
    '  edge [fontname="Helvetica", fontsize=9, color="#8496ad"];',
  ];
  let clusters = 0;
  for (const [group, inside] of Map.groupBy(nodes, (node) => node.group)) {
    const isGrouped = group !== '';
    if (isGrouped) {
      lines.push(`  subgraph cluster_${clusters} {`, `    label=${quoted(group)}; color="#d3dce8"; fontsize=9;`);
      clusters += 1;
    }
    for (const node of inside) lines.push(`${isGrouped ? '    ' : '  '}${node.id} [${nodeStyle(node)}];`);
    if (isGrouped) lines.push('  }');
  }
  for (const { kind: edge, from, to, label, isCyclic } of edges) {
    const more = [label === '' ? '' : `, label=${quoted(label)}`, isCyclic ? ', color="#c92a2a", penwidth=2' : ''].join(
      '',
    );
    lines.push(`  ${from} -> ${to} [${styles[edge]}${more}];`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function nodeStyle({ name, kind, isAbstract }: TextNode): string {
  const style = kind === 'outside' || kind === 'runtime' ? ', style=dashed' : '';
  const shape =
    kind === 'interface' || kind === 'type' ? ', color="#3f9b77"' : isAbstract ? ', fontname="Helvetica-Oblique"' : '';
  return `label=${quoted(name)}${style}${shape}`;
}
