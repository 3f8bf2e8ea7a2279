import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { fitText, textWidth } from './measure.ts';
import { shortPortName } from './port-names.ts';
import { tiersOf } from './tiers.ts';
import type { Topology, TopologyLink, TopologyNode } from './topology.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Point {
  readonly width: number;
  readonly height: number;
}

/** An interface name inside a box, at its edge. */
export interface PlacedPort extends Point {
  readonly text: string;
  readonly side: 'left' | 'right';
}

export interface PlacedTopology {
  readonly width: number;
  readonly height: number;
  readonly sites: readonly (PlacedBox & { readonly name: string })[];
  readonly nodes: readonly (PlacedBox & {
    readonly node: TopologyNode;
    readonly title: string;
    readonly caption: string;
    readonly ports: readonly PlacedPort[];
  })[];
  readonly links: readonly { readonly link: TopologyLink; readonly points: readonly Point[] }[];
}

export const nameSize = 12;
export const captionSize = 9;
export const portSize = 9;
export const headHeight = 34;
const rowHeight = 13;
const mostName = 30;
const mostPort = 18;
/** More cables between two nodes are one line with a count. */
const mostNamed = 2;

let engine: Promise<ELK> | undefined;

/** ELK is 1.6 MB of code: it is loaded when the first drawing is laid out. */
async function elk(): Promise<ELK> {
  // The declarations of elkjs name its API, not the class that the bundle exports.
  engine ??= import('elkjs/lib/elk.bundled.js').then(({ default: Elk }) => new (Elk as unknown as new () => ELK)());
  return await engine;
}

/** Interfaces of all cables at one end of a link, as the box shows them. */
function portText(link: TopologyLink, end: 'a' | 'b'): string {
  const names = link.cables.map((cable) => shortPortName(cable[end]) || '?');
  const shown = names.slice(0, mostNamed).map((name) => fitText(name, mostPort));
  return names.length > mostNamed ? `${shown[0]} +${names.length - 1}` : shown.join(' ');
}

interface End {
  readonly id: string;
  readonly text: string;
  readonly side: 'left' | 'right';
}

/** Places devices in tiers from left to right, sites as frames around them, and lines in right angles between ports. */
export async function layoutTopology(topology: Topology): Promise<PlacedTopology> {
  const tiers = tiersOf(topology);
  const rank = (id: string): string => `${String(tiers.get(id) ?? 0).padStart(6, '0')} ${id}`;
  const links = topology.links
    .filter(({ a, b }) => a !== b)
    .map((link) => ({ link, isForward: rank(link.a) <= rank(link.b) }));
  const ends = new Map<string, End[]>();
  const edges = links.map(({ link, isForward }, index): ElkExtendedEdge => {
    const [from, to] = isForward ? (['a', 'b'] as const) : (['b', 'a'] as const);
    const source: End = { id: `${index} out`, text: portText(link, from), side: 'right' };
    const target: End = { id: `${index} in`, text: portText(link, to), side: 'left' };
    ends.set(link[from], [...(ends.get(link[from]) ?? []), source]);
    ends.set(link[to], [...(ends.get(link[to]) ?? []), target]);
    return { id: String(index), sources: [source.id], targets: [target.id] };
  });
  const boxes = new Map(topology.nodes.map((node) => [node.id, boxOf(node, ends.get(node.id) ?? [])]));
  const root = await (await elk()).layout(graphOf(topology, boxes, edges));
  return placed(
    root,
    topology,
    boxes,
    ends,
    links.map(({ link }) => link),
  );
}

interface Box {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly caption: string;
  readonly elk: ElkNode;
}

