import { asNetwrightError } from '#core';
import type { Session } from '#device';
import { calling, type DeviceWork } from './device-work.ts';
import { openCandidate, openReceipt } from './open-undertaking.ts';

/**
 * Removes what old changes left on a device for their rollback: checkpoints and files do not pile up there. The newest
 * stay, as many as the settings say. One that cannot be removed is tried again with the next change.
 */
export async function forgetOldest(work: DeviceWork, session: Session): Promise<void> {
  const { bench, device, driver } = work;
  if (driver.forget === undefined) return;
  const { keep } = bench.workspace.settings.change;
  // The change at hand is not among the confirmed ones yet.
  const old = (await bench.records.confirmedOf(device.name)).slice(keep - 1);
  for (const record of old.filter(({ isForgotten }) => !isForgotten)) {
    try {
      const receipt = await openReceipt(bench, record);
      if (receipt !== undefined && receipt.driver === driver.name) {
        const change = { candidate: await openCandidate(bench, record), receipt };
        await calling(
          work,
          session,
          'removing of old checkpoints',
          async (call) => await driver.forget?.(session, change, call),
        );
      }
      await bench.records.link(record.changeId, device.name, { isForgotten: true });
    } catch (thrown) {
      const { code } = asNetwrightError(thrown);
      bench.workspace.logger.warn({ device: device.name, change: record.changeId, code }, 'checkpoint not removed');
      return;
    }
  }
}
