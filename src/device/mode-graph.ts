import { didYouMean, NetwrightError } from '#core';
import type { Mode, Platform, Step } from '#platforms';

/** One way from a mode to a neighbour. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly Step[];
}

/**
 * The shortest way through the graph of modes, breadth first.
 *
 * @throws NetwrightError `NW_MODE_UNREACHABLE` when a mode does not exist or no way leads to it
 */
export function shortestWay(platform: Platform, from: string, to: string): readonly Passage[] {
  const modes: Readonly<Record<string, Mode<string>>> = platform.modes;
  if (!Object.hasOwn(modes, to))
    throw new NetwrightError(
      'NW_MODE_UNREACHABLE',
      `${platform.id} has no mode "${to}"; it has ${Object.keys(modes).join(', ')}.${didYouMean(to, Object.keys(modes))}`,
    );
  const cameBy = new Map<string, Passage | undefined>([[from, undefined]]);
  const queue = [from];
  for (let mode = queue.shift(); mode !== undefined; mode = queue.shift()) {
    if (mode === to) return wayBack(cameBy, to);
    for (const [next, steps] of Object.entries(modes[mode]?.to ?? {})) {
      if (steps === undefined || cameBy.has(next)) continue;
      cameBy.set(next, { from: mode, to: next, steps });
      queue.push(next);
    }
  }
  throw new NetwrightError('NW_MODE_UNREACHABLE', `${platform.id} knows no way from mode "${from}" to "${to}"`);
}

function wayBack(cameBy: ReadonlyMap<string, Passage | undefined>, to: string): Passage[] {
  const way: Passage[] = [];
  for (let passage = cameBy.get(to); passage !== undefined; passage = cameBy.get(passage.from)) way.unshift(passage);
  return way;
}
