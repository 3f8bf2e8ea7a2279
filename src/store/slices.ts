import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The items in slices, with a turn of the event loop between them. SQLite and string work answer at once, so a loop
 * of awaits over them alone would let nobody else in.
 */
export async function* slices<T>(items: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) {
    if (at > 0) await nextTurn();
    yield items.slice(at, at + size);
  }
}
