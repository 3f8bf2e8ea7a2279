import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AsGraph, indexOfAsn, relations } from '../../../src/internet/graph/as-graph.ts';
import { buildAsGraph } from '../../../src/internet/graph/build-graph.ts';
import { graphOf, linksOf } from './small-graph.ts';

const relationOf = (graph: AsGraph, from: number, to: number): string | undefined => {
  const as = indexOfAsn(graph, from);
  for (let at = graph.offsets[as]!; at < graph.offsets[as + 1]!; at += 1) {
    const other = graph.neighbours[at]!;
    if (graph.asns[other] !== to) continue;
    const relation = relations[graph.links.relation[graph.linkOf[at]!]!];
    if (as < other || relation === undefined) return relation;
    return relation === 'customer' ? 'provider' : relation === 'provider' ? 'customer' : relation;
  }
  return undefined;
};

describe('buildAsGraph', () => {
  it('reads a link from both ends', () => {
    const graph = graphOf('3356>8452 8452-24835 24835>65540');
    expect([...graph.asns]).toEqual([3356, 8452, 24835, 65540]);
    expect(relationOf(graph, 3356, 8452)).toBe('customer');
    expect(relationOf(graph, 8452, 3356)).toBe('provider');
    expect(relationOf(graph, 24835, 8452)).toBe('peer');
  });

  it('turns a link that is given from its larger number', () => {
    const graph = graphOf('9000>100');
    expect([...graph.asns]).toEqual([100, 9000]);
    expect(relations[graph.links.relation[0]!]).toBe('provider');
    expect(relationOf(graph, 9000, 100)).toBe('customer');
  });

  it('takes a double once: the first relation that is known, the greater number of paths', () => {
    const links = linksOf('1?2 2>1 1=2');
    const graph = buildAsGraph({ ...links, confidence: Uint8Array.of(0, 80, 90), paths: Uint32Array.of(9, 1, 0) });
    expect(graph.links.count).toBe(1);
    expect(relationOf(graph, 2, 1)).toBe('customer');
    expect([graph.links.paths[0], graph.links.confidence[0]]).toEqual([9, 80]);
  });

  it('leaves out a link with itself, keeps ASes without links and four-byte numbers', () => {
    const graph = buildAsGraph(linksOf('7-7 4200000001>4294967294'), [64512]);
    expect([...graph.asns]).toEqual([7, 64512, 4200000001, 4294967294]);
    expect(graph.links.count).toBe(1);
  });

  it('lists every neighbour once, ascending, over the link that joins them', () => {
    const asn = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 524280, max: 524300 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(asn, asn)), (pairs) => {
        const graph = buildAsGraph(linksOf(pairs.map(([a, b]) => `${a}-${b}`).join(' ')));
        const wanted = new Set(
          pairs.filter(([a, b]) => a !== b).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
        );
        expect(graph.links.count).toBe(wanted.size);
        for (let as = 0; as < graph.asns.length; as += 1) {
          const around = graph.neighbours.subarray(graph.offsets[as], graph.offsets[as + 1]);
          expect([...around]).toEqual([...new Set(around)].sort((a, b) => a - b));
          for (const [at, other] of around.entries()) {
            const link = graph.linkOf[graph.offsets[as]! + at]!;
            expect([graph.links.a[link], graph.links.b[link]]).toEqual([Math.min(as, other), Math.max(as, other)]);
            expect(wanted.has(`${graph.asns[Math.min(as, other)]}-${graph.asns[Math.max(as, other)]}`)).toBe(true);
          }
        }
      }),
    );
  });
});
