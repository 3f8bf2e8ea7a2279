import { memberText } from '../layout/boxes.ts';
import { oneLine } from './one-line.ts';
import type { TextEdge, TextGraph, TextNode } from './text-graph.ts';

/** Quotes cannot be escaped in PlantUML, but written by their number; a name is one line. */
const escaped = (text: string): string => oneLine(text).replaceAll('"', '<U+0022>').replaceAll('\\', '<U+005C>');
/** Braces end a class. */
const plain = (text: string): string => escaped(text).replace(/[{}]/g, '');

const arrows: Readonly<Record<TextEdge['kind'], string>> = {
  inherits: '--|>',
  implements: '..|>',
  composes: '*--',
  aggregates: 'o--',
  switches: '..>',
  makes: '..>',
  imports: '-->',
};
const keywords: Partial<Readonly<Record<TextNode['kind'], string>>> = {
  interface: 'interface',
  type: 'interface',
  enum: 'enum',
  module: 'component',
};

/** The drawing for https://plantuml.com. */
export function drawPlantUml({ title, nodes, edges }: TextGraph): string {
  const lines = [
    '@startuml',
    `title ${escaped(title)}`,
    'left to right direction',
    'hide empty members',
    'set separator none',
  ];
  for (const [group, inside] of Map.groupBy(nodes, (node) => node.group)) {
    if (group !== '') lines.push(`package "${escaped(group)}" {`);
    for (const node of inside) lines.push(...nodeLines(node).map((line) => (group === '' ? line : `  ${line}`)));
    if (group !== '') lines.push('}');
  }
  for (const { kind, from, to, label, isCyclic } of edges) {
    const arrow = isCyclic ? '-[#c92a2a,bold]->' : arrows[kind];
    lines.push(`${from} ${arrow} ${to}${label === '' ? '' : ` : ${plain(label)}`}`);
  }
  lines.push('@enduml');
  return `${lines.join('\n')}\n`;
}

function nodeLines({ id, name, kind, isAbstract, members }: TextNode): string[] {
  const word = keywords[kind] ?? (isAbstract ? 'abstract class' : 'class');
  const dashed =
    kind === 'outside' ? ' <<outside>> #line.dashed' : kind === 'runtime' ? ' <<run time>> #line.dashed' : '';
  const head = `${word} "${escaped(name)}" as ${id}${dashed}`;
  if (members.length === 0) return [head];
  const rows = members.map((member) => {
    const modifier = `${member.isStatic ? '{static} ' : ''}${member.isAbstract ? '{abstract} ' : ''}`;
    return `  ${modifier}${plain(memberText(member).replace('−', '-'))}`;
  });
  return [`${head} {`, ...rows, '}'];
}
