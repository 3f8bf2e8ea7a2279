import { entryOf } from '../../values/entry.ts';

/** Adds rows to the list of a key. */
export function addTo<T>(group: Record<string, T[]>, key: string, ...rows: readonly T[]): void {
  entryOf(group, key, () => []).push(...rows);
}
