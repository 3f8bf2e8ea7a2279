import { NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { ConfigurationStore, RunWriter } from '#store';
import type { Keepers } from './keep-outcome.ts';
import type { RunLedger } from './run-ledger.ts';

/** From so many devices on, and such a share of those stored, it looks like a mistake in the inventory. */
const manyRetired = { devices: 6, share: 0.2 };

/**
 * Devices that are stored and no longer in the inventory leave the tree; their history stays. Many at once do so only
 * when the user says so: an inventory that was emptied by mistake must not empty the tree.
 */
export async function retireOthers(
  store: ConfigurationStore,
  writer: RunWriter,
  devices: ReadonlyMap<string, Device>,
  ledger: RunLedger,
  keepers: Keepers,
  isWanted: boolean,
): Promise<void> {
  const stored = await store.devices();
  const gone = stored.filter((name) => !devices.has(name));
  const isMany = gone.length >= manyRetired.devices && gone.length > stored.length * manyRetired.share;
  if (!isWanted && gone.length > 0 && (isMany || devices.size === 0)) {
    ledger.warn(
      new NetwrightError(
        'NW_RETIRE_MANY',
        `${gone.length} of ${stored.length} stored devices are no longer in the inventory (${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ', …' : ''}); none was retired`,
      ),
    );
    return;
  }
  for (const name of gone) {
    const last = await store.latest(name);
    writer.retire(name);
    await ledger.retired(name);
    if (last && keepers.folder) await keepers.folder.remove(last.path);
  }
}
