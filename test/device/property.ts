import fc from 'fast-check';
import { it } from 'vitest';

type Arbitraries<T extends unknown[]> = { [K in keyof T]: fc.Arbitrary<T[K]> };

/** A test that must hold for whatever the arbitraries give; a failure prints the smallest case and its seed. */
export const test = {
  prop:
    <T extends [unknown, ...unknown[]]>(arbitraries: Arbitraries<T>, numRuns = 200) =>
    (name: string, property: (...values: T) => void | Promise<void>): void => {
      it(name, async () => {
        await fc.assert(
          fc.asyncProperty(...(arbitraries as [fc.Arbitrary<unknown>]), async (...values: unknown[]) => {
            await property(...(values as T));
          }),
          { numRuns },
        );
      });
    },
};

export { fc };
