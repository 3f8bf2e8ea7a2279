import type { Topology } from './topology.ts';

/** Words in roles, from the middle of a network to its edge. */
const roleTiers: readonly RegExp[] = [
  /core|backbone|spine|\brr\b|reflector|\bp\b/i,
  /dist|aggr|border|\bpe\b|edge|leaf|wan|firewall|gateway/i,
  /access|tor\b|\bce\b|switch|branch|server|host/i,
];

/**
 * How far from the middle each node is drawn: by its role where the roles say something, else by the distance from the
 * best connected devices. Neighbours from outside stand behind those that see them.
 */
export function tiersOf({ nodes, links }: Topology): ReadonlyMap<string, number> {
  const neighbors = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]));
  for (const { a, b } of links) {
    neighbors.get(a)?.add(b);
    neighbors.get(b)?.add(a);
  }
  const byRole = new Map<string, number>();
  for (const { id, role } of nodes) {
    const tier = role === undefined ? -1 : roleTiers.findIndex((words) => words.test(role));
    if (tier >= 0) byRole.set(id, tier * 100);
  }
  const degree = (id: string): number => neighbors.get(id)?.size ?? 0;
  const most = Math.max(0, ...nodes.map(({ id }) => degree(id)));
  const middle = nodes.filter(({ id, kind }) => kind !== 'outside' && most > 0 && degree(id) >= most * 0.7);
  const starts = byRole.size > 0 ? [...byRole.keys()] : middle.map(({ id }) => id);
  return distances(starts, byRole, neighbors);
}

function distances(
  starts: readonly string[],
  given: ReadonlyMap<string, number>,
  neighbors: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>(starts.map((id) => [id, given.get(id) ?? 0]));
  const queue = [...starts];
  for (let next = 0; next < queue.length; next += 1) {
    const id = queue[next]!;
    for (const neighbor of neighbors.get(id) ?? []) {
      if (tiers.has(neighbor)) continue;
      tiers.set(neighbor, (tiers.get(id) ?? 0) + 1);
      queue.push(neighbor);
    }
  }
  return tiers;
}
