import type { Random } from '#core';
import { PairTable } from '../relationships/pair-table.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';
import { planetCountries } from './countries.ts';

/** What an AS of a generated planet does for a living, from the top down. */
export const tiers = ['transit-free', 'continental', 'national', 'local', 'content', 'stub'] as const;
export type Tier = (typeof tiers)[number];
const [transitFree, continental, national, local, content, stub] = [0, 1, 2, 3, 4, 5] as const;

/** Larger planets have larger exchanges, not more of them: else peerings would grow with the square of the ASes. */
const mostExchanges = 140;
/** Share of all ASes; the stubs are the rest, about as many as on the real internet. */
const shares = { continental: 0.006, national: 0.05, local: 0.1, content: 0.02 };
/** How likely an AS of a tier takes part in an exchange of its country, and how open it is to peering there. */
const attendance = [0.05, 0.3, 0.6, 0.5, 0.8, 0.06];
const openness = [0, 0.12, 0.4, 0.6, 0.85, 0.5];

export interface PlanetLinks {
  /** By place, providers always before their customers. */
  readonly tier: Uint8Array;
  readonly country: Uint8Array;
  readonly sellers: readonly number[];
  readonly buyers: readonly number[];
  readonly peers: readonly (readonly [number, number])[];
  readonly exchanges: readonly { readonly country: number; readonly members: readonly number[] }[];
}

/** Who buys from whom and who peers where, for `ases` places. */
export function* makeLinks(ases: number, random: Random): Sliced<PlanetLinks> {
  const tier = tiersOf(ases);
  const weights = planetCountries.map(([, , weight]) => weight);
  const country = Uint8Array.from(tier, () => weighted(weights, random));
  const places = new Places(tier, country);
  const links = new PairTable(ases * 4);
  const sellers: number[] = [];
  const buyers: number[] = [];
  const buy = (buyer: number, from: readonly number[], random: Random): void => {
    // The transit-free sell worldwide to much the same people; below them the first of a country have most of it.
    const isTop = tier[from[0]!] === transitFree;
    const seller = isTop && random() < 0.5 ? from[Math.floor(random() * from.length)] : zipf(from, random);
    if (seller === undefined || seller >= buyer || links.find(seller, buyer) >= 0) return;
    links.add(seller, buyer);
    sellers.push(seller);
    buyers.push(buyer);
  };
  for (let as = 0; as < ases; as += 1) {
    if (as % itemsASlice === 0) yield 'finding providers';
    for (const from of sourcesFor(as, places, random)) buy(as, from, random);
    if (tier[as]! > transitFree && buyers.at(-1) !== as) buy(as, places.of(transitFree), random);
  }
  const peers: [number, number][] = [];
  const peer = (x: number, y: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x];
    if (a === b || links.find(a, b) >= 0) return;
    links.add(a, b);
    peers.push([a, b]);
  };
  const top = places.of(transitFree);
  for (const x of top) for (const y of top) if (x < y) peer(x, y);
  const carriers = places.of(continental);
  for (const x of carriers) {
    yield 'peering of carriers';
    for (const y of carriers) {
      const near = regionOf(country[x]!) === regionOf(country[y]!);
      if (x < y && random() < (near ? 0.4 : 0.12)) peer(x, y);
    }
  }
  const exchanges = yield* makeExchanges(ases, places, random);
  for (const { members } of exchanges) {
    // An exchange of a thousand has no million sessions: everybody meets a limited number of others.
    const eagerness = Math.min(0.6, 60 / members.length);
    for (const [at, x] of members.entries()) {
      yield 'peering at exchanges';
      for (const y of members.slice(at + 1)) {
        if (random() < openness[tier[x]!]! * openness[tier[y]!]! * eagerness) peer(x, y);
      }
    }
  }
  return { tier, country, sellers, buyers, peers, exchanges };
}

function tiersOf(ases: number): Uint8Array {
  const counts = [
    Math.min(15, Math.max(4, Math.round(ases ** 0.28))),
    Math.max(6, Math.round(ases * shares.continental)),
    Math.round(ases * shares.national),
    Math.round(ases * shares.local),
    Math.round(ases * shares.content),
  ];
  const tier = new Uint8Array(ases).fill(stub);
  let start = 0;
  counts.forEach((count, at) => {
    tier.fill(at, start, start + count);
    start += count;
  });
  return tier;
}

