import type { Registry } from '../graph/registry.ts';

/**
 * Route servers of exchanges that put their own number into paths. They pass routes between their members and are no
 * party to the interconnection, so they are taken out of a path: the members on both sides are neighbours.
 */
// biome-ignore format: a list of numbers, which one to a line would stretch over pages
export const knownRouteServers: readonly number[] = [
  1200, 4635, 5507, 6695, 7606, 8714, 9355, 9439, 9560, 9722, 9989, 11670, 15645, 17819, 18398, 21371, 24029, 24115,
  24990, 35054, 40633, 42476, 43100, 47886, 48850, 50384, 55818, 57463,
];

/** Whether an AS is a route server: by the list above, those given, and PeeringDB's type where a registry is at hand. */
export function routeServerTest(
  registry?: Pick<Registry, 'type'>,
  others: Iterable<number> = [],
): (asn: number) => boolean {
  const known = new Set([...knownRouteServers, ...others]);
  if (registry === undefined) return (asn) => known.has(asn);
  return (asn) => known.has(asn) || registry.type(asn) === 'Route Server';
}
