import { memberText } from '../layout/boxes.ts';
import { oneLine } from './one-line.ts';
import type { TextEdge, TextGraph } from './text-graph.ts';

/** Signs with a meaning in Mermaid, as the entities that it knows. */
const entities: Readonly<Record<string, string>> = {
  '"': '#quot;',
  '#': '#35;',
  '&': '#amp;',
  '<': '#lt;',
  '>': '#gt;',
  '{': '#123;',
  '}': '#125;',
  '`': '#96;',
  ';': '#59;',
  '%': '#37;',
  '~': '#126;',
};
const escaped = (text: string): string => oneLine(text).replace(/["#&<>{}`;%~]/g, (sign) => entities[sign]!);
/** Members have no entities: what would end or change them is left out. */
const plain = (text: string): string => oneLine(text).replace(/["<>{}`;%~\\]/g, '');

const arrows: Readonly<Record<TextEdge['kind'], string>> = {
  inherits: '--|>',
  implements: '..|>',
  composes: '*--',
  aggregates: 'o--',
  switches: '..>',
  makes: '..>',
  imports: '-->',
};

/** The drawing for https://mermaid.js.org, which READMEs show. */
export function drawMermaid(graph: TextGraph): string {
  return graph.kind === 'classes' ? classDiagram(graph) : flowchart(graph);
}

function classDiagram({ title, nodes, edges }: TextGraph): string {
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'classDiagram', 'direction RL'];
  for (const { id, name, kind, isAbstract, members } of nodes) {
    const word = kind === 'class' ? (isAbstract ? 'abstract' : '') : kind;
    const inner = [
      ...(word === '' ? [] : [`    <<${word}>>`]),
      ...members.map((member) => `    ${plain(memberText(member).replace('−', '-'))}`),
    ];
    lines.push(`  class ${id}["${escaped(name)}"]${inner.length === 0 ? '' : ' {'}`);
    if (inner.length > 0) lines.push(...inner, '  }');
  }
  for (const { kind, from, to, label } of edges) {
    lines.push(`  ${from} ${arrows[kind]} ${to}${label === '' ? '' : ` : ${plain(label)}`}`);
  }
  return `${lines.join('\n')}\n`;
}

function flowchart({ title, nodes, edges }: TextGraph): string {
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'flowchart TD'];
  for (const [group, inside] of Map.groupBy(nodes, (node) => node.group)) {
    lines.push(`  subgraph ${group.replaceAll(' ', '')}["${escaped(group)}"]`);
    for (const { id, name } of inside) lines.push(`    ${id}["${escaped(name)}"]`);
    lines.push('  end');
  }
  edges.forEach(({ from, to, label, isCyclic, isDeferred }, index) => {
    lines.push(`  ${from} ${isDeferred ? '-.->' : '-->'}|${plain(label)}| ${to}`);
    if (isCyclic) lines.push(`  linkStyle ${index} stroke:#c92a2a,stroke-width:2px`);
  });
  return `${lines.join('\n')}\n`;
}
