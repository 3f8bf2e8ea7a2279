import { describe, expect, it } from 'vitest';
import { buildAsGraph, generatePlanet, relations, topologyOf, whatIf } from '#internet';

const customer = relations.indexOf('customer');
const peer = relations.indexOf('peer');
/** 1 and 2 at the top; 3 buys from both, 4 from 1 only, 5 from 3 and 4, 6 from 4. */
const rows = [
  [1, 2, peer],
  [1, 3, customer],
  [2, 3, customer],
  [1, 4, customer],
  [3, 5, customer],
  [4, 5, customer],
  [4, 6, customer],
] as const;
const graph = buildAsGraph({
  count: rows.length,
  a: Uint32Array.from(rows, ([a]) => a),
  b: Uint32Array.from(rows, ([, b]) => b),
  relation: Uint8Array.from(rows, ([, , relation]) => relation),
});

describe('what if something fails', () => {
  it('tells whom nobody reaches any more, and who is reached another way', async () => {
    const { lost, rerouted, observers, pairs, examples } = await whatIf(graph, { ases: [4] }, { observers: [1, 2] });
    expect(observers).toEqual([1, 2]);
    expect(lost).toEqual([6]);
    expect(rerouted.every((asn) => asn === 5)).toBe(true);
    expect(pairs.after).toBe(pairs.before - 2);
    expect(examples.find(({ after }) => after.length === 0)?.before.at(-1)).toBe(6);
  });

  it('takes single links down', async () => {
    expect((await whatIf(graph, { links: [[4, 6]] })).lost).toEqual([6]);
    expect((await whatIf(graph, { links: [[6, 4]] })).lost).toEqual([6]);
    const { lost, partlyLost, rerouted } = await whatIf(graph, { links: [[2, 3]] }, { observers: [2] });
    expect([lost, partlyLost, rerouted]).toEqual([[], [], [3, 5]]);
  });

  it('changes nothing when nothing fails', async () => {
    expect(await whatIf(graph, {})).toMatchObject({ lost: [], partlyLost: [], rerouted: [], examples: [] });
  });

  it('asks only for the origins that it is asked for', async () => {
    const { origins, lost } = await whatIf(graph, { ases: [4] }, { origins: [5, 6] });
    expect([origins, lost]).toEqual([2, [6]]);
  });

  it('says which AS or link there is not', async () => {
    await expect(whatIf(graph, { ases: [99] })).rejects.toMatchObject({ code: 'NW_INTERNET_ASN_UNKNOWN' });
    await expect(whatIf(graph, { links: [[1, 6]] })).rejects.toMatchObject({ code: 'NW_INTERNET_ASN_UNKNOWN' });
  });

  it('loses exactly those that buy from the failed AS alone, over a whole planet', async () => {
    const planet = generatePlanet({ ases: 400, seed: 2 });
    const { providers, customers, asns } = topologyOf(planet.graph);
    const busiest = Array.from(asns.keys())
      .filter((as) => providers.offsets[as + 1]! > providers.offsets[as]!)
      .sort(
        (x, y) =>
          customers.offsets[y + 1]! - customers.offsets[y]! - (customers.offsets[x + 1]! - customers.offsets[x]!),
      )[0]!;
    const hasWay = reachableFromTop(planet.clique, topologyOf(planet.graph, { failedAses: [busiest] }));
    const cut = Array.from(asns.keys()).filter((as) => as !== busiest && !hasWay.has(as));
    expect(cut.length).toBeGreaterThan(0);
    const { lost } = await whatIf(planet.graph, { ases: [asns[busiest]!] }, { observers: planet.clique });
    expect(lost).toEqual(cut.map((as) => asns[as]));
  });
});

/** Downwards from the clique, over links to customers. */
function reachableFromTop(clique: readonly number[], { asns, customers }: ReturnType<typeof topologyOf>): Set<number> {
  const found = new Set(clique.map((asn) => asns.indexOf(asn)));
  for (const as of found) {
    for (const below of customers.members.subarray(customers.offsets[as], customers.offsets[as + 1])) found.add(below);
  }
  return found;
}
