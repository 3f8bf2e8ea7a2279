import { indexOfAsn } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary } from './as-summary.ts';
import { countryName, findCountry } from './country-name.ts';
import { type LinkFact, linkFact } from './link-fact.ts';
import { requireCountries } from './missing.ts';

/** A country: who is there, how they connect to each other, and how they get out. */
export interface CountryAnswer {
  readonly country: string;
  readonly name: string;
  /** AS numbers given to holders in the country, with and without a link that was seen. */
  readonly registered: number;
  /** Those of them that have links, by cone, the largest first. */
  readonly ases: readonly AsSummary[];
  /** Registered elsewhere, but present at an exchange in the country. */
  readonly present: readonly { readonly as: AsSummary; readonly exchanges: readonly string[] }[];
  /** Between two of `ases`. */
  readonly links: readonly LinkFact[];
  /** From one of `ases` to an AS of another country, by paths and cone of the foreign end. */
  readonly wayOut: readonly LinkFact[];
  readonly exchanges: readonly {
    readonly id: number;
    readonly name: string;
    readonly city: string;
    readonly members: number;
  }[];
  readonly prefixes4: number | null;
  readonly prefixes6: number | null;
}

/**
 * @param wanted a code or an English name.
 * @throws NetwrightError `NW_INTERNET_COUNTRY_UNKNOWN`; `NW_INTERNET_SOURCE_MISSING` when the graph knows no countries.
 */
export function answerCountry(atlas: Atlas, wanted: string): CountryAnswer {
  const country = findCountry(wanted);
  requireCountries(atlas);
  const { graph, registry, cones } = atlas;
  const registered = registry.ofCountry(country);
  const inside = membersOf(atlas, country);
  const isInside = new Uint8Array(graph.asns.length);
  for (const as of inside) isInside[as] = 1;
  const links: LinkFact[] = [];
  const out: LinkFact[] = [];
  const weights: number[] = [];
  for (const as of inside) {
    for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
      const other = graph.neighbours[slot]!;
      if (isInside[other] === 0) {
        const fact = linkFact(atlas, as, slot);
        out.push(fact);
        weights.push((fact.pathsIn ?? 0) * graph.asns.length + cones.recursive[other]!);
      } else if (as < other) links.push(linkFact(atlas, as, slot));
    }
  }
  const order = Uint32Array.from(out.keys()).sort((one, other) => weights[other]! - weights[one]!);
  const ases = Array.from(inside, (as) => asSummary(atlas, as)).sort(
    (one, other) => other.cone - one.cone || one.asn - other.asn,
  );
  const sum = (key: 'prefixes4' | 'prefixes6'): number | null =>
    atlas.originated === undefined ? null : ases.reduce((total, as) => total + (as[key] ?? 0), 0);
  return {
    country,
    name: countryName(country),
    registered: registered.length,
    ases,
    present: presentIn(atlas, country, isInside),
    links,
    wayOut: Array.from(order, (at) => out[at]!),
    exchanges: registry.exchanges
      .filter((exchange) => exchange.country === country)
      .map(({ id, name, city, members }) => ({ id, name, city, members: members.length }))
      .sort((one, other) => other.members - one.members),
    prefixes4: sum('prefixes4'),
    prefixes6: sum('prefixes6'),
  };
}

/** Indexes of the ASes of a country that have links. */
export function membersOf({ graph, registry }: Atlas, country: string): Uint32Array {
  const found: number[] = [];
  for (const asn of registry.ofCountry(country)) {
    const as = indexOfAsn(graph, asn);
    if (as >= 0) found.push(as);
  }
  return Uint32Array.from(found);
}

function presentIn(atlas: Atlas, country: string, isInside: Uint8Array): CountryAnswer['present'] {
  const at = new Map<number, string[]>();
  for (const exchange of atlas.registry.exchanges) {
    if (exchange.country !== country) continue;
    for (const asn of exchange.members) {
      const as = indexOfAsn(atlas.graph, asn);
      if (as < 0 || isInside[as] === 1) continue;
      const known = at.get(as);
      if (known === undefined) at.set(as, [exchange.name]);
      else known.push(exchange.name);
    }
  }
  return [...at]
    .map(([as, exchanges]) => ({ as: asSummary(atlas, as), exchanges }))
    .sort((one, other) => other.as.cone - one.as.cone);
}
