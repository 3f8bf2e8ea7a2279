import { Socket } from 'node:net';
import ssh2, { type GetStreamCallback, type IdentityCallback, type ParsedKey } from 'ssh2';

/** What keys it has, an agent knows by itself; only to sign it may have to ask somebody. */
const identitiesTimeoutMs = 5000;

/** Windows has agents that are no socket (Pageant, Cygwin's), which ssh2 knows by the path. */
export const isAgentSocket = (path: string): boolean =>
  process.platform !== 'win32' || /^[/\\]{2}\.[/\\]pipe[/\\]/.test(path);

/**
 * The ssh-agent of the environment. An agent that hangs (a forwarded one whose connection is gone, one that waits for a
 * key to be touched) costs a login its turn, never more: its connections end with {@link SshAgent.close}.
 */
export class SshAgent extends ssh2.OpenSSHAgent {
  readonly #sockets = new Set<Socket>();
  readonly #path: string;

  constructor(path: string) {
    super(path);
    this.#path = path;
  }

  /** Whether it was asked something that it has not answered. */
  get isAsked(): boolean {
    return this.#sockets.size > 0;
  }

  override getStream(callback: GetStreamCallback): void {
    const socket = new Socket();
    this.#sockets.add(socket);
    let done: GetStreamCallback | undefined = callback;
    const finish: GetStreamCallback = (...result) => {
      const once = done;
      done = undefined;
      once?.(...result);
    };
    socket.once('connect', () => finish(null, socket));
    socket.once('close', () => {
      this.#sockets.delete(socket);
      finish(new Error('Failed to connect to agent'));
    });
    // Its `close` follows.
    socket.on('error', () => {});
    socket.connect(this.#path);
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.close();
    }, identitiesTimeoutMs);
    super.getIdentities((error, keys) => {
      clearTimeout(timer);
      if (isLate) callback(new Error(`it did not tell its keys within ${identitiesTimeoutMs} ms`));
      else callback(error, keys);
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
