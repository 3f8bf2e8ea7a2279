import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { NetwrightError } from '#core';
import { fitText, textWidth } from './measure.ts';
import { shortPortName } from './port-names.ts';
import { tiersOf } from './tiers.ts';
import type { Topology, TopologyLink, TopologyNode } from './topology.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface PlacedBox extends Point {
  readonly width: number;
  readonly height: number;
}

/** An interface name inside a box, at its edge. */
interface PlacedPort extends Point {
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
/** A box is drawn so much higher than it was laid out: its lowest port would stand on the edge. */
const sill = 5;
const mostName = 30;
const mostPort = 18;
/** More cables between two nodes are one line with a count. */
const mostNamed = 2;

/** Interfaces of all cables at one end of a link, as the box shows them. */
function portText(link: TopologyLink, end: 'a' | 'b'): string {
  const names = link.cables.map((cable) => shortPortName(cable[end]) || '?');
  const shown = names.slice(0, mostNamed).map((name) => fitText(name, mostPort));
  return names.length > mostNamed ? `${shown[0]} +${names.length - 1}` : shown.join(' ');
}

/** Layouts that take longer are given up: so large a picture would be of no use. */
const mostLayoutMs = 120_000;

async function layOut(graph: ElkNode): Promise<ElkNode> {
  const here = import.meta.url;
  const thread = new Worker(new URL(`./layout-thread${extname(here)}`, here), { workerData: graph });
  const { promise, resolve, reject } = Promise.withResolvers<ElkNode>();
  thread.once('message', resolve);
  thread.once('error', reject);
  const late = (): void =>
    reject(
      new NetwrightError('NW_NOT_SUPPORTED', `the layout of ${graph.edges?.length ?? 0} links takes too long`, {
        hint: 'choose a part of the network with --select, or --graph topology.dot and lay it out with Graphviz',
      }),
    );
  const timer = setTimeout(late, mostLayoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
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
  const root = await layOut(graphOf(topology, boxes, edges));
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
  const height = headHeight + rows * rowHeight;
  const ports = ends.map(({ id, side }) => ({
    id,
    width: 0,
    height: rowHeight,
    layoutOptions: { 'elk.port.side': side === 'left' ? 'WEST' : 'EAST' },
  }));
  const elkNode: ElkNode = {
    id: node.id,
    width,
    height,
    ports,
    layoutOptions: {
      'elk.portConstraints': 'FIXED_SIDE',
      // Ports are as high as their rows and stand at the bottom: what is above them is for the name.
      'elk.portAlignment.default': 'END',
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
    'elk.spacing.portPort': '0',
    'elk.spacing.edgeNode': '10',
    'elk.spacing.edgeEdge': '7',
    'elk.spacing.componentComponent': '30',
    'elk.layered.spacing.nodeNodeBetweenLayers': '50',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
    // The first draws closer together, and takes long for many boxes in one frame.
    'elk.layered.nodePlacement.strategy': isSmall(sites) ? 'NETWORK_SIMPLEX' : 'LINEAR_SEGMENTS',
    'elk.randomSeed': '1',
  };
  const frames = [...sites]
    .filter(([site]) => site !== '')
    .map(
      ([site, nodes]): ElkNode => ({
        id: `site:${site}`,
        children: boxesOf(nodes),
        layoutOptions: { ...common, ...inColumns(nodes.length), 'elk.padding': '[top=34,left=16,bottom=16,right=16]' },
      }),
    );
  return {
    id: 'root',
    layoutOptions: {
      ...common,
      ...inColumns(frames.length + (sites.get('')?.length ?? 0)),
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.aspectRatio': '1.6',
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
    },
    children: [...frames, ...boxesOf(sites.get('') ?? [])],
    edges,
  };
}

const isSmall = (sites: ReadonlyMap<string, readonly TopologyNode[]>): boolean =>
  [...sites.values()].every(({ length }) => length <= 60) && sites.size <= 30;

/** At most so many below each other that the whole is about as wide as high. */
const inColumns = (count: number): ElkNode['layoutOptions'] => ({
  'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
  'elk.layered.layering.coffmanGraham.layerBound': String(Math.max(3, Math.ceil(Math.sqrt(count * 1.6)))),
});

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
      return { x: at.x + Math.round(x), y: at.y + Math.round(y + rowHeight / 2), text, side };
    });
    const height = size.height + (ports.length > 0 ? sill : 0);
    nodes.push({ ...at, ...size, height, node, title: box.title, caption: box.caption, ports });
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
