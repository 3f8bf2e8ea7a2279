import type { Atlas, PrefixOrigins } from '../graph/atlas.ts';
import {
  findPrefix,
  lessSpecifics,
  moreSpecifics,
  type Prefix,
  parsePrefix,
  prefixTextAt,
  textOfPrefix,
} from '../graph/prefix-search.ts';
import { countryName } from './country-name.ts';
import { type SeenPath, seenPath } from './link-fact.ts';
import { missing } from './missing.ts';
import { type CoveringVrp, coveringVrps, type RpkiState, rpkiState } from './rpki.ts';

/** All that is known of a prefix. */
export interface PrefixAnswer {
  readonly prefix: string;
  /** Whether it is announced itself; else `lessSpecifics` tell who carries its addresses. */
  readonly isAnnounced: boolean;
  readonly origins: readonly Origin[];
  /** More than one AS originates it. */
  readonly isMoas: boolean;
  /** Where its first address is registered; null where no source tells, or for IPv6. */
  readonly country: string | null;
  readonly countryName: string | null;
  readonly lessSpecifics: readonly PrefixRow[];
  readonly moreSpecifics: readonly PrefixRow[];
  /** How many there are; `moreSpecifics` lists up to the limit. */
  readonly moreSpecificCount: number;
  /** Distinct paths to it, the shortest first; null where the graph was built without routes. */
  readonly paths: readonly SeenPath[] | null;
  /** VRPs that cover it; null where none were given. */
  readonly vrps: readonly CoveringVrp[] | null;
}

export interface Origin {
  readonly asn: number;
  readonly name: string | null;
  readonly country: string | null;
  /** Vantage points that see this origin; 0 where it is known from a list. */
  readonly seenBy: number;
  /** Null without VRPs. */
  readonly rpki: RpkiState | null;
}

export interface PrefixRow {
  readonly prefix: string;
  readonly origins: readonly Origin[];
}

export interface PrefixOptions {
  /** How many more specifics to list. Default 1000. */
  readonly limit?: number;
}

/**
 * @param text a prefix, or an address, which stands for the longest prefix that contains it.
 * @throws NetwrightError `NW_INTERNET_INVALID`; `NW_INTERNET_SOURCE_MISSING` when the graph knows no prefixes.
 */
export function answerPrefix(atlas: Atlas, text: string, { limit = 1000 }: PrefixOptions = {}): PrefixAnswer {
  const table = atlas.prefixes ?? missing('prefixes', atlas);
  const prefix = wantedPrefix(table, text);
  const at = findPrefix(table, prefix);
  const origins = at < 0 ? [] : originsAt(atlas, table, at, prefix);
  const { first, end } = moreSpecifics(table, prefix);
  const row = (index: number): PrefixRow => {
    const shown = prefixTextAt(table, index);
    return { prefix: shown, origins: originsAt(atlas, table, index, parsePrefix(shown)) };
  };
  const inside = Array.from({ length: Math.min(end - first, limit) }, (_, offset) => row(first + offset));
  const country = countryOf(atlas, prefix);
  return {
    prefix: textOfPrefix(prefix),
    isAnnounced: at >= 0,
    origins,
    isMoas: origins.length > 1,
    country,
    countryName: country === null ? null : countryName(country),
    lessSpecifics: lessSpecifics(table, prefix).map(row),
    moreSpecifics: inside,
    moreSpecificCount: end - first,
    paths: pathsTo(atlas, at),
    vrps: atlas.vrps === undefined ? null : coveringVrps(atlas.vrps, prefix),
  };
}

/** An address without a mask: the longest announced prefix that has it, where there is one. */
function wantedPrefix(table: PrefixOrigins, text: string): Prefix {
  const prefix = parsePrefix(text);
  if (text.includes('/') || findPrefix(table, prefix) >= 0) return prefix;
  const covering = lessSpecifics(table, prefix).at(-1);
  return covering === undefined ? prefix : parsePrefix(prefixTextAt(table, covering));
}

function originsAt(atlas: Atlas, table: PrefixOrigins, at: number, prefix: Prefix): readonly Origin[] {
  const { registry, vrps } = atlas;
  const covering = vrps && coveringVrps(vrps, prefix);
  const found: Origin[] = [];
  for (let slot = table.offsets[at]!; slot < table.offsets[at + 1]!; slot += 1) {
    const asn = table.origins[slot]!;
    found.push({
      asn,
      name: registry.name(asn) ?? null,
      country: registry.country(asn) ?? null,
      seenBy: table.seenBy[slot]!,
      rpki: covering === undefined ? null : rpkiState(covering, prefix.length, asn),
    });
  }
  return found;
}

function pathsTo({ paths }: Atlas, at: number): readonly SeenPath[] | null {
  if (paths?.ofPrefix === undefined) return null;
  if (at < 0) return [];
  const { offsets, pathIds } = paths.ofPrefix;
  return Array.from(pathIds.subarray(offsets[at], offsets[at + 1]), (id) => seenPath(paths.table, id)).sort(
    (one, other) => one.length - other.length,
  );
}

function countryOf({ addresses }: Atlas, { family, words }: Prefix): string | null {
  if (addresses === undefined || family === 6) return null;
  const { first, last, country } = addresses;
  const address = words[0]!;
  let low = 0;
  let high = first.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (first[middle]! > address) high = middle - 1;
    else if (last[middle]! < address) low = middle + 1;
    else return String.fromCharCode(country[middle]! >> 8, country[middle]! & 255);
  }
  return null;
}
