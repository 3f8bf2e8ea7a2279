import type { Memory } from '#store';
import type { AlgorithmMemory } from '#transport';

const kind = 'algorithms';

/** What the transport learns of old systems, kept in the workspace. */
export const algorithmMemory = (memory: Memory): AlgorithmMemory => ({
  needsLegacy: (host) => memory.get(kind, host) === 'legacy',
  remember: (host) => memory.set(kind, host, 'legacy'),
});
