import { Socket } from 'node:net';
import { abortError } from '#core';
import { BorrowingSocket } from './borrowed-reads.ts';
import { connectionError } from './connect-errors.ts';

/** The TCP sockets that a dialer has open now. */
export class OpenSockets {
  readonly #sockets = new Set<Socket>();

  get size(): number {
    let size = 0;
    for (const socket of this.#sockets) if (!socket.destroyed) size += 1;
    return size;
  }

  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/**
 * A TCP connection without Nagle's algorithm: on the small packets of a conversation it costs 40 ms a turn.
 * On abort the socket is destroyed at once and the promise rejects with the signal's error.
 * @param lendsReads for a {@link BorrowingSocket}
 */
export function connectTcp(
  target: { readonly host: string; readonly port: number; readonly label: string },
  sockets: OpenSockets,
  signal: AbortSignal,
  lendsReads = false,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError(signal));
      return;
    }
    const socket = lendsReads ? new BorrowingSocket() : new Socket();
    sockets.add(socket);
    const settle = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      socket.off('error', onError);
    };
    const onAbort = (): void => {
      settle();
      // A late error of a socket that nobody wants any more is nobody's business.
      socket.on('error', () => {});
      socket.destroy();
      reject(abortError(signal));
    };
    const onConnect = (): void => {
      settle();
      resolve(socket);
    };
    const onError = (error: Error): void => {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(connectionError(target.label, error));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', onConnect);
    socket.once('error', onError);
    socket.setNoDelay(true);
    socket.connect({ host: target.host, port: target.port });
  });
}
