import type { CallOptions } from '#core';
import type { OpenSessionOptions, Session } from '#device';
import type { Device } from '#inventory';

/** From a device of the inventory to an open session: credentials, hops, platform detection, transcript. */
export interface Connector extends AsyncDisposable {
  /**
   * A failure carries `details.transcriptId` when the conversation was kept.
   * @throws NetwrightError of any of the codes for inventory, credentials, reaching and talking.
   */
  connect(device: Device, options?: CallOptions & Pick<OpenSessionOptions, 'prepare'>): Promise<Session>;
  readonly openSockets: number;
}
