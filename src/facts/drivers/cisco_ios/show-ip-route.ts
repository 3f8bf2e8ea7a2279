import type { Ask } from '../../ask.ts';
import { readDuration } from '../../values/duration.ts';
import { longInterfaceName } from '../../values/interface-name.ts';

/** One next hop of an entry of the routing table. */
export interface TableRoute {
  readonly prefix: string;
  /** `bgp`, `ospf`, `static`, `connected`. */
  readonly protocol: string;
  readonly distance: number;
  readonly nextHop: string;
  readonly interfaceName: string;
  /** Seconds; -1 unknown. */
  readonly ageS: number;
}

/** Reads `show ip route <destination>`: the entry, then a line for each next hop below `Routing Descriptor Blocks:`. */
export function readRoutes(ask: Ask, command: string, output: string): readonly TableRoute[] {
  const routes: TableRoute[] = [];
  let prefix = '';
  let protocol = '';
  let distance = -1;
  let isBlocks = false;
  let isKnown = false;
  for (const raw of output.split('\n')) {
    const line = raw.slice(0, 2000).trim();
    const entry = /^Routing entry for ([\d.]{7,15}\/\d{1,2})/.exec(line)?.[1];
    if (entry !== undefined) {
      prefix = entry;
      isBlocks = false;
      isKnown = true;
    }
    const [, known, far] = /^Known via "([a-z-]{2,20})(?: [^"]{1,40})?", distance (\d{1,3})/.exec(line) ?? [];
    if (known !== undefined) {
      protocol = known;
      distance = Number(far);
    }
    if (/^Routing Descriptor Blocks:/.test(line)) isBlocks = true;
    else if (
      isBlocks &&
      !/^(?:Route |AS Hops|MPLS |Hops|Loading|Total delay|Minimum|Reliability|opaque_ptr|SR |Repair|merge )/.test(line)
    ) {
      const hop = hopIn(line);
      if (hop !== undefined) routes.push({ prefix, protocol, distance, ...hop });
    }
    if (/^% (?:Network|Subnet) not in table|^Gateway of last resort/.test(line)) isKnown = true;
  }
  if (isKnown) ask.understood(command);
  return routes;
}

/**
 * `* 10.105.179.5, from 10.105.179.5, 1d21h ago`, `10.0.0.1, via GigabitEthernet2`, `* directly connected, via Vlan20`.
 */
function hopIn(line: string): Pick<TableRoute, 'nextHop' | 'interfaceName' | 'ageS'> | undefined {
  const [first = '', ...rest] = line
    .replace(/^\* ?/, '')
    .split(',', 8)
    .map((part) => part.trim());
  const nextHop = /^([\d.]{7,15})(?: \([\w-]{1,64}\))?$/.exec(first)?.[1];
  if (nextHop === undefined && first !== 'directly connected') return undefined;
  const via = rest.find((part) => part.startsWith('via '))?.slice(4) ?? '';
  const ago = rest.find((part) => part.endsWith(' ago'))?.slice(0, -4) ?? '';
  return { nextHop: nextHop ?? '', interfaceName: longInterfaceName(via), ageS: readDuration(ago) ?? -1 };
}
