import { type Atlas, generatePlanet, recursiveConeSizes } from '#internet';

/** A small internet that was made up by seed: what maps are drawn of in tests. */
export async function madePlanet(ases = 1500, seed = 7): Promise<Atlas> {
  const { graph, registry } = generatePlanet({ ases, seed });
  const recursive = await recursiveConeSizes(graph);
  return { graph, registry, cones: { recursive }, sources: [], timeMs: Date.UTC(2026, 0, 2) };
}

/** The country with the most ASes, and one with few. */
export function countriesOf({ registry, graph }: Atlas): { readonly large: string; readonly small: string } {
  const counts = new Map<string, number>();
  for (const asn of graph.asns) {
    const country = registry.country(asn)!;
    counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const small = sorted.findLast(([, count]) => count >= 8) ?? sorted[0]!;
  return { large: sorted[0]![0], small: small[0] };
}
