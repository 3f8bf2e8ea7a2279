import type { ChangeDeviceRecord } from '#store';
import type { Vault } from './vault.ts';

/** One value for all that is planned: a device more, a device less, another candidate for one make another. */
export function planHash(vault: Vault, id: string, devices: readonly ChangeDeviceRecord[]): string {
  const parts = devices
    .map(({ device, platform, mac }) => [device, platform, mac ?? ''])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return vault.mac('plan', id, JSON.stringify(parts));
}
