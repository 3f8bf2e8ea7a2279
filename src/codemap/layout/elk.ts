import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';

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
  readonly boxes: ReadonlyMap<string, Point & { readonly layer: number; readonly position: number }>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
}

let engine: Promise<ELK> | undefined;

/** ELK is 1.6 MB of code: it is loaded when the first drawing is laid out. */
async function elk(): Promise<ELK> {
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
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      'elk.layered.generatePositionAndLayerIds': 'true',
      'elk.layered.thoroughness': '5',
      'elk.randomSeed': '1',
      ...(hasFloors && { 'elk.partitioning.activate': 'true' }),
    },
    children: boxes.map(({ id, width, height, floor }) => ({
      id,
      width,
      height,
      ...(floor !== undefined && { layoutOptions: { 'elk.partitioning.partition': String(floor) } }),
    })),
    edges: lines.map(({ id, from, to, weight }) => ({
      id,
      sources: [from],
      targets: [to],
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
    boxes: new Map(
      (placed.children ?? []).map(({ id, x = 0, y = 0, layoutOptions = {} }) => [
        id,
        {
          x: Math.round(x),
          y: Math.round(y),
          layer: Number(
            layoutOptions['elk.layered.layering.layerId'] ??
              layoutOptions['org.eclipse.elk.layered.layering.layerId'] ??
              0,
          ),
          position: Number(layoutOptions['org.eclipse.elk.layered.crossingMinimization.positionId'] ?? 0),
        },
      ]),
    ),
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
