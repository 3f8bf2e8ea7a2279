import type { Atlas } from '../graph/atlas.ts';

/** When the links were so, in milliseconds: of the newest source that gave links; of any where none did. 0 if none tells. */
export function linkTimeMs({ sources, timeMs }: Pick<Atlas, 'sources' | 'timeMs'>): number {
  const times = sources.flatMap(({ kind, timeMs: own }) =>
    (kind === 'as-rel' || kind === 'routes') && own !== undefined ? [own] : [],
  );
  return times.length === 0 ? timeMs : Math.max(...times);
}
