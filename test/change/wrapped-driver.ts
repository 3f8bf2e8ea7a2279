import { createPlatformRegistry } from '#platforms';
import type { Driver } from '../../src/change/driver.ts';
import { allDrivers, driverOf } from '../../src/change/drivers/index.ts';

const driverCalls = ['prepare', 'receipt', 'commit', 'confirm', 'rollback', 'save', 'read', 'state'] as const;
export type DriverCall = (typeof driverCalls)[number];

/**
 * The drivers of Netwright, each call of which is told to `watch` before and after, for the platforms that they change at the
 * command line: one of them is for all that have no driver of their own.
 */
export async function watched(
  watch: (when: 'before' | 'after', call: DriverCall, device: string) => void | Promise<void>,
): Promise<readonly Driver[]> {
  const served = new Map<Driver, string[]>();
  for await (const platform of createPlatformRegistry().all()) {
    const driver = await driverOf(platform);
    if (driver) served.set(driver, [...(served.get(driver) ?? []), platform.id]);
  }
  return (await allDrivers()).map((driver) => {
    const calls = Object.fromEntries(
      driverCalls.map((call) => [
        call,
        async (...args: readonly [{ readonly device: string }, ...unknown[]]): Promise<unknown> => {
          await watch('before', call, args[0].device);
          // Each call is passed its own arguments on, whatever they are.
          const result: unknown = await (driver[call] as (...all: readonly unknown[]) => Promise<unknown>)(...args);
          await watch('after', call, args[0].device);
          return result;
        },
      ]),
    );
    // `Object.fromEntries` forgets which call has which shape; each is the driver's own with a watch around it.
    return { ...driver, platforms: served.get(driver) ?? [], ...(calls as unknown as Pick<Driver, DriverCall>) };
  });
}
