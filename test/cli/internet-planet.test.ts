import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type AsGraph,
  chooseObservers,
  generatePlanet,
  indexOfAsn,
  observe,
  openRoutes,
  type Relation,
  relations,
  topologyOf,
} from '#internet';
import { Netwright } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** From a planet of which all is known, through MRT and a graph file, to answers: what is said is what is so. */
const ases = 600;
const seed = 1;
const planet = generatePlanet({ ases, seed });

/** What each neighbour is to an AS. */
function truthOf(graph: AsGraph, asn: number): Map<number, Relation> {
  const as = indexOfAsn(graph, asn);
  const found = new Map<number, Relation>();
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    const other = graph.neighbours[slot]!;
    const relation = relations[graph.links.relation[graph.linkOf[slot]!]!]!;
    const isTurned = other < as && (relation === 'customer' || relation === 'provider');
    found.set(graph.asns[other]!, isTurned ? (relation === 'customer' ? 'provider' : 'customer') : relation);
  }
  return found;
}

let home: string;
let netwright: Netwright;
const run = async (...args: string[]) => {
  const ended = await netwright.call(['internet', ...args]);
  expect(ended.code, `${args.join(' ')}: ${ended.stderr}`).toBe(0);
  return ended;
};
/** A question in all three forms; the text and the CSV must not be empty. */
const ask = async (...args: string[]) => {
  expect((await run(...args)).stdout.split('\n').length).toBeGreaterThan(2);
  expect((await run(...args, '--csv')).stdout.trim().split('\n').length).toBeGreaterThan(1);
  return (await run(...args, '--json')).json();
};

const largest = [...planet.graph.asns]
  .map((asn) => ({ asn, sold: [...truthOf(planet.graph, asn).values()].filter((kind) => kind === 'customer').length }))
  .sort((one, other) => other.sold - one.sold || one.asn - other.asn)
  .map(({ asn }) => asn);
const provider = largest.find((asn) => !planet.clique.includes(asn))!;
const carrier = largest.find((asn) => planet.clique.includes(asn))!;
const country = planet.registry.country(provider)!;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-planet-'));
  netwright = new Netwright(home);
  await run(...['simulate', '--ases', `${ases}`, '--seed', `${seed}`, '-o', 'rib.mrt.gz', '--names', 'names.json']);
  expect((await run('build', 'rib.mrt.gz', 'names.json')).stdout).toContain('planet.nwgraph: 600 ASes');
});
afterAll(async () => await rm(home, { recursive: true }));

describe('a generated planet, from its routes back to answers', () => {
  it('has all routes in the file that was written', async () => {
    const topology = topologyOf(planet.graph);
    const observers = chooseObservers(topology, { count: 30, seed });
    const made = await observe(topology, observers, { seed });
    const read = await openRoutes(join(home, 'rib.mrt.gz'));
    expect([read.routeCount, read.prefixes.count, read.paths.count]).toEqual([
      made.routeCount,
      made.prefixes.count,
      made.paths.count,
    ]);
    // A partial feed of somebody without customers may have nothing to show.
    const shown = new Set(Array.from(made.peerOf, (peer) => made.peers[peer]!.asn));
    expect(new Set(Array.from(read.peerOf, (peer) => read.peers[peer]!.asn))).toEqual(shown);
  });

  it('says how ASes connect, what each link is, and by which paths', async () => {
    const answer = await ask('asn', `${carrier}`, `${provider}`);
    let [right, told] = [0, 0];
    for (const { asn, neighbours } of answer.ases) {
      const truth = truthOf(planet.graph, asn);
      for (const { to, relation, examples, step, confidence } of neighbours) {
        expect(truth.has(to), `AS${asn} and AS${to}`).toBe(true);
        expect(examples[0].join(' ')).toMatch(new RegExp(`\\b(?:${asn} ${to}|${to} ${asn})\\b`));
        if (relation === 'unknown') continue;
        expect(step).not.toBe('none');
        expect(confidence).toBeGreaterThan(0);
        told += 1;
        if (truth.get(to) === relation) right += 1;
      }
    }
    expect(told).toBeGreaterThan(60);
    expect(right / told).toBeGreaterThan(0.99);
  });

  it('knows who is in a country, and its ways out', async () => {
    const answer = await ask('country', country);
    expect(answer.ases.map(({ asn }: { asn: number }) => asn).sort((x: number, y: number) => x - y)).toEqual([
      ...planet.registry.ofCountry(country),
    ]);
    for (const { from, to } of answer.wayOut) {
      expect([planet.registry.country(from), planet.registry.country(to) === country]).toEqual([country, false]);
    }
    const { gateways, rankedBy } = await ask('country', country, '--gateways');
    expect(rankedBy).toBe('prefixes');
    for (const { as } of gateways) {
      expect([...truthOf(planet.graph, as.asn).keys()].some((one) => planet.registry.country(one) !== country)).toBe(
        true,
      );
    }
  });

  it('tells providers, the transit-free among them', async () => {
    const { providers } = await ask('providers');
    const free = providers.filter(({ role }: { role: string }) => role === 'transit-free');
    expect(free.map(({ asn }: { asn: number }) => asn).sort((x: number, y: number) => x - y)).toEqual(planet.clique);
    const many = await ask('providers', '--operator-threshold', '15');
    for (const { asn } of many.providers) expect(truthOf(planet.graph, asn).size).toBeGreaterThan(15);
  });

  it('ranks upstreams, lists customers, and compares them', async () => {
    const truth = truthOf(planet.graph, provider);
    const { upstreams } = await ask('upstreams', `${provider}`);
    expect(upstreams.length).toBeGreaterThan(0);
    for (const { to, relation } of upstreams) if (relation === 'provider') expect(truth.get(to)).toBe('provider');
    const { customers } = await ask('customers', `${provider}`);
    expect(customers.length).toBeGreaterThan(5);
    for (const { asn } of customers) expect(truth.get(asn)).toBe('customer');
    const { providers, customers: together } = await ask('compare', `${provider}`, `${carrier}`);
    const sum = providers.reduce((all: number, one: { directCustomers: number }) => all + one.directCustomers, 0);
    expect(together).toBeLessThanOrEqual(sum);
    expect(providers[0].directCustomers).toBe(customers.length);
  });

  it('knows origins of prefixes, a way that the relations allow, and what a failure cuts off', async () => {
    const { prefixes, paths, pathOf, prefixOf } = await openRoutes(join(home, 'rib.mrt.gz'));
    const origin = paths.hops[paths.offsets[pathOf[0]! + 1]! - 1]!;
    const word = prefixes.words[prefixOf[0]! * 4]!;
    const text = `${[24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.')}/${prefixes.length[prefixOf[0]!]}`;
    const answer = await ask('prefix', text);
    expect(answer).toMatchObject({ isAnnounced: true, isMoas: false, origins: [{ asn: origin }] });
    for (const path of answer.paths) expect(path.at(-1)).toBe(origin);
    const { hops } = await ask('path', `${origin}`, `${provider}`);
    expect([hops[0].as.asn, hops.at(-1).as.asn]).toEqual([origin, provider]);
    const failed = await ask('what-if', '--fail', `AS${provider}`);
    const alone = [...truthOf(planet.graph, provider)]
      .filter(([asn, kind]) => kind === 'customer' && truthOf(planet.graph, asn).size === 1)
      .map(([asn]) => asn);
    expect(alone.length).toBeGreaterThan(0);
    expect(failed.lost).toEqual(expect.arrayContaining(alone));
  });
});
