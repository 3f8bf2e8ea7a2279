import { shortPortName } from './port-names.ts';
import { isOneSided, type Topology, type TopologyNode } from './topology.ts';

const quote = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[\r\n]+/g, '\\n')}"`;

/** The topology for Graphviz: sites as clusters, a line for each cable with its interfaces at the ends. */
export function drawTopologyDot({ nodes, links }: Topology): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sites = Map.groupBy(nodes, ({ site }) => site ?? '');
  const clusters = [...sites].map(([site, members], index) => {
    const lines = members.map((node) => `    ${quote(node.id)} [${attributesOf(node)}];`);
    if (site === '') return lines.map((line) => line.slice(2)).join('\n');
    return [`  subgraph cluster_${index} {`, `    label=${quote(site)};`, ...lines, '  }'].join('\n');
  });
  const edges = links.flatMap(({ a, b, cables }) =>
    cables.map((cable) => {
      const doubtful = isOneSided(cable, byId.get(a)!, byId.get(b)!) ? ', style=dashed, color=orangered' : '';
      const ends = `taillabel=${quote(shortPortName(cable.a))}, headlabel=${quote(shortPortName(cable.b))}`;
      return `  ${quote(a)} -- ${quote(b)} [${ends}${doubtful}];`;
    }),
  );
  return [
    'graph topology {',
    '  graph [overlap=false, splines=true, rankdir=LR];',
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="monospace"];',
    '  edge [fontname="monospace", fontsize=9];',
    ...clusters,
    ...edges,
    '}\n',
  ].join('\n');
}

function attributesOf({ name, kind, role, platform }: TopologyNode): string {
  const about = [role, platform].filter(Boolean).join(', ');
  const label = `label=${quote(about === '' ? name : `${name}\n${about}`)}`;
  return kind === 'device' ? label : `${label}, style="rounded,dashed"`;
}
