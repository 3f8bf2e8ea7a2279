import type { ELK, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';

export interface GraphBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Boxes of a lower floor stand before those of a higher one. */
  readonly floor?: number;
}

export interface GraphLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Height below the top of its box at which the line begins or ends; anywhere when absent. */
  readonly fromY?: number;
  readonly toY?: number;
  /** How much the layout tries to keep the line short and straight. */
  readonly weight: number;
}

export interface GraphOptions {
  readonly direction: 'RIGHT' | 'DOWN' | 'UP';
  /** Wanted width by height of boxes that no line connects. */
  readonly aspectRatio: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Point>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
}

let engine: Promise<ELK> | undefined;

/** ELK is 1.6 MB of code: it is loaded when the first drawing is laid out. */
async function elk(): Promise<ELK> {
  // The declarations of elkjs name its API, not the class that the bundle exports.
  engine ??= import('elkjs/lib/elk.bundled.js').then(({ default: Elk }) => new (Elk as unknown as new () => ELK)());
  return await engine;
}

/** Places boxes in layers and routes lines between them in right angles, by ELK. Deterministic. */
export async function placeGraph(
  boxes: readonly GraphBox[],
  lines: readonly GraphLine[],
  { direction, aspectRatio }: GraphOptions,
): Promise<PlacedGraph> {
  const hasFloors = boxes.some(({ floor }) => floor !== undefined);
  const { ports, end } = portsOf(boxes, lines);
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.aspectRatio': String(aspectRatio),
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
      'elk.spacing.nodeNode': '16',
      'elk.spacing.edgeNode': '12',
      'elk.spacing.edgeEdge': '8',
      'elk.spacing.componentComponent': '24',
      'elk.layered.spacing.nodeNodeBetweenLayers': '34',
      'elk.layered.spacing.edgeNodeBetweenLayers': '14',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
      'elk.layered.mergeEdges': 'true',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.thoroughness': '5',
      'elk.randomSeed': '1',
      // Floors hold for the whole picture, not for each part of it.
      ...(hasFloors && { 'elk.partitioning.activate': 'true', 'elk.separateConnectedComponents': 'false' }),
    },
    children: boxes.map(({ id, width, height, floor }) => ({
      id,
      width,
      height,
      ...ports.get(id),
      ...(floor !== undefined && { layoutOptions: { 'elk.partitioning.partition': String(floor) } }),
    })),
    edges: lines.map(({ id, from, to, fromY, toY, weight }) => ({
      id,
      sources: [end(from, 'EAST', fromY)],
      targets: [end(to, 'WEST', toY)],
      layoutOptions: {
        'elk.layered.priority.direction': String(weight),
        'elk.layered.priority.shortness': String(weight),
      },
    })),
  };
  const placed = await (await elk()).layout(graph);
  return {
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    boxes: new Map((placed.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }])),
    lines: new Map(
      (placed.edges ?? []).map(({ id, sections = [] }) => [
        id,
        sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
          [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
        ),
      ]),
    ),
  };
}

interface Ports {
  readonly ports: ReadonlyMap<string, Pick<ElkNode, 'ports' | 'layoutOptions'>>;
  /** What a line is tied to: the box, or its port at that height. */
  readonly end: (box: string, side: 'EAST' | 'WEST', y: number | undefined) => string;
}

/** A box in which a line has a wanted height gets ports for all of its lines, the others in the middle. */
function portsOf(boxes: readonly GraphBox[], lines: readonly GraphLine[]): Ports {
  const fixed = new Set<string>();
  for (const { from, to, fromY, toY } of lines) {
    if (fromY !== undefined) fixed.add(from);
    if (toY !== undefined) fixed.add(to);
  }
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const found = new Map<string, Map<string, ElkPort>>();
  const end: Ports['end'] = (id, side, y) => {
    if (!fixed.has(id)) return id;
    const { width, height } = byId.get(id)!;
    const at = y ?? Math.round(height / 2);
    const port = `${id} ${side} ${at}`;
    const known = found.get(id) ?? new Map<string, ElkPort>();
    known.set(port, {
      id: port,
      x: side === 'EAST' ? width : 0,
      y: at,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side },
    });
    found.set(id, known);
    return port;
  };
  for (const { from, to, fromY, toY } of lines) {
    end(from, 'EAST', fromY);
    end(to, 'WEST', toY);
  }
  const ports = new Map(
    [...found].map(([id, known]) => [
      id,
      { ports: [...known.values()], layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } },
    ]),
  );
  return { ports, end };
}
