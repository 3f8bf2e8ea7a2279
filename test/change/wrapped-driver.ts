import type { Driver } from '../../src/change/driver.ts';
import { allDrivers } from '../../src/change/drivers/index.ts';

const driverCalls = ['prepare', 'receipt', 'commit', 'confirm', 'rollback', 'save', 'read', 'state'] as const;
export type DriverCall = (typeof driverCalls)[number];

/** The drivers of Netwright, each call of which is told to `watch` before and after. */
export async function watched(
  watch: (when: 'before' | 'after', call: DriverCall, device: string) => void | Promise<void>,
): Promise<readonly Driver[]> {
  return (await allDrivers()).map((driver) => {
    const calls = Object.fromEntries(
      driverCalls.map((call) => [
        call,
        async (...args: readonly [{ readonly device: string }, ...unknown[]]): Promise<unknown> => {
          await watch('before', call, args[0].device);
          const result: unknown = await (driver[call] as (...all: readonly unknown[]) => Promise<unknown>)(...args);
          await watch('after', call, args[0].device);
          return result;
        },
      ]),
    );
    return { ...driver, ...(calls as unknown as Pick<Driver, DriverCall>) };
  });
}
