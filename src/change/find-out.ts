import { asNetwrightError, NetwrightError } from '#core';
import type { Session } from '#device';
import { calling, connectTo, type DeviceWork } from './device-work.ts';
import type { DeviceState, Undertaking } from './driver.ts';

const firstWaitMs = 500;
const longestWaitMs = 5_000;

/**
 * Asks a device what it made of a commit whose end nobody saw, as soon as it answers again: it may be restarting.
 * @returns its state and the session that told it
 * @throws `NW_CHANGE_UNKNOWN` when it did not answer within `patienceMs`
 */
export async function findOut(
  work: DeviceWork,
  change: Undertaking,
  patienceMs: number,
): Promise<{ readonly state: DeviceState; readonly session: Session }> {
  const { bench, driver, device, signal } = work;
  const { clock } = bench.workspace;
  const until = clock.now() + patienceMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    let session: Session | undefined;
    try {
      const opened = await connectTo(work);
      session = opened;
      return { state: await calling(work, opened, 'asking', (call) => driver.state(opened, change, call)), session };
    } catch (thrown) {
      await session?.close();
      const error = asNetwrightError(thrown);
      if (signal.aborted || clock.now() + waitMs >= until) {
        throw new NetwrightError(
          'NW_CHANGE_UNKNOWN',
          `${device.name}: what became of the change is not known: ${error.code}: ${error.message}`,
          { cause: error, details: error.details, retryable: false },
        );
      }
    }
    await clock.sleep(waitMs, signal).catch(() => undefined);
  }
}
