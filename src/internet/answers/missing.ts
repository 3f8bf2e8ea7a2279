import { NetwrightError } from '#core';
import type { Atlas } from '../graph/atlas.ts';

/** What a question needs beyond links, and how to get it. */
const remedies = {
  countries: [
    'countries of ASes',
    'Build the graph with delegated statistics or a list of AS names: `netwright internet fetch --rir --names`.',
  ],
  prefixes: [
    'prefixes and their origins',
    'Build the graph with a routing table or a list of address ranges: `netwright internet fetch --collector rrc00`.',
  ],
} as const;

/** @throws NetwrightError `NW_INTERNET_SOURCE_MISSING`. */
export function missing(what: keyof typeof remedies, { sources }: Pick<Atlas, 'sources'>): never {
  const [name, hint] = remedies[what];
  const made = sources.length === 0 ? 'nothing' : [...new Set(sources.map(({ kind }) => kind))].join(', ');
  throw new NetwrightError('NW_INTERNET_SOURCE_MISSING', `the graph has no ${name}: it was built from ${made}`, {
    hint,
  });
}

export function requireCountries(atlas: Pick<Atlas, 'graph' | 'registry' | 'sources'>): void {
  if (!atlas.graph.asns.some((asn) => atlas.registry.country(asn) !== undefined)) missing('countries', atlas);
}
