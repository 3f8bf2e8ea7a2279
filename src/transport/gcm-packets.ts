import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

/** What ssh2 does with a decrypted packet; anything but `undefined` ends the work on this input. */
type OnPayload = (payload: Buffer) => number | boolean | undefined;

export interface GcmKeys {
  /** OpenSSL's name, `aes-128-gcm`. */
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm';
  readonly key: KeyObject;
  /** 12 bytes; counted up in place with each packet (RFC 5647 section 7.1). */
  readonly nonce: Buffer;
  /** Packets before this one, as ssh2 counts them. */
  readonly sequence: number;
}

const lengthBytes = 4;
const tagBytes = 16;
const blockBytes = 16;
const leastPadding = 4;
/** As in ssh2: RFC 4253 section 6.1 obliges to 35,000 bytes a packet. */
const largestPacket = 35_000;

/** Ciphertext of packets whose end has not come yet; taken when a packet is cut, and given back when it is whole. */
const spareHolds: Buffer[] = [];
const mostSpareHolds = 64;

const paddings = Buffer.allocUnsafeSlow(4096);
let paddingsUsed = paddings.length;

/**
 * Reads AES-GCM packets (RFC 5647) in place of ssh2's reader, with what each packet costs halved: a packet is decrypted in one
 * piece into memory of its own wherever the reads of the socket cut it. Nothing of the input is kept, so that it may be memory
 * that is written over by the next read.
 */
export class GcmReader {
  inSeqno: number;
  /** Replaced by ssh2 while the keys are exchanged anew. */
  _onPayload: OnPayload;
  readonly #cipher: GcmKeys['cipher'];
  readonly #key: KeyObject;
  readonly #nonce: Buffer;
  #hold: Buffer | undefined;
  #held = 0;

  constructor(keys: GcmKeys, onPayload: OnPayload) {
    this.inSeqno = keys.sequence;
    this.#cipher = keys.cipher;
    this.#key = keys.key;
    this.#nonce = keys.nonce;
    this._onPayload = onPayload;
  }

  free(): void {
    this.#release();
  }

  /**
   * Decrypts the packets of `data` from `from` up to `to`. As ssh2's own, it gives back where to go on when the keys changed in
   * between, and nothing when all is done.
   * @throws Error when a length is impossible or a tag is wrong
   */
  decrypt(data: Buffer, from: number, to: number): number | undefined {
    let at = from;
    while (at < to) {
      let payload: Buffer;
      if (this.#held > 0 || to - at < lengthBytes || to - at < wholeBytes(data, at)) {
        at += this.#keep(data, at, to);
        const hold = this.#hold;
        if (!hold || this.#held < lengthBytes || this.#held < wholeBytes(hold, 0)) continue;
        payload = this.#open(hold, 0, this.#held);
        this.#release();
      } else {
        const end = at + wholeBytes(data, at);
        payload = this.#open(data, at, end);
        at = end;
      }
      const verdict = this._onPayload(payload);
      if (verdict !== undefined) return verdict === false ? at : Number(verdict);
    }
    return undefined;
  }

  /** Copies what a cut packet lacks, its length first, and tells how much that was. */
  #keep(data: Buffer, at: number, to: number): number {
    this.#hold ??= spareHolds.pop() ?? Buffer.allocUnsafeSlow(largestPacket);
    const wanted = this.#held < lengthBytes ? lengthBytes : wholeBytes(this.#hold, 0);
    const end = Math.min(to, at + wanted - this.#held);
    this.#hold.set(data.subarray(at, end), this.#held);
    this.#held += end - at;
    return end - at;
  }

  #release(): void {
    if (this.#hold && spareHolds.length < mostSpareHolds) spareHolds.push(this.#hold);
    this.#hold = undefined;
    this.#held = 0;
  }

  #open(data: Buffer, at: number, end: number): Buffer {
    const decipher = createDecipheriv(this.#cipher, this.#key, this.#nonce);
    decipher.setAAD(data.subarray(at, at + lengthBytes));
    const plain = decipher.update(data.subarray(at + lengthBytes, end - tagBytes));
    decipher.setAuthTag(data.subarray(end - tagBytes, end));
    decipher.final();
    countUp(this.#nonce);
    this.inSeqno = (this.inSeqno + 1) >>> 0;
    const payloadEnd = plain.length - plain[0]!;
    if (payloadEnd < 1) throw new Error('Bad padding length');
    return plain.subarray(1, payloadEnd);
  }
}

/** Bytes of a packet with its length and tag. */
function wholeBytes(data: Buffer, at: number): number {
  const length = data.readUInt32BE(at);
  if (length + lengthBytes + tagBytes > largestPacket || length < blockBytes || length % blockBytes !== 0) {
    throw new Error('Bad packet length');
  }
  return lengthBytes + length + tagBytes;
}

/** Writes AES-GCM packets in place of ssh2's writer: each in one piece, where ssh2 writes three. */
export class GcmWriter {
  outSeqno: number;
  _onWrite: (data: Uint8Array) => void;
  readonly #cipher: GcmKeys['cipher'];
  readonly #key: KeyObject;
  readonly #nonce: Buffer;
  #isFreed = false;

  constructor(keys: GcmKeys, onWrite: (data: Uint8Array) => void) {
    this.outSeqno = keys.sequence;
    this._onWrite = onWrite;
    this.#cipher = keys.cipher;
    this.#key = keys.key;
    this.#nonce = keys.nonce;
  }

  free(): void {
    this.#isFreed = true;
  }

  /** A packet with room for a payload behind its fifth byte, padded to whole blocks (RFC 4253 section 6). */
  allocPacket(payloadBytes: number): Buffer {
    const rest = (payloadBytes + 1) % blockBytes;
    const padding = rest > blockBytes - leastPadding ? 2 * blockBytes - rest : blockBytes - rest;
    const packet = Buffer.allocUnsafe(lengthBytes + 1 + payloadBytes + padding);
    packet.writeUInt32BE(packet.length - lengthBytes, 0);
    packet[lengthBytes] = padding;
    fillWithRandom(packet, packet.length - padding);
    return packet;
  }

  encrypt(packet: Buffer): void {
    if (this.#isFreed) return;
    const length = packet.subarray(0, lengthBytes);
    const cipher = createCipheriv(this.#cipher, this.#key, this.#nonce);
    cipher.setAAD(length);
    const sealed = cipher.update(packet.subarray(lengthBytes));
    cipher.final();
    this._onWrite(Buffer.concat([length, sealed, cipher.getAuthTag()]));
    countUp(this.#nonce);
    this.outSeqno = (this.outSeqno + 1) >>> 0;
  }
}

/** A call for random bytes costs more than the bytes: they are fetched for hundreds of packets at once. */
function fillWithRandom(packet: Buffer, from: number): void {
  const needed = packet.length - from;
  if (paddingsUsed + needed > paddings.length) {
    randomFillSync(paddings);
    paddingsUsed = 0;
  }
  paddings.copy(packet, from, paddingsUsed, paddingsUsed + needed);
  paddingsUsed += needed;
}

function countUp(nonce: Buffer): void {
  for (let at = 11; at >= 4; at--) {
    nonce[at] = (nonce[at]! + 1) & 0xff;
    if (nonce[at] !== 0) return;
  }
}
