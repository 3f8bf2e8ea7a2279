import type { CallOptions, NetwrightError } from '#core';
import type { Endpoint, Protocol } from './endpoint.ts';

/** The window that the far end believes to write to. Wide and tall, so that little is wrapped or paged. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** Default `vt100`; some systems paint less on `dumb`. */
  readonly type?: string;
}

export interface ChannelListener {
  /** Bytes as they came; for Telnet after negotiation (no IAC sequences left). The buffer is the listener's. */
  data(chunk: Buffer): void;
  /** Called once. Without an error the far end closed in good order. */
  end(error?: NetwrightError): void;
}

/** Bytes to and from the interactive shell of one endpoint. */
export interface Channel extends AsyncDisposable {
  /** `r1 (192.0.2.1:22, ssh)`, for messages. */
  readonly label: string;
  readonly protocol: Protocol;
  /** SSH identification line of the server and its pre-login banner; empty for Telnet. Used to detect the platform. */
  readonly greeting: string;
  /** False where the login dialogue (user, password) is still to be held on the channel: Telnet. */
  readonly isLoggedIn: boolean;
  /** Starts the flow of bytes. One listener only; what came before is delivered first. */
  listen(listener: ChannelListener): void;
  write(data: string | Uint8Array): void;
  /** Tells the far end of another window (SSH `window-change`, Telnet NAWS where that was negotiated). */
  resize?(columns: number, rows: number): void;
  /** Back-pressure: after `pause()` the far end is slowed down by its window, nothing is buffered without bound. */
  pause(): void;
  resume(): void;
  /** Runs one command apart from the shell where the transport can (SSH exec); otherwise `NW_NOT_SUPPORTED`. */
  exec(command: string, options?: CallOptions & { readonly maxOutputBytes?: number }): Promise<ExecResult>;
  /** Writes a file at the far end; `NW_NOT_SUPPORTED` or `NW_FILE_TRANSFER`. */
  putFile(remotePath: string, content: Uint8Array, options?: FileOptions): Promise<void>;
  /** Reads a file at the far end. */
  getFile(remotePath: string, options?: FileOptions): Promise<Buffer>;
  /** Closes in good order, and destroys the socket when that takes longer than a second. Never rejects. */
  close(): Promise<void>;
  /** Destroys the socket at once. */
  destroy(): void;
}

export type FileProtocol = 'sftp' | 'scp';

export interface FileOptions extends CallOptions {
  /**
   * Default SFTP, and SCP where the server has none. IOS knows SCP alone and serves one channel a connection, so SCP
   * goes over a connection of its own.
   */
  readonly by?: FileProtocol;
}

export interface ExecResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exitCode: number | undefined;
}

/** Opens channels, shares what can be shared (one connection to a bastion for all behind it) and remembers. */
export interface Dialer extends AsyncDisposable {
  /**
   * @throws NetwrightError with one of the codes for reaching a device; errors of a hop come as `NW_JUMP_FAILED`
   * with the hop's own error as cause. On abort or deadline every socket of the attempt is destroyed at once.
   */
  open(endpoint: Endpoint, options?: CallOptions & { readonly terminal?: Terminal }): Promise<Channel>;
  /** Sockets open now, hops included: zero after every channel is closed and the shared hops have idled out. */
  readonly openSockets: number;
}