/** Where an AS buys: a list of possible sellers for each link. */
function sourcesFor(as: number, places: Places, random: Random): (readonly number[])[] {
  const { tier, country } = places;
  const home = country[as]!;
  const top = places.of(transitFree);
  const carriers = (): readonly number[] =>
    pickList(places.ofRegion(continental, regionOf(home)), places.of(continental));
  const nationals = (): readonly number[] => pickList(places.ofCountry(national, home), carriers());
  const locals = (): readonly number[] => pickList(places.ofCountry(local, home), nationals());
  const several = (chances: readonly number[]): number => 1 + chances.filter((chance) => random() < chance).length;
  const choose = (odds: readonly (readonly [number, () => readonly number[]])[]): readonly number[] => {
    let left = random();
    for (const [share, list] of odds) {
      left -= share;
      if (left < 0) return list();
    }
    return odds[0]![1]();
  };
  const from = (count: number, odds: Parameters<typeof choose>[0]): (readonly number[])[] =>
    Array.from({ length: count }, () => choose(odds));
  switch (tier[as]!) {
    case transitFree:
      return [];
    case continental:
      return from(several([0.9, 0.5]), [
        [0.9, () => top],
        [0.1, carriers],
      ]);
    case national:
      return from(several([0.75, 0.35]), [
        [0.45, () => top],
        [0.42, carriers],
        [0.13, nationals],
      ]);
    case local:
      return from(several([0.6, 0.2]), [
        [0.55, nationals],
        [0.15, carriers],
        [0.2, () => top],
        [0.1, locals],
      ]);
    case content:
      return from(several([0.9, 0.5, 0.3]), [
        [0.55, () => top],
        [0.25, carriers],
        [0.2, nationals],
      ]);
    default:
      return from(several([0.5, 0.2, 0.06]), [
        [0.47, locals],
        [0.33, nationals],
        [0.06, carriers],
        [0.14, () => top],
      ]);
  }
}

const pickList = (list: readonly number[], otherwise: readonly number[]): readonly number[] =>
  list.length > 0 ? list : otherwise;

function* makeExchanges(ases: number, places: Places, random: Random): Sliced<PlanetLinks['exchanges']> {
  const weights = planetCountries.map(([, , weight]) => Math.sqrt(weight));
  const exchanges: { readonly country: number; readonly members: readonly number[] }[] = [];
  for (let left = Math.min(mostExchanges, Math.max(4, Math.round(ases / 150))); left > 0; left -= 1) {
    yield 'opening exchanges';
    const country = weighted(weights, random);
    const size = random() ** 2;
    const members: number[] = [];
    for (let tier = 0; tier < tiers.length; tier += 1) {
      const near =
        tier === content || tier <= continental
          ? places.ofRegion(tier, regionOf(country))
          : places.ofCountry(tier, country);
      for (const as of near) if (random() < attendance[tier]! * (0.15 + size)) members.push(as);
    }
    if (members.length > 1) exchanges.push({ country, members });
  }
  return exchanges;
}

/** ASes by tier, and by tier within a country or region. */
class Places {
  readonly tier: Uint8Array;
  readonly country: Uint8Array;
  readonly #lists = new Map<string, number[]>();

  constructor(tier: Uint8Array, country: Uint8Array) {
    this.tier = tier;
    this.country = country;
    for (let as = 0; as < tier.length; as += 1) {
      for (const key of [`${tier[as]}`, `${tier[as]} ${country[as]}`, `${tier[as]} ${regionOf(country[as]!)}`]) {
        const list = this.#lists.get(key);
        if (list === undefined) this.#lists.set(key, [as]);
        else list.push(as);
      }
    }
  }

  of(tier: number): readonly number[] {
    return this.#lists.get(`${tier}`) ?? [];
  }

  ofCountry(tier: number, country: number): readonly number[] {
    return this.#lists.get(`${tier} ${country}`) ?? [];
  }

  ofRegion(tier: number, region: string): readonly number[] {
    return this.#lists.get(`${tier} ${region}`) ?? [];
  }
}

const regionOf = (country: number): string => planetCountries[country]![1];

/** The first are the most popular: the nth gets about 1/n of what the first gets. */
function zipf(list: readonly number[], random: Random): number | undefined {
  return list[Math.floor((list.length + 1) ** random()) - 1];
}

function weighted(weights: readonly number[], random: Random): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
