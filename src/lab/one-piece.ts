import type { Socket } from 'node:net';

/**
 * Sends what one turn of the event loop writes in one piece, as an OpenSSH server does with its output buffer. ssh2
 * writes a packet in up to three parts, and each would wake the client up by itself.
 */
export function sendInOnePiece(stream: Socket): void {
  const write = stream.write.bind(stream) as (...args: Parameters<Socket['write']>) => boolean;
  let isCorked = false;
  stream.write = ((...args: Parameters<Socket['write']>): boolean => {
    if (!isCorked) {
      isCorked = true;
      stream.cork();
      process.nextTick(() => {
        isCorked = false;
        stream.uncork();
      });
    }
    return write(...args);
  }) as Socket['write'];
}
