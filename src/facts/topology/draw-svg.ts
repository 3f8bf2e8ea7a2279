import {
  captionSize,
  headHeight,
  layoutTopology,
  nameSize,
  type PlacedTopology,
  type Point,
  portSize,
} from './layout-topology.ts';
import { fontStack, textWidth } from './measure.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import { topologySummary } from './summary.ts';
import { isOneSided, type Topology, type TopologyLink, type TopologyNode } from './topology.ts';

const margin = 20;
const headline = 62;
const legendHeight = 34;

/** One SVG document: no script, nothing fetched, the same bytes for the same topology. */
export async function drawTopologySvg(topology: Topology, options: { readonly theme?: Theme } = {}): Promise<string> {
  const palette = palettes[options.theme ?? 'light'];
  const picture = await layoutTopology(topology);
  const roles = rolesOf(topology);
  const summary = topologySummary(topology);
  const legend = legendOf(topology, roles);
  const inner = Math.ceil(Math.max(picture.width, textWidth(summary, 12), legend.width, 360));
  const width = inner + 2 * margin;
  const height = headline + picture.height + legendHeight + 2 * margin;
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(`Topology: ${summary}`)}</title>`,
    `<style>${styleOf(palette, roles.length)}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${margin}" y="36">Topology</text>`,
    `<text class="sub" x="${margin}" y="55">${escapeXml(summary)}</text>`,
    `<g transform="translate(${margin} ${headline + margin})">`,
    ...picture.sites.map(
      ({ name, x, y, width: w, height: h }) =>
        `<rect class="site" x="${x}" y="${y}" width="${w}" height="${h}" rx="8"/><text class="sitename" x="${x + 14}" y="${y + 21}">${escapeXml(name)}</text>`,
    ),
    ...picture.links.map(({ link, points }) => lineOf(link, points, nodes)),
    ...picture.nodes.map((box) => boxOf(box, roles)),
    '</g>',
    `<g transform="translate(${margin} ${headline + margin + picture.height + 22})">${legend.svg}</g>`,
    '</svg>\n',
  ].join('\n');
}

const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Roles, the most frequent first; with more than there are colours, the last ones share one. */
const rolesOf = ({ nodes }: Topology): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { role } of nodes) if (role !== undefined) counts.set(role, (counts.get(role) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([role]) => role);
};

const classOf = ({ kind, role }: TopologyNode, roles: readonly string[]): string => {
  if (kind !== 'device') return kind;
  const at = role === undefined ? -1 : roles.indexOf(role);
  return at === -1 ? 'plain' : `r${Math.min(at, palettes.light.roles.length - 2)}`;
};

function boxOf(box: PlacedTopology['nodes'][number], roles: readonly string[]): string {
  const { node, x, y, width, height, title, caption, ports } = box;
  const rule =
    ports.length === 0
      ? ''
      : `<line class="rule" x1="${x}" y1="${y + headHeight - 3}" x2="${x + width}" y2="${y + headHeight - 3}"/>`;
  const names = ports.map(({ x: at, y: middle, text, side }) => {
    const anchor = side === 'left' ? '' : ' text-anchor="end"';
    return `<text class="port" x="${side === 'left' ? at + 6 : at - 6}" y="${middle + 3}"${anchor}>${escapeXml(text)}</text>`;
  });
  const about = [node.name, node.role, node.platform, node.site, node.note].filter(Boolean).join('\n');
  return [
    `<g class="${classOf(node, roles)}"><title>${escapeXml(about)}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>${rule}`,
    `<text class="name" x="${x + 10}" y="${y + 15}">${escapeXml(title)}</text>`,
    `<text class="caption" x="${x + 10}" y="${y + 26}">${escapeXml(caption)}</text>`,
    ...names,
    '</g>',
  ].join('');
}

function lineOf(link: TopologyLink, points: readonly Point[], nodes: ReadonlyMap<string, TopologyNode>): string {
  const [a, b] = [nodes.get(link.a)!, nodes.get(link.b)!];
  const doubtful = link.cables.filter((cable) => isOneSided(cable, a, b));
  const about = link.cables.map(
    (cable) =>
      `${a.name} ${cable.a} – ${b.name} ${cable.b}, ${cable.protocol}${isOneSided(cable, a, b) ? `, seen by ${cable.seenBy === 'a' ? a.name : b.name} alone` : ''}`,
  );
  const style =
    doubtful.length > 0 ? 'line onesided' : a.kind === 'outside' || b.kind === 'outside' ? 'line out' : 'line';
  const bundle = link.cables.length;
  const width = Math.min(1.3 + 0.9 * (bundle - 1), 5);
  const path = `<path class="${style}" stroke-width="${width.toFixed(1)}" d="${roundedPath(points)}"/>`;
  return `<g><title>${escapeXml(about.join('\n'))}</title>${path}</g>`;
}

