import { escapeXml } from '#page';
import type { InternetMap, MapAs, MapLink } from './map-model.ts';
import { channelsOf, type Palette } from './palette.ts';
import { roleColor } from './svg.ts';

/** A text as DOT has one. */
export const dotQuoted = (text: string): string =>
  `"${text
    .toWellFormed()
    .replace(/[\u0000-\u001f]+/g, ' ')
    .replace(/["\\]/g, '\\$&')}"`;

/** How DOT draws a link, by its relation. */
export const dotLinkStyle: Readonly<Record<MapLink['relation'], string>> = {
  customer: '',
  peer: ' [dir=none, style=dashed, constraint=false]',
  unknown: ' [dir=none, style=dotted, constraint=false]',
  sibling: ' [dir=none, color="#7d8897:#7d8897", constraint=false]',
  member: ' [dir=none, style=dotted, constraint=false]',
};

/** A name for programs: a number of an AS, `ix274` of an exchange. */
const nodeId = ({ asn, exchange }: MapAs): string => (exchange === undefined ? String(asn) : `ix${exchange.id}`);

/** For Graphviz: providers above customers. */
export function drawDot(map: InternetMap, palette: Palette): string {
  const nodes = map.ases.map((as) => {
    const label =
      as.exchange === undefined ? `AS${as.asn} ${as.label} ${as.country}` : `${as.label} ${as.exchange.city}`;
    const shape = as.exchange === undefined ? '' : ', shape=diamond';
    return `  ${nodeId(as)} [label=${dotQuoted(label.trim())}, color="${roleColor(palette, as)}"${shape}];`;
  });
  const links = allLinks(map).map(
    ({ from, to, relation }) => `  ${nodeId(map.ases[from]!)} -> ${nodeId(map.ases[to]!)}${dotLinkStyle[relation]};`,
  );
  const notes = map.notes.map((note) => `// ${note.replace(/\s+/g, ' ')}`);
  return [
    ...notes,
    `digraph internet {`,
    `  label=${dotQuoted(map.title)}; rankdir=TB; bgcolor="${palette.background}";`,
    `  node [shape=box, style=rounded, fontname="sans-serif", fontcolor="${palette.ink}"];`,
    ...nodes,
    ...links,
    '}',
    '',
  ].join('\n');
}

/** For Gephi, GEXF 1.3: role, country and cone as attributes of nodes, the relation of links. */
export function drawGexf(map: InternetMap, palette: Palette): string {
  const attributes = ['name', 'country', 'role', 'cone', 'customers'] as const;
  const nodes = map.ases.map((as) => {
    const [red, green, blue] = channelsOf(roleColor(palette, as)) ?? [128, 128, 128];
    const values = attributes
      .map((key, at) => `<attvalue for="${at}" value="${escapeXml(String(as[key]))}"/>`)
      .join('');
    const size = (4 + 4 * Math.log10(as.cone + 1)).toFixed(1);
    return `<node id="${nodeId(as)}" label="${escapeXml(as.exchange === undefined ? `AS${as.asn}` : as.label.replace(/\s+/g, ' ').trim())}"><attvalues>${values}</attvalues><viz:color r="${red}" g="${green}" b="${blue}"/><viz:size value="${size}"/></node>`;
  });
  const edges = allLinks(map).map(({ from, to, relation }, at) => {
    const type = relation === 'customer' ? 'directed' : 'undirected';
    return `<edge id="${at}" source="${nodeId(map.ases[from]!)}" target="${nodeId(map.ases[to]!)}" type="${type}"><attvalues><attvalue for="0" value="${relation}"/></attvalues></edge>`;
  });
  const types = attributes.map(
    (title, at) =>
      `<attribute id="${at}" title="${title}" type="${title === 'cone' || title === 'customers' ? 'integer' : 'string'}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>netwright</creator><description>${escapeXml([map.title, ...map.notes].join('; '))}</description></meta>
<graph defaultedgetype="directed">
<attributes class="node">${types.join('')}</attributes>
<attributes class="edge"><attribute id="0" title="relation" type="string"/></attributes>
<nodes>
${nodes.join('\n')}
</nodes>
<edges>
${edges.join('\n')}
</edges>
</graph>
</gexf>
`;
}

/** The map as data; links by AS number, what is not drawn in `notes`. */
export function mapToJson(map: InternetMap): object {
  return {
    title: map.title,
    subtitle: map.subtitle,
    notes: map.notes,
    ases: map.ases
      .filter(({ exchange }) => exchange === undefined)
      .map((as) => ({ ...as, hue: undefined, home: as.home < 0 ? null : map.ases[as.home]!.asn })),
    links: map.links
      .filter(({ relation }) => relation !== 'member')
      .map(({ from, to, relation }) => ({ from: map.ases[from]!.asn, to: map.ases[to]!.asn, relation })),
    exchanges: map.ases.flatMap(({ exchange, name, country }, at) => {
      if (exchange === undefined) return [];
      const present = map.links.filter(({ from, relation }) => relation === 'member' && from === at);
      return [{ ...exchange, name, country, present: present.map(({ to }) => map.ases[to]!.asn) }];
    }),
    blocks: map.blocks.map(({ host, kind, members, more }) => ({
      of: host < 0 ? null : map.ases[host]!.asn,
      kind,
      members: members.map((at) => map.ases[at]!.asn),
      more,
    })),
  };
}

/** Links of the map, and those of blocks of peers, which stand for links that were not taken one by one. */
function allLinks(map: InternetMap): MapLink[] {
  const known = new Set(map.links.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
  const peers = map.blocks
    .filter(({ kind }) => kind === 'peers')
    .flatMap(({ host, members }) => members.map((to): MapLink => ({ from: host, to, relation: 'peer' })));
  return [...map.links, ...peers.filter(({ from, to }) => !known.has(`${from} ${to}`))];
}
