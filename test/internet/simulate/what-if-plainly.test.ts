import { describe, expect, it } from 'vitest';
import { type AsGraph, type Failure, generatePlanet, indexOfAsn, topologyOf, whatIf } from '#internet';
import { Routing } from '../../../src/internet/simulate/routing.ts';
import { StallProbe } from '../../stall-probe.ts';

/** Every route before and after, without leaving out a single one. */
function plainly(graph: AsGraph, { ases = [], links = [] }: Failure, observers: readonly number[]) {
  const failedAses = ases.map((asn) => indexOfAsn(graph, asn));
  const failedLinks = links.map(([x, y]) => {
    const [a, b] = [indexOfAsn(graph, x), indexOfAsn(graph, y)].toSorted((one, other) => one - other);
    return graph.links.a.findIndex((_, link) => graph.links.a[link] === a && graph.links.b[link] === b);
  });
  const from = observers.map((asn) => indexOfAsn(graph, asn));
  const before = new Routing(topologyOf(graph), from);
  const after = new Routing(topologyOf(graph, { failedAses, failedLinks }), from);
  const lost: number[] = [];
  const pairs = { before: 0, after: 0, rerouted: 0, longer: 0 };
  const hops = new Uint32Array(1024);
  for (const [origin, asn] of graph.asns.entries()) {
    if (failedAses.includes(origin)) continue;
    before.routeTo(origin);
    after.routeTo(origin);
    const [had, has] = [before, after].map((routing) =>
      from.map((as) => [...hops.subarray(0, routing.writePath(as, hops, 0))]),
    ) as [number[][], number[][]];
    const changed = had.map((path, at) => path.join() !== has[at]!.join());
    pairs.before += had.filter((path) => path.length > 0).length;
    pairs.after += has.filter((path) => path.length > 0).length;
    pairs.rerouted += has.filter((path, at) => path.length > 0 && changed[at]).length;
    pairs.longer += has.filter((path, at) => path.length > had[at]!.length).length;
    if (had.some((path) => path.length > 0) && has.every((path) => path.length === 0)) lost.push(asn);
  }
  return { lost, pairs };
}

describe('what if something fails, with most routes left alone', () => {
  const planet = generatePlanet({ ases: 500, seed: 11 });
  const { graph } = planet;
  const busiest = graph.asns.toSorted((x, y) => degreeOf(graph, y) - degreeOf(graph, x));
  const observers = [planet.clique[0]!, planet.clique[1]!, busiest[7]!, graph.asns[40]!, graph.asns[300]!];

  it('finds what every route of all finds, whichever AS fails', async () => {
    let rerouted = 0;
    for (const asn of [...busiest.slice(0, 12), ...graph.asns.filter((_, as) => as % 61 === 0)]) {
      if (observers.includes(asn)) continue;
      const failure = { ases: [asn] };
      const found = await whatIf(graph, failure, { observers });
      expect({ lost: found.lost, pairs: found.pairs }, `AS${asn}`).toEqual(plainly(graph, failure, observers));
      rerouted += found.pairs.rerouted;
    }
    expect(rerouted).toBeGreaterThan(100);
  });

  it('finds the same for links, those of a stub included', async () => {
    for (let link = 0; link < graph.links.count; link += 53) {
      const failure = { links: [[graph.asns[graph.links.a[link]!]!, graph.asns[graph.links.b[link]!]!] as const] };
      const found = await whatIf(graph, failure, { observers });
      expect({ lost: found.lost, pairs: found.pairs }).toEqual(plainly(graph, failure, observers));
    }
  });

  it('gives the event loop its turns', async () => {
    const large = generatePlanet({ ases: 8000, seed: 3 });
    using probe = new StallProbe();
    await whatIf(large.graph, { ases: [large.clique[0]!] });
    expect(probe.worstMs).toBeLessThan(50);
  });
});

function degreeOf(graph: AsGraph, asn: number): number {
  const as = indexOfAsn(graph, asn);
  return graph.offsets[as + 1]! - graph.offsets[as]!;
}
