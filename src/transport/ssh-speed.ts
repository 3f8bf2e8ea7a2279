import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type GcmKeys, GcmReader, GcmWriter } from './gcm-packets.ts';
import type { SshProtocol } from './ssh-internals.ts';

type Write = (data: Uint8Array) => void;

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

/** What ssh2's AES-GCM reader and writer are made of. */
interface GcmParts {
  readonly inSeqno: number;
  readonly outSeqno: number;
  readonly _decipherSSLName?: GcmKeys['cipher'];
  readonly _decipherKey: Buffer;
  readonly _decipherIV: Buffer;
  readonly _onPayload: (payload: Buffer) => number | boolean | undefined;
  readonly _encSSLName?: GcmKeys['cipher'];
  readonly _encKey: Buffer;
  readonly _encIV: Buffer;
  readonly _onWrite: Write;
}

/** Where the other ciphers and MACs of ssh2, which begin anew with each packet, keep their keys. */
const keyNames = ['_encKey', '_decipherKey', '_macKey', '_encKeyMain', '_encKeyPktLen', '_decKeyMain', '_decKeyPktLen'];

/**
 * Puts our reader and writer under AES-GCM after each key exchange, and gives the other ciphers key objects instead of
 * bytes: Node 24 finds out with two exceptions that bytes are no key object (`isKeyObject`, `isCryptoKey`), which
 * for each packet takes longer than its encryption.
 */
export function prepareCiphers(protocol: SshProtocol): void {
  const complete = protocol._onHandshakeComplete;
  protocol._onHandshakeComplete = (negotiated) => {
    const reader = protocol._decipher as GcmParts | undefined;
    // ssh2 declares no types for its ciphers: ours name only the part that others use. A test fails when its fields change.
    const writer = protocol._cipher as unknown as GcmParts | undefined;
    if (isGcm(reader?._decipherSSLName)) {
      const key = createSecretKey(reader!._decipherKey);
      const keys = { cipher: reader!._decipherSSLName!, key, nonce: reader!._decipherIV, sequence: reader!.inSeqno };
      protocol._decipher = new GcmReader(keys, reader!._onPayload);
    } else giveKeyObjects(reader);
    if (isGcm(writer?._encSSLName)) {
      const key = createSecretKey(writer!._encKey);
      const keys = { cipher: writer!._encSSLName!, key, nonce: writer!._encIV, sequence: writer!.outSeqno };
      protocol._cipher = new GcmWriter(keys, writer!._onWrite);
    } else giveKeyObjects(writer);
    complete(negotiated);
  };
}

const isGcm = (name: string | undefined): boolean => name === 'aes-128-gcm' || name === 'aes-256-gcm';

function giveKeyObjects(holder: object | undefined): void {
  const keys = holder as Record<string, Buffer | KeyObject | undefined> | undefined;
  for (const name of keyNames) {
    const key = keys?.[name];
    if (Buffer.isBuffer(key)) keys![name] = createSecretKey(key);
  }
}

/** Whether parts of the input may be kept beyond the call: ssh2 keeps those of the key exchange, and pieces of packets. */
export const keepsInput = (protocol: SshProtocol): boolean => !(protocol._decipher instanceof GcmReader);
