import { NetwrightError } from '#core';
import type { ChangeDeviceRecord } from '#store';
import type { Candidate, Receipt } from './driver.ts';
import type { Workbench } from './workbench.ts';

/**
 * The candidate of a device as it was planned.
 * @throws `NW_CHANGE_STATE` when it is not the one that was planned; `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`
 */
export async function openCandidate(
  { records, vault }: Workbench,
  { changeId, device, mac }: ChangeDeviceRecord,
): Promise<Candidate> {
  const { candidate } = await records.sealed(changeId, device);
  if (candidate === undefined)
    throw new NetwrightError('NW_CHANGE_STATE', `${device}: change ${changeId} has no plan for it`);
  const content = await vault.unseal(candidate, `the plan of ${device} in change ${changeId}`);
  // Everybody can seal to the recipients of a workspace: that it is the text of the plan, only the MAC says.
  if (!vault.isMac(mac, 'candidate', device, content)) {
    throw new NetwrightError(
      'NW_CHANGE_STATE',
      `${device}: what is stored for change ${changeId} is not what was planned`,
      {
        hint: 'plan again, and look at `netwright change audit --verify`',
      },
    );
  }
  return JSON.parse(content) as Candidate;
}

/** What was to be kept of a device before the first byte was sent to it; undefined when it did not come to that. */
export async function openReceipt(
  { records, vault }: Workbench,
  { changeId, device }: ChangeDeviceRecord,
): Promise<Receipt | undefined> {
  const { receipt } = await records.sealed(changeId, device);
  if (receipt === undefined) return undefined;
  const what = `the receipt of ${device} in change ${changeId}`;
  const { content, mac } = JSON.parse(await vault.unseal(receipt, what)) as { content: string; mac: string };
  if (!vault.isMac(mac, 'receipt', changeId, device, content)) {
    throw new NetwrightError('NW_CHANGE_STATE', `${what} is not the one that was written`);
  }
  return JSON.parse(content) as Receipt;
}

export async function sealReceipt({ vault }: Workbench, changeId: string, receipt: Receipt): Promise<Uint8Array> {
  const content = JSON.stringify(receipt);
  return await vault.seal(JSON.stringify({ content, mac: vault.mac('receipt', changeId, receipt.device, content) }));
}
