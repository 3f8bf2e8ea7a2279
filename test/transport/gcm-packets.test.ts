import { createSecretKey } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GcmKeys, GcmReader, GcmWriter } from '../../src/transport/gcm-packets.ts';

const keys = (nonce = Buffer.alloc(12, 7)): GcmKeys => ({
  cipher: 'aes-128-gcm',
  key: createSecretKey(Buffer.alloc(16, 1)),
  nonce: Buffer.from(nonce),
  sequence: 3,
});

function sealed(payloads: readonly Uint8Array[], nonce?: Buffer<ArrayBuffer>): Buffer {
  const written: Uint8Array[] = [];
  const writer = new GcmWriter(keys(nonce), (data) => written.push(data));
  for (const payload of payloads) {
    const packet = writer.allocPacket(payload.length);
    packet.set(payload, 5);
    writer.encrypt(packet);
  }
  expect(written).toHaveLength(payloads.length);
  return Buffer.concat(written);
}

const payload = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 80 }),
  fc.integer({ min: 30_000, max: 32_768 }).map((size) => new Uint8Array(size).fill(size & 0xff)),
);

describe('AES-GCM packets', () => {
  it('come out whole, however the reads cut them, and though each read is written over by the next', () => {
    fc.assert(
      fc.property(
        fc.array(payload, { minLength: 1, maxLength: 6 }),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1000, max: 70_000 })), { minLength: 1 }),
        (payloads, reads) => {
          const wire = sealed(payloads);
          const came: Buffer[] = [];
          const reader = new GcmReader(keys(), (one) => {
            came.push(one);
            return undefined;
          });
          const lent = Buffer.alloc(70_000);
          for (let at = 0, turn = 0; at < wire.length; turn += 1) {
            const size = Math.min(reads[turn % reads.length]!, wire.length - at);
            wire.copy(lent, 0, at, at + size);
            expect(reader.decrypt(lent, 0, size)).toBeUndefined();
            lent.fill(0xee);
            at += size;
          }
          expect(came.map((one) => one.toString('hex'))).toEqual(
            payloads.map((one) => Buffer.from(one).toString('hex')),
          );
          expect(reader.inSeqno).toBe(3 + payloads.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are those of ssh2, and so is the counting of their nonces', () => {
    const { createDecipher, CIPHER_INFO } = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js') as {
      createDecipher: (config: object) => { decrypt(data: Buffer, from: number, to: number): unknown };
      CIPHER_INFO: Record<string, object>;
    };
    const nonce = Buffer.from('0102030400000000ffffffff', 'hex');
    const came: string[] = [];
    const theirs = createDecipher({
      inbound: {
        seqno: 0,
        onPayload: (one: Buffer) => void came.push(Buffer.from(one).toString()),
        decipherInfo: CIPHER_INFO['aes128-gcm@openssh.com'],
        decipherKey: Buffer.alloc(16, 1),
        decipherIV: Buffer.from(nonce),
      },
    });
    const wire = sealed(
      ['a', 'bc', 'def'].map((text) => Buffer.from(text)),
      nonce,
    );
    theirs.decrypt(wire, 0, wire.length);
    expect(came).toEqual(['a', 'bc', 'def']);
  });

  it('are padded to blocks with four to nineteen bytes', () => {
    const writer = new GcmWriter(keys(), () => {});
    for (let size = 0; size < 64; size += 1) {
      const packet = writer.allocPacket(size);
      expect((packet.length - 4) % 16).toBe(0);
      expect(packet.readUInt32BE(0)).toBe(packet.length - 4);
      expect(packet[4]).toBe(packet.length - 5 - size);
      expect(packet[4]).toBeGreaterThanOrEqual(4);
      expect(packet[4]).toBeLessThanOrEqual(19);
    }
  });

  it('are refused when a bit is wrong, when a length is impossible, and when padding is all there is', () => {
    const wire = sealed([Buffer.from('show version')]);
    const read = (bytes: Buffer): void => {
      new GcmReader(keys(), () => undefined).decrypt(bytes, 0, bytes.length);
    };
    for (let at = 4; at < wire.length; at += 1) {
      const bad = Buffer.from(wire);
      bad[at]! ^= 1;
      expect(() => read(bad), `byte ${at}`).toThrow();
    }
    for (const length of [0, 8, 17, 35_008, 0xffff_fff0]) {
      const bad = Buffer.from(wire);
      bad.writeUInt32BE(length, 0);
      expect(() => read(bad), `length ${length}`).toThrow('Bad packet length');
      expect(() => {
        const reader = new GcmReader(keys(), () => undefined);
        for (const byte of bad) reader.decrypt(Buffer.of(byte), 0, 1);
      }).toThrow('Bad packet length');
    }
    const written: Uint8Array[] = [];
    const writer = new GcmWriter(keys(), (data) => written.push(data));
    const packet = writer.allocPacket(11);
    packet[4] = packet.length;
    writer.encrypt(packet);
    expect(() => read(Buffer.concat(written))).toThrow('Bad padding length');
  });

  it('end the work on an input when the keys change or the connection is given up', () => {
    const wire = sealed([Buffer.from('one'), Buffer.from('two')]);
    const readWith = (verdict: false | number): unknown =>
      new GcmReader(keys(), () => verdict).decrypt(wire, 0, wire.length);
    expect(readWith(false)).toBe(wire.length / 2);
    expect(readWith(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
