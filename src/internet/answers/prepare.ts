import { setImmediate as turn } from 'node:timers/promises';
import type { Atlas } from '../graph/atlas.ts';
import { salesOf } from '../graph/sales.ts';
import { asCountries } from './as-countries.ts';
import { neighbourCounts } from './neighbour-counts.ts';
import { rankOf } from './rank.ts';
import { topsOf } from './tops.ts';

/**
 * Finds what many questions look up, which a graph file does not hold: some milliseconds when it is loaded, so that the
 * first question is answered as fast as the next. Others have their turn between one and the next.
 */
export async function prepareAnswers(atlas: Atlas): Promise<void> {
  if (atlas.graph.asns.length === 0) return;
  const steps = [
    () => neighbourCounts(atlas),
    () => topsOf(atlas),
    () => rankOf(atlas, 0),
    () => asCountries(atlas),
    () => salesOf(atlas.graph),
    () => atlas.registry.prepare?.(),
  ];
  for (const step of steps) {
    await turn();
    step();
  }
}
