import type { CallOptions, NetwrightError } from '#core';
import type { DetectedPlatform, OpenSessionOptions, Session } from '#device';
import type { Device } from '#inventory';
import type { HttpSession, NetconfSession } from '#transport';

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
   * Opens a NETCONF session on the port that `api` of the device says, else on 830, else on its SSH port.
   * @throws NetwrightError as {@link connect} does; `NW_NOT_SUPPORTED` where no port speaks it, `NW_NETCONF_PROTOCOL`
   */
  netconf?(device: Device, options?: CallOptions): Promise<NetconfSession>;
  /**
   * The HTTP server of a device, where `api` says that it is; it connects when it is first asked.
   * @throws NetwrightError of the codes for inventory and credentials
   */
  http?(device: Device): Promise<HttpSession>;
  /**
   * Keeps the conversation of a session whose task failed and resolves with its id, or with undefined when nothing
   * was said or it could not be kept. Never rejects.
   */
  keepTranscript?(session: Session, error: NetwrightError): Promise<string | undefined>;
  readonly openSockets: number;
}
