import type { CallOptions, NetwrightError } from '#core';
import type { OpenSessionOptions, Session } from '#device';
import type { Device } from '#inventory';

/** From a device of the inventory to an open session: credentials, hops, platform detection, transcript. */
export interface Connector extends AsyncDisposable {
  /**
   * A failure carries `details.transcriptId` when the conversation was kept.
   * @throws NetwrightError of any of the codes for inventory, credentials, reaching and talking.
   */
  connect(device: Device, options?: CallOptions & Pick<OpenSessionOptions, 'prepare'>): Promise<Session>;
  /**
   * Keeps the conversation of a session whose task failed and resolves with its id, or with undefined when nothing
   * was said or it could not be kept. Never rejects.
   */
  keepTranscript?(session: Session, error: NetwrightError): Promise<string | undefined>;
  readonly openSockets: number;
}