/** A path with small arcs at its bends. */
function roundedPath(points: readonly Point[]): string {
  const radius = 5;
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const start = toward(point, before, radius);
      const end = toward(point, after, radius);
      return `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join('');
}

function toward(from: Point, to: Point, most: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(most, length / 2) / length;
  return { x: round(from.x + (to.x - from.x) * share), y: round(from.y + (to.y - from.y) * share) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function legendOf({ nodes, links }: Topology, roles: readonly string[]): { svg: string; width: number } {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hasKind = (kind: TopologyNode['kind']): boolean => nodes.some((node) => node.kind === kind);
  const hasOneSided = links.some(({ a, b, cables }) =>
    cables.some((cable) => isOneSided(cable, byId.get(a)!, byId.get(b)!)),
  );
  const signs = [
    ...roles
      .slice(0, palettes.light.roles.length - 1)
      .map((role, at) => ({ style: `r${at}`, text: role, isLine: false })),
    ...(hasKind('silent') ? [{ style: 'silent', text: 'no answer', isLine: false }] : []),
    ...(hasKind('unread') ? [{ style: 'unread', text: 'told of by others only', isLine: false }] : []),
    ...(hasKind('outside') ? [{ style: 'outside', text: 'not in the inventory', isLine: false }] : []),
    ...(hasOneSided ? [{ style: 'onesided', text: 'seen from one end only', isLine: true }] : []),
    ...(links.some(({ cables }) => cables.length > 1)
      ? [{ style: 'bundle', text: 'several cables', isLine: true }]
      : []),
  ];
  let x = 0;
  const parts = signs.map(({ style, text, isLine }) => {
    const sign = isLine
      ? `<line class="line ${style}" x1="${x}" y1="0" x2="${x + 22}" y2="0" stroke-width="${style === 'bundle' ? 4 : 1.3}"/>`
      : `<g class="${style}"><rect class="box" x="${x}" y="-6" width="22" height="12" rx="3"/></g>`;
    const part = `${sign}<text class="sub" x="${x + 28}" y="4">${escapeXml(text)}</text>`;
    x += 28 + Math.ceil(textWidth(text, 12)) + 24;
    return part;
  });
  return { svg: parts.join(''), width: x };
}

function styleOf(palette: Palette, roles: number): string {
  const shown = Math.min(roles, palette.roles.length - 1);
  const [plainFill, plainEdge] = palette.roles.at(-1)!;
  return [
    `text{font-family:${fontStack};fill:${palette.ink};white-space:pre}`,
    `.heading{font-size:20px;font-weight:700}.sub{font-size:12px;fill:${palette.muted}}`,
    `.name{font-size:${nameSize}px;font-weight:700}.caption{font-size:${captionSize}px;fill:${palette.muted}}`,
    `.port{font-size:${portSize}px}.sitename{font-size:13px;font-weight:700;fill:${palette.muted}}`,
    `.paper{fill:${palette.paper}}.site{fill:${palette.siteFill};stroke:${palette.siteEdge}}`,
    `.plain .box{fill:${plainFill};stroke:${plainEdge}}`,
    ...palette.roles.slice(0, shown).map(([fill, edge], at) => `.r${at} .box{fill:${fill};stroke:${edge}}`),
    `.outside .box{fill:${palette.paper};stroke:${palette.outsideEdge};stroke-dasharray:4 3}`,
    `.silent .box{fill:${palette.silentFill};stroke:${palette.silentEdge};stroke-dasharray:6 3}`,
    `.unread .box{fill:${palette.siteFill};stroke:${palette.outsideEdge}}`,
    `.rule{stroke:${palette.siteEdge}}`,
    `.line{fill:none;stroke:${palette.line}}.out{stroke-dasharray:2 3}.onesided{stroke:${palette.oneSided};stroke-dasharray:7 4}`,
  ].join('\n');
}
