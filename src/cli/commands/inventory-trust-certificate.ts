import { NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { OpenedWorkspace } from '#workspace';
import type { Runtime } from '../runtime.ts';

/** Accepts the certificate that the HTTPS server of a device shows now, once somebody has said yes to it. */
export async function trustCertificate(
  { screen, signal }: Runtime,
  workspace: OpenedWorkspace,
  device: Device,
  wanted: string | undefined,
  isAccepted: (question: string) => Promise<boolean>,
): Promise<void> {
  const { name } = device;
  if (device.api?.fingerprint !== undefined) {
    throw new NetwrightError('NW_USAGE', `${name}: its certificate is pinned in the inventory`, {
      hint: 'write the new fingerprint into `api.fingerprint`',
    });
  }
  const { readFingerprint, scanCertificate } = await import('#transport');
  await using session = await (await workspace.connector()).http(device);
  const shown = await scanCertificate(await workspace.dialer(), session.endpoint, { signal });
  if (wanted !== undefined && readFingerprint(wanted) !== shown.fingerprint) {
    throw new NetwrightError('NW_CERTIFICATE_CHANGED', `${name}: shows ${shown.fingerprint}, expected ${wanted}`, {
      hint: 'nothing was changed; read the fingerprint on the console once more: what answers at that address may be another device',
    });
  }
  const certificates = await workspace.knownCertificates();
  const before = (await certificates.find(shown.host)).map(({ fingerprint }) => fingerprint);
  const record = { device: name, host: shown.host, fingerprint: shown.fingerprint };
  if (before.includes(shown.fingerprint)) {
    screen.document({ ...record, accepted: false, known: true });
    screen.print(`${name} shows the certificate that is trusted already: ${shown.fingerprint}`);
    return;
  }
  const { bold, yellow } = screen.errorColors;
  for (const line of before) screen.note(`remembered  ${line}`);
  screen.note(`shown now   ${bold(shown.fingerprint)}\n            ${shown.subject}, valid to ${shown.validTo}`);
  if (wanted === undefined && !(await isAccepted(yellow(`Trust it for ${shown.host}? [y/N] `)))) {
    throw new NetwrightError('NW_CANCELLED', `${name}: nothing was changed`, {
      hint: 'compare the fingerprint with the one on the console of the device',
    });
  }
  await certificates.replace(shown.host, { fingerprint: shown.fingerprint });
  screen.document({ ...record, accepted: true, before });
  screen.print(`${name} is trusted with ${shown.fingerprint}`);
}
