import { NetwrightError } from '#core';
import type { Source } from '../source/open-source.ts';
import type { SourceFormat } from '../source/sniff.ts';

/** What a file is for. */
const sourceKinds = ['routes', 'as-rel', 'delegated', 'names', 'organizations', 'peeringdb', 'vrps', 'ranges'] as const;
export type SourceKind = (typeof sourceKinds)[number];

const kinds: Readonly<Partial<Record<SourceFormat, SourceKind>>> = {
  mrt: 'routes',
  'bgpdump-text': 'routes',
  'show-ip-bgp': 'routes',
  'junos-routes': 'routes',
  'frr-json': 'routes',
  'gobgp-json': 'routes',
  'as-rel': 'as-rel',
  delegated: 'delegated',
  'as-names-json': 'names',
  'as-organizations': 'organizations',
  'peeringdb-json': 'peeringdb',
  'vrp-json': 'vrps',
  'ranges-csv': 'ranges',
};

/** @throws NetwrightError `NW_INTERNET_FORMAT` for what is none of them. */
export function kindOf({ name, format, head }: Source): SourceKind {
  const known = kinds[format];
  if (known !== undefined) return known;
  const text = head.subarray(0, 4096).toString('latin1');
  if (format === 'json' && /"organizationId"\s*:/.test(text)) return 'organizations';
  if (format === 'json' && /"prefix"\s*:/.test(text) && /"asn"\s*:/.test(text)) return 'vrps';
  if (format === 'json' && /"name_long"\s*:|"ipaddr4"\s*:/.test(text)) return 'peeringdb';
  // The RIPE NCC's asn.txt: `8452 TE-AS TE-AS, EG`.
  if (format === 'text' && /^\d+ +\S.*, ?[A-Z]{2}\r?$/m.test(text)) return 'names';
  const what = format === 'empty' ? 'an empty file' : `something that begins with ${JSON.stringify(text.slice(0, 40))}`;
  throw new NetwrightError(
    'NW_INTERNET_FORMAT',
    `${name}: expected routes, relationships, delegated statistics, names, organisations, PeeringDB, VRPs or address ranges, found ${what}`,
    { hint: 'See `netwright internet build --help` for the files that are read.' },
  );
}
