import { type AsGraph, relations } from '../graph/as-graph.ts';
import type { MapAs, MapBlock, MapLink } from './map-model.ts';

const mostPeers = 24;
const peer = relations.indexOf('peer');

/** Links between what is drawn. Those from a provider are all there; of the others the most telling. */
export function linksAmong(
  graph: AsGraph,
  ases: readonly MapAs[],
  placeOf: ReadonlyMap<number, number>,
  mostPeerings: number,
  notes: string[],
): MapLink[] {
  const { offsets, neighbours, linkOf, links } = graph;
  const kept: MapLink[] = [];
  const others: MapLink[] = [];
  for (const [at, place] of placeOf) {
    for (let k = offsets[at]!; k < offsets[at + 1]!; k += 1) {
      const link = linkOf[k]!;
      const other = placeOf.get(neighbours[k]!);
      if (other === undefined || links.a[link] !== at) continue;
      const [one, two] = [ases[place]!, ases[other]!];
      const relation = relations[links.relation[link]!]!;
      if (relation === 'customer') kept.push({ from: place, to: other, relation });
      else if (relation === 'provider') kept.push({ from: other, to: place, relation: 'customer' });
      else if (one.isInside || two.isInside) others.push({ from: place, to: other, relation });
    }
  }
  const weight = ({ from, to, relation }: MapLink): number =>
    Math.min(ases[from]!.cone, ases[to]!.cone) + (relation === 'sibling' ? 1e9 : 0);
  // Between upstreams and those inside peering says more than among the hundreds at an exchange; among ASes that sell first.
  const telling = others.filter(({ from, to }) => ases[from]!.hue >= 0 || ases[to]!.hue >= 0);
  const shown = telling.sort((a, b) => weight(b) - weight(a) || a.from - b.from || a.to - b.to).slice(0, mostPeerings);
  const left = others.length - shown.length;
  if (left > 0) {
    notes.push(
      `${left.toLocaleString('en-US')} of ${others.length.toLocaleString('en-US')} links between peers or of unknown kind are not drawn`,
    );
  }
  return [...kept.filter(({ from, to }) => ases[from]!.isInside || ases[to]!.isInside), ...shown];
}

/** Peers of those that were asked for, largest first, one block each. */
export function peerBlocks(
  { offsets, neighbours, linkOf, links }: AsGraph,
  cones: Uint32Array,
  sellers: readonly number[],
  placeOf: ReadonlyMap<number, number>,
  add: (at: number, more: { role: 'transit'; hue: -1; home: number }) => number,
  notes: string[],
): MapBlock[] {
  const blocks: MapBlock[] = [];
  for (const seller of sellers) {
    const found: number[] = [];
    for (let k = offsets[seller]!; k < offsets[seller + 1]!; k += 1) {
      const at = neighbours[k]!;
      if (links.relation[linkOf[k]!] === peer && !placeOf.has(at)) found.push(at);
    }
    if (found.length === 0) continue;
    found.sort((a, b) => cones[b]! - cones[a]! || a - b);
    const host = placeOf.get(seller)!;
    const drawn = found.slice(0, mostPeers).map((at) => add(at, { role: 'transit', hue: -1, home: host }));
    blocks.push({ host, kind: 'peers', members: drawn, more: found.length - drawn.length });
  }
  if (blocks.some(({ more }) => more > 0)) notes.push(`of peers the ${mostPeers} with the largest cones are drawn`);
  return blocks;
}
