import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SshProtocol } from './ssh-internals.ts';

type Write = (data: Uint8Array) => void;
type Keys = Record<string, Buffer | KeyObject | undefined>;

/**
 * Sends what one turn of the event loop writes in one piece. ssh2 writes each packet in up to three parts, and
 * each part is a system call that costs more than all other work on a small packet.
 */
export function writeInOnePiece(protocol: SshProtocol, stream: Duplex): void {
  const send = protocol._onWrite;
  let isCorked = false;
  const uncork = (): void => {
    isCorked = false;
    stream.uncork();
  };
  const write: Write = (data) => {
    if (!isCorked) {
      isCorked = true;
      // `end()` takes the cork out by itself, so that a last packet is not left behind.
      stream.cork();
      process.nextTick(uncork);
    }
    send(data);
  };
  protocol._onWrite = write;
  if (protocol._cipher) protocol._cipher._onWrite = write;
}

/** Where the ciphers and MACs of ssh2, which begin anew with each packet, keep their keys. */
const keyNames = ['_encKey', '_decipherKey', '_macKey', '_encKeyMain', '_encKeyPktLen', '_decKeyMain', '_decKeyPktLen'];

/**
 * Gives the ciphers key objects instead of bytes. Node 24 finds out with two exceptions that bytes are no key
 * object (`isKeyObject`, `isCryptoKey`), which for each packet takes longer than its encryption.
 */
export function prepareKeys(protocol: SshProtocol): void {
  const complete = protocol._onHandshakeComplete;
  protocol._onHandshakeComplete = (negotiated) => {
    for (const holder of [protocol._cipher, protocol._decipher] as unknown as (Keys | undefined)[]) {
      for (const name of keyNames) {
        const key = holder?.[name];
        if (Buffer.isBuffer(key)) holder![name] = createSecretKey(key);
      }
    }
    complete(negotiated);
  };
}
