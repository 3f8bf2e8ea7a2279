import type { CallOptions, NetwrightError } from '#core';
import type { DetectedPlatform, OpenSessionOptions, Session } from '#device';
import type { Device } from '#inventory';

export type ConnectOptions = CallOptions & Pick<OpenSessionOptions, 'prepare'>;

/** From a device of the inventory to an open session: credentials, hops, platform detection, transcript. */
export interface Connector extends AsyncDisposable {
  /**
   * A failure carries `details.transcriptId` when the conversation was kept.
   * @throws NetwrightError of any of the codes for inventory, credentials, reaching and talking.
   */
  connect(device: Device, options?: ConnectOptions): Promise<Session>;
  /**
   * Finds the platform by asking the device, whatever the inventory says, and remembers it for `platform: auto`.
   * @throws NetwrightError `NW_PLATFORM_NOT_DETECTED`, and as {@link connect} does.
   */
  detect?(device: Device, options?: CallOptions): Promise<DetectedPlatform>;
  /**
   * Keeps the conversation of a session whose task failed and resolves with its id, or with undefined when nothing
   * was said or it could not be kept. Never rejects.
   */
  keepTranscript?(session: Session, error: NetwrightError): Promise<string | undefined>;
  readonly openSockets: number;
}
