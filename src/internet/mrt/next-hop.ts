import { readU16 } from './as-path.ts';
import type { MrtRoute } from './mrt-route.ts';

/**
 * The next hop of a route of a table: that of MP_REACH_NLRI for IPv6, else NEXT_HOP. Tables carry MP_REACH_NLRI cut
 * down to the next hop (RFC 6396 section 4.3.4), yet some writers keep all of it: its first byte, the high one of the
 * address family, is then zero.
 */
export function setTableNextHop(route: MrtRoute): void {
  const { attributes, bytes } = route;
  const { mpReach: at, mpReachEnd: end } = attributes;
  route.nextHopBytes = 0;
  if (at >= 0) {
    if (bytes[at] !== 0) setNextHop(route, at + 1, bytes[at]!, end);
    else if (end - at >= 4) setNextHop(route, at + 4, bytes[at + 3]!, end);
  }
  if ((route.nextHopBytes === 0 || (route.nextHopBytes === 4 && route.family === 4)) && attributes.nextHop >= 0) {
    route.nextHop = attributes.nextHop;
    route.nextHopBytes = 4;
  }
}

/** The next hop of what MP_REACH_NLRI of a message announces; returns where its prefixes begin, -1 when damaged. */
export function setMessageNextHop(route: MrtRoute): number {
  const { bytes, attributes } = route;
  const { mpReach: at, mpReachEnd: end } = attributes;
  route.nextHopBytes = 0;
  if (end - at < 5) return -1;
  const length = bytes[at + 3]!;
  setNextHop(route, at + 4, length, end);
  let next = at + 4 + length;
  if (next >= end) return -1;
  // SNPAs: RFC 2858 had them, nobody sends them; lengths in half octets.
  let count = bytes[next]!;
  next += 1;
  for (; count > 0 && next < end; count--) next += 1 + ((bytes[next]! + 1) >> 1);
  return next <= end ? next : -1;
}

/** The first address where there are two, global and link-local; behind a route distinguisher for VPNs. */
function setNextHop(route: MrtRoute, at: number, length: number, end: number): void {
  if (at + length > end) return;
  if (length === 16 || length === 32) {
    route.nextHop = at;
    route.nextHopBytes = 16;
  } else if (length === 4) {
    route.nextHop = at;
    route.nextHopBytes = 4;
  }
}

export function familyOf(bytes: Uint8Array, at: number): 4 | 6 | undefined {
  const afi = readU16(bytes, at);
  return afi === 1 ? 4 : afi === 2 ? 6 : undefined;
}
