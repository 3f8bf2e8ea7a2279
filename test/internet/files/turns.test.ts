import { describe, expect, it } from 'vitest';
import { countriesOfAddresses } from '../../../src/internet/files/address-countries.ts';
import { joinExchanges, joinFacts } from '../../../src/internet/files/join-facts.ts';
import { relations } from '../../../src/internet/graph/as-graph.ts';
import { buildAsGraph } from '../../../src/internet/graph/build-graph.ts';
import { type AsFacts, registryInSlices } from '../../../src/internet/graph/registry-table.ts';
import { salesInSlices, salesOf } from '../../../src/internet/graph/sales.ts';
import { forEach, itemsASlice, runAtOnce, type Sliced } from '../../../src/internet/relationships/slices.ts';

/** Sizes of September 2025, with room for some years. */
const [ases, ranges, members] = [150_000, 400_000, 60_000];

/** How often a field of the items is looked at. */
class Work {
  done = 0;
  readonly #counting: ProxyHandler<object> = {
    get: (fields, name) => {
      this.done += 1;
      return Reflect.get(fields, name) as unknown; // whatever the field holds
    },
  };

  item<T extends object>(fields: T): T {
    return new Proxy(fields, this.#counting) as T; // which a proxy of it is
  }

  /** The most that is done between two pauses, with the result. */
  most<T>(work: Sliced<T>): { readonly most: number; readonly result: T } {
    let most = 0;
    for (;;) {
      const before = this.done;
      const { done, value } = work.next();
      most = Math.max(most, this.done - before);
      if (done) return { most, result: value };
    }
  }
}

describe('files are joined in slices', () => {
  it('what is known of ASes', () => {
    const work = new Work();
    const facts = (more: AsFacts): Map<number, AsFacts> =>
      new Map(Array.from({ length: ases }, (_, at) => [at + 1, work.item(more)]));
    const { most, result } = work.most(
      joinFacts({
        // One holder with a quarter of all numbers, others with one each.
        registrations: Array.from({ length: ases / 2 }, (_, at) =>
          work.item({ first: at, count: at === 0 ? ases / 4 : 1, country: 'eg', holder: undefined }),
        ),
        names: facts({ name: 'A', country: 'US' }),
        holders: facts({ organisation: 'O', name: 'B' }),
        networks: facts({ type: 'NSP' }),
      }),
    );
    expect(result.size).toBe(ases + 1);
    expect(result.get(7)).toEqual({ country: 'EG', name: 'A', organisation: 'O', type: 'NSP' });
    expect(result.get(ases)).toMatchObject({ country: 'US' });
    expect(most).toBeGreaterThan(itemsASlice / 2);
    expect(most).toBeLessThanOrEqual(4 * itemsASlice);

    const known = new Map([...result.keys()].map((asn) => [asn, work.item({ name: `AS ${asn}`, country: 'EG' })]));
    const built = work.most(registryInSlices(known, []));
    expect(built.result.name(ases)).toBe(`AS ${ases}`);
    expect(built.most).toBeLessThanOrEqual(4 * itemsASlice);
  });

  it('one holder with a hundred thousand numbers', () => {
    const registrations = [{ first: 1, count: 100_000, country: 'EG', holder: 'H' }];
    const work = joinFacts({ registrations, names: new Map(), holders: new Map(), networks: new Map() });
    expect(pausesOf(work)).toBeGreaterThanOrEqual(Math.floor(100_000 / itemsASlice));
  });

  it('countries of addresses, in order', () => {
    const work = new Work();
    const first = (at: number): number => Math.imul(at, 0x9e3779b1) >>> 0;
    const given = Array.from({ length: ranges }, (_, at) => {
      const from = at % 2 === 0 ? first(at) : BigInt(first(at));
      return work.item({ first: from, last: from, country: ['EG', 'sa', 'ZZ', ''][at % 4]! });
    });
    const { most, result } = work.most(countriesOfAddresses(given));
    expect(result?.first).toHaveLength(ranges / 2);
    expect(result?.first).toEqual(result?.first.toSorted());
    expect(result?.last).toEqual(result?.first);
    const place = result?.first.indexOf(first(5)) ?? -1;
    expect(result?.country[place]).toBe(('S'.charCodeAt(0) << 8) | 'A'.charCodeAt(0));
    expect(most).toBeLessThanOrEqual(4 * itemsASlice);
    expect(runAtOnce(countriesOfAddresses([{ first: 1, last: 2, country: 'ZZ' }]))).toBeUndefined();
  });

  it('ranges that begin at one address keep the order in which they were given', () => {
    const given = ['EG', 'SA', 'AE'].map((country, at) => ({
      first: 4_000_000_000,
      last: 4_000_000_000 + at,
      country,
    }));
    const known = runAtOnce(countriesOfAddresses([...given, { first: 9, last: 9, country: 'PL' }]));
    expect([...known!.last]).toEqual([9, 4_000_000_000, 4_000_000_001, 4_000_000_002]);
  });

  it('who is present at exchanges', () => {
    const work = new Work();
    const rest = { speedMbps: 1000, isRouteServerPeer: false };
    const presences = Array.from({ length: members }, (_, at) =>
      work.item({ asn: at % 20_000, exchange: at % 2 === 0 ? at % 1000 : undefined, lan: at % 700, ...rest }),
    );
    const exchanges = new Map([[0, { id: 0, name: 'CAIX', country: 'EG', city: 'Cairo' }]]);
    const { most, result } = work.most(joinExchanges(exchanges, presences, new Map([[1, 0]])));
    expect(result[0]).toMatchObject({ name: 'CAIX' });
    expect(result[0]!.members).toContain(1);
    expect(result.find(({ id }) => id === 2)).toMatchObject({ name: 'exchange 2' });
    expect(most).toBeLessThanOrEqual(4 * itemsASlice);
  });

  it('who sells to whom, over links of real size', () => {
    const count = 600_000;
    const links = {
      count,
      a: Uint32Array.from({ length: count }, (_, at) => at % 1000),
      b: Uint32Array.from({ length: count }, (_, at) => 1000 + (at % 70_000)),
      relation: new Uint8Array(count).fill(relations.indexOf('customer')),
    };
    const graph = buildAsGraph(links);
    const pauses = pausesOf(salesInSlices(graph));
    expect(pauses).toBeGreaterThanOrEqual(2 * Math.floor(graph.links.count / itemsASlice));
    // Found once.
    expect(pausesOf(salesInSlices(graph))).toBe(0);
    expect(salesOf(graph).customers.members).toHaveLength(graph.links.count);
  });

  it('rows of a file', () => {
    let done = 0;
    const rows = Array.from({ length: 100_000 }, (_, at) => at);
    const pauses = pausesOf(
      forEach(rows, 'rows', (row) => {
        done += row;
      }),
    );
    expect(done).toBe(4_999_950_000);
    expect(pauses).toBe(Math.ceil(rows.length / itemsASlice));
  });
});

function pausesOf(work: Sliced<unknown>): number {
  let pauses = 0;
  while (!work.next().done) pauses += 1;
  return pauses;
}
