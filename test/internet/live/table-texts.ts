import type { LiveTable } from '../../../src/internet/live/table/live-table.ts';
import { runSliced } from '../../../src/internet/relationships/slices.ts';
import { prefixText } from '../../../src/internet/routes/address.ts';
import type { RouteTable } from '../../../src/internet/routes/route-table.ts';

/** Routes as text, sorted: `prefix path @asn address collector`. */
export function routeLines({ routeCount, prefixOf, pathOf, peerOf, prefixes, paths, peers }: RouteTable): string[] {
  return Array.from({ length: routeCount }, (_, route) => {
    const prefix = prefixOf[route]!;
    const from = paths.offsets[pathOf[route]!]!;
    const hops = [...paths.hops.subarray(from, paths.offsets[pathOf[route]! + 1])].map((hop, at) => {
      const set = paths.sets.get(from + at);
      return set === undefined ? `${hop}` : `{${set.join(',')}}`;
    });
    const { asn, address, collector } = peers[peerOf[route]!]!;
    return `${prefixText(prefixes.words, prefix, prefixes.family[prefix]!, prefixes.length[prefix]!)} ${hops.join(' ')} @${asn} ${address} ${collector}`;
  }).sort();
}

export const tableTexts = async (table: LiveTable): Promise<string[]> => routeLines(await runSliced(table.snapshot()));
