/** One step from a list to another where new entries can only be put at the end. */
export type OrderStep =
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'append'; readonly at: number };

/**
 * The fewest steps, and none of them leaves the list empty on its way from some entries to others: a device may take
 * an empty access list for one that permits everything.
 * @returns undefined where an entry stands twice: which of them a removal meets, nobody knows.
 */
export function planOrder(standing: readonly string[], wanted: readonly string[]): readonly OrderStep[] | undefined {
  if (new Set(standing).size < standing.length || new Set(wanted).size < wanted.length) return undefined;
  const kept = new Set<number>();
  const place = new Map(standing.map((entry, at) => [entry, at]));
  let last = -1;
  let appendFrom = 0;
  for (; appendFrom < wanted.length; appendFrom += 1) {
    const at = place.get(wanted[appendFrom]!);
    if (at === undefined || at < last) break;
    kept.add(at);
    last = at;
  }
  const steps: OrderStep[] = [];
  const goes = standing.flatMap((_, at) => (kept.has(at) ? [] : [at]));
  // With nothing kept, the first wanted entry is new: it comes before the last old one goes.
  const stays = kept.size === 0 && wanted.length > 0 ? goes.pop() : undefined;
  for (const at of goes) steps.push({ kind: 'remove', at });
  for (let at = appendFrom; at < wanted.length; at += 1) {
    steps.push({ kind: 'append', at });
    if (at === appendFrom && stays !== undefined) steps.push({ kind: 'remove', at: stays });
  }
  return steps;
}
