import { Socket } from 'node:net';

/**
 * The memory into which all SSH sockets are read, one after the other: whoever takes the bytes is done with them before the next
 * read. Node by itself allocates 64 KB for each read and hands them out, which for a conversation is more memory than its output,
 * to be paged in, counted and collected.
 */
const shared = Buffer.allocUnsafeSlow(128 * 1024);

/** A socket that lends what it reads, instead of emitting `data`. */
export class BorrowingSocket extends Socket {
  /** Called with bytes that are good until it returns. Nothing is read before the socket is resumed. */
  onBytes: ((bytes: Buffer) => void) | undefined;

  constructor() {
    let take: (bytes: Buffer) => void = () => {};
    super({
      onread: {
        buffer: shared,
        callback: (size) => {
          take(shared.subarray(0, size));
          return true;
        },
      },
    });
    take = (bytes) => this.onBytes?.(bytes);
    this.pause();
  }
}
