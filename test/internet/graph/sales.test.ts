import { describe, expect, it } from 'vitest';
import { salesOf } from '../../../src/internet/graph/sales.ts';
import { graphOf } from './small-graph.ts';

describe('who sells to whom', () => {
  const graph = graphOf('1>2 3>2 2>4 5>1 2-6 3>4');
  const { customers, providers } = salesOf(graph);
  const asnsOf = ({ offsets, members }: typeof customers, asn: number): number[] => {
    const as = graph.asns.indexOf(asn);
    return Array.from(members.subarray(offsets[as], offsets[as + 1]), (one) => graph.asns[one]!);
  };

  it('lists both sides ascending, without peers', () => {
    expect([1, 2, 3, 4, 5, 6].map((asn) => asnsOf(customers, asn))).toEqual([[2], [4], [2, 4], [], [1], []]);
    expect([1, 2, 3, 4, 5, 6].map((asn) => asnsOf(providers, asn))).toEqual([[5], [1, 3], [], [2, 3], [], []]);
  });

  it('names the link of each', () => {
    for (const side of [customers, providers]) {
      for (let as = 0; as < graph.asns.length; as += 1) {
        for (let at = side.offsets[as]!; at < side.offsets[as + 1]!; at += 1) {
          const link = side.linkOf[at]!;
          expect(new Set([graph.links.a[link], graph.links.b[link]])).toEqual(new Set([as, side.members[at]]));
        }
      }
    }
  });

  it('is found once a graph', () => {
    expect(salesOf(graph).customers).toBe(customers);
  });
});
