import { setImmediate as nextTurn } from 'node:timers/promises';

const rooms = { parse: () => import('#parse'), facts: () => import('#facts') } as const;

/**
 * Loads rooms that changes and checks stand on, one a turn: with what imports them they would keep a process that
 * serves others from its work for 50 ms and more.
 */
export async function loadRooms(...names: readonly (keyof typeof rooms)[]): Promise<void> {
  for (const name of names) {
    await rooms[name]();
    await nextTurn();
  }
}
