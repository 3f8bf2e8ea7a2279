import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AsGraph,
  buildAsGraph,
  customerCone,
  indexOfAsn,
  observedCones,
  ranksOf,
  recursiveConeSizes,
  relations,
} from '#internet';
import { pathTable } from '../relationships/path-table.ts';

const customer = relations.indexOf('customer');
const peer = relations.indexOf('peer');

/** `1>2` sells, `1-2` peers. */
function graphOf(...links: readonly string[]): AsGraph {
  const parts = links.map((link) => /^(\d+)([>-])(\d+)$/.exec(link)!);
  return buildAsGraph({
    count: parts.length,
    a: Uint32Array.from(parts, ([, a]) => Number(a)),
    b: Uint32Array.from(parts, ([, , , b]) => Number(b)),
    relation: Uint8Array.from(parts, ([, , kind]) => (kind === '>' ? customer : peer)),
  });
}

const byAsn = (graph: AsGraph, sizes: Uint32Array): Record<number, number> =>
  Object.fromEntries(Array.from(graph.asns, (asn, at) => [asn, sizes[at]!]));

describe('recursive cones', () => {
  it('count customers and theirs once, not peers', async () => {
    const graph = graphOf('1>2', '1>3', '2>4', '3>4', '1-9', '9>5');
    expect(byAsn(graph, await recursiveConeSizes(graph))).toEqual({ 1: 4, 2: 2, 3: 2, 4: 1, 5: 1, 9: 2 });
    expect(Array.from(customerCone(graph, indexOfAsn(graph, 1)), (as) => graph.asns[as])).toEqual([1, 2, 3, 4]);
  });

  it('are the transitive closure of selling, circles included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 })), {
          selector: ([x, y]) => [x, y].sort((one, other) => one - other).join(),
          minLength: 1,
          maxLength: 40,
        }),
        async (pairs) => {
          const sold = pairs.filter(([x, y]) => x !== y);
          if (sold.length === 0) return;
          const graph = graphOf(...sold.map(([x, y]) => `${x}>${y}`));
          const closure = new Set(sold.map(([x, y]) => `${x} ${y}`));
          for (const via of graph.asns) {
            for (const x of graph.asns) {
              for (const y of graph.asns) {
                if (closure.has(`${x} ${via}`) && closure.has(`${via} ${y}`)) closure.add(`${x} ${y}`);
              }
            }
          }
          const sizes = await recursiveConeSizes(graph);
          graph.asns.forEach((asn, at) => {
            const members = Array.from(graph.asns).filter((other) => other === asn || closure.has(`${asn} ${other}`));
            expect(sizes[at]).toBe(members.length);
            expect(Array.from(customerCone(graph, at), (as) => graph.asns[as])).toEqual(members);
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('observed cones', () => {
  const graph = graphOf('1>2', '2>3', '2>4', '1-9', '9>5', '3>6');
  it('hold what paths show below an AS', async () => {
    const { observed } = await observedCones(pathTable('9 1 2 3', '4 2 3 6', '1 9 5'), graph);
    expect(byAsn(graph, observed)).toEqual({ 1: 3, 2: 3, 3: 2, 4: 1, 5: 1, 6: 1, 9: 2 });
  });
  it('from above hold only what comes in from a provider or peer', async () => {
    const { providerPeerObserved } = await observedCones(pathTable('9 1 2 3', '4 2 3 6', '1 9 5'), graph);
    expect(byAsn(graph, providerPeerObserved)).toEqual({ 1: 3, 2: 2, 3: 2, 4: 1, 5: 1, 6: 1, 9: 2 });
  });
  it('see through prepends and stop at sets and strangers', async () => {
    const { observed, providerPeerObserved } = await observedCones(
      pathTable('4 2 2 2 3 3', '1 2 {7,8} 3', '9 1 77 2 4'),
      graph,
    );
    expect(byAsn(graph, observed)).toEqual({ 1: 2, 2: 3, 3: 1, 4: 1, 5: 1, 6: 1, 9: 1 });
    expect(byAsn(graph, providerPeerObserved)[2]).toBe(1);
  });
  it('are never larger than the recursive ones', async () => {
    const paths = pathTable('9 1 2 3 6', '4 2 1 9 5', '6 3 2 4');
    const recursive = await recursiveConeSizes(graph);
    const { observed, providerPeerObserved } = await observedCones(paths, graph);
    observed.forEach((size, at) => {
      expect(size).toBeLessThanOrEqual(recursive[at]!);
      expect(providerPeerObserved[at]).toBeLessThanOrEqual(size);
    });
  });
});

describe('ranks', () => {
  it('are one and how many are larger', () => {
    expect(Array.from(ranksOf(Uint32Array.of(5, 1, 9, 5, 1)))).toEqual([2, 4, 1, 2, 4]);
    expect(ranksOf(new Uint32Array()).length).toBe(0);
  });
});
