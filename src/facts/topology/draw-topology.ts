import { drawTopologyDot } from './draw-dot.ts';
import { drawTopologySvg } from './draw-svg.ts';
import type { Theme } from './palette.ts';
import type { Topology } from './topology.ts';

export const topologyFormats = ['svg', 'dot', 'json'] as const;
export type TopologyFormat = (typeof topologyFormats)[number];

/** The topology as a picture, as text for Graphviz, or as JSON. */
export async function drawTopology(
  topology: Topology,
  format: TopologyFormat,
  options: { readonly theme?: Theme } = {},
): Promise<string> {
  if (format === 'svg') return await drawTopologySvg(topology, options);
  return format === 'dot' ? drawTopologyDot(topology) : `${JSON.stringify(topology, null, 2)}\n`;
}