function boxOf(node: TopologyNode, ends: readonly End[]): Box {
  const title = fitText(node.name, mostName);
  const about =
    node.kind === 'outside' ? 'not in the inventory' : [node.role, node.platform].filter(Boolean).join(' · ');
  const caption = fitText(node.kind === 'silent' ? `no answer · ${about}` : about, mostName + 6);
  const widest = (side: End['side']): number =>
    Math.max(0, ...ends.filter((end) => end.side === side).map(({ text }) => textWidth(text, portSize)));
  const count = (side: End['side']): number => ends.filter((end) => end.side === side).length;
  const width = Math.ceil(
    Math.max(
      textWidth(title, nameSize) * 1.04 + 20,
      textWidth(caption, captionSize) + 20,
      widest('left') + widest('right') + 30,
      90,
    ),
  );
  const rows = Math.max(count('left'), count('right'));
  const height = headHeight + rows * rowHeight + (rows > 0 ? 5 : 0);
  const ports = ends.map(({ id, side }) => ({
    id,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side === 'left' ? 'WEST' : 'EAST' },
  }));
  const elkNode: ElkNode = {
    id: node.id,
    width,
    height,
    ports,
    layoutOptions: {
      'elk.portConstraints': 'FIXED_SIDE',
      'elk.spacing.portPort': String(rowHeight),
      'elk.spacing.portsSurrounding': `[top=${headHeight + rowHeight / 2},left=0,bottom=${rowHeight / 2},right=0]`,
      'elk.portAlignment.default': 'BEGIN',
    },
  };
  return { width, height, title, caption, elk: elkNode };
}

function graphOf(topology: Topology, boxes: ReadonlyMap<string, Box>, edges: ElkExtendedEdge[]): ElkNode {
  const sites = Map.groupBy(topology.nodes, ({ site }) => site ?? '');
  const boxesOf = (nodes: readonly TopologyNode[]): ElkNode[] => nodes.map(({ id }) => boxes.get(id)!.elk);
  const common = {
    'elk.algorithm': 'layered',
    'elk.direction': 'RIGHT',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.spacing.nodeNode': '18',
    'elk.spacing.edgeNode': '10',
    'elk.spacing.edgeEdge': '7',
    'elk.spacing.componentComponent': '30',
    'elk.layered.spacing.nodeNodeBetweenLayers': '50',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.randomSeed': '1',
  };
  const frames = [...sites]
    .filter(([site]) => site !== '')
    .map(
      ([site, nodes]): ElkNode => ({
        id: `site:${site}`,
        children: boxesOf(nodes),
        layoutOptions: { ...common, 'elk.padding': '[top=34,left=16,bottom=16,right=16]' },
      }),
    );
  return {
    id: 'root',
    layoutOptions: {
      ...common,
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.aspectRatio': '1.6',
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
    },
    children: [...frames, ...boxesOf(sites.get('') ?? [])],
    edges,
  };
}

function placed(
  root: ElkNode,
  topology: Topology,
  boxes: ReadonlyMap<string, Box>,
  ends: ReadonlyMap<string, readonly End[]>,
  links: readonly TopologyLink[],
): PlacedTopology {
  const nodes: PlacedTopology['nodes'][number][] = [];
  const sites: PlacedTopology['sites'][number][] = [];
  const origins = new Map<string, Point>([['root', { x: 0, y: 0 }]]);
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const visit = (child: ElkNode, origin: Point): void => {
    const at = { x: Math.round(origin.x + (child.x ?? 0)), y: Math.round(origin.y + (child.y ?? 0)) };
    const size = { width: Math.ceil(child.width ?? 0), height: Math.ceil(child.height ?? 0) };
    const node = byId.get(child.id);
    if (node === undefined) {
      sites.push({ ...at, ...size, name: child.id.replace(/^site:/, '') });
      origins.set(child.id, at);
      for (const inner of child.children ?? []) visit(inner, at);
      return;
    }
    const box = boxes.get(node.id)!;
    const texts = new Map((ends.get(node.id) ?? []).map((end) => [end.id, end]));
    const ports = (child.ports ?? []).map(({ id, x = 0, y = 0 }): PlacedPort => {
      const { text, side } = texts.get(id)!;
      return { x: at.x + Math.round(x), y: at.y + Math.round(y), text, side };
    });
    nodes.push({ ...at, ...size, node, title: box.title, caption: box.caption, ports });
  };
  for (const child of root.children ?? []) visit(child, { x: 0, y: 0 });
  return {
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    sites,
    nodes,
    links: edgesIn(root).map((edge) => {
      // With children included, a line is relative to the smallest frame around both of its ends.
      const container = (edge as { container?: string }).container ?? 'root';
      const origin = origins.get(container) ?? { x: 0, y: 0 };
      const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) =>
        [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({
          x: Math.round(origin.x + x),
          y: Math.round(origin.y + y),
        })),
      );
      return { link: links[Number(edge.id)]!, points };
    }),
  };
}

const edgesIn = (node: ElkNode): readonly ElkExtendedEdge[] => [
  ...(node.edges ?? []),
  ...(node.children ?? []).flatMap(edgesIn),
];
