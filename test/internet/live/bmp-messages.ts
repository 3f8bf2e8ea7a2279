import { ByteWriter } from '../../../src/internet/mrt/byte-writer.ts';
import { mustBeAddress } from '../../../src/internet/mrt/write-mrt.ts';
import { writeUpdate } from '../../../src/internet/mrt/write-update.ts';

/** A neighbour as the per-peer header has it; IPv6 by its address. */
export interface TestPeer {
  readonly asn: number;
  readonly address: string;
  readonly type?: number;
  /** Besides V, which follows from the address. */
  readonly flags?: number;
  readonly distinguisher?: readonly [number, number];
}

export const peerA: TestPeer = { asn: 64_500, address: '192.0.2.1' };
export const peerB: TestPeer = { asn: 4_200_000_001, address: '2001:db8::1' };

export function bmpMessage(type: number, body: (to: ByteWriter) => void): Buffer {
  const inner = new ByteWriter();
  body(inner);
  const bytes = inner.take();
  return new ByteWriter()
    .u8(3)
    .u32(bytes.length + 6)
    .u8(type)
    .bytes(bytes)
    .take();
}

export function peerHeader(
  to: ByteWriter,
  { asn, address, type = 0, flags = 0, distinguisher = [0, 0] }: TestPeer,
): void {
  const bytes = mustBeAddress(address);
  to.u8(type).u8(flags | (bytes.length === 16 ? 0x80 : 0));
  to.u32(distinguisher[0]).u32(distinguisher[1]);
  to.bytes(new Uint8Array(type === 3 ? 16 : 16 - bytes.length));
  if (type !== 3) to.bytes(bytes);
  to.u32(asn)
    .bytes(type === 3 ? bytes : Uint8Array.of(192, 0, 2, 255))
    .u32(1_700_000_000)
    .u32(250_000);
}

const tlv = (to: ByteWriter, type: number, value: Uint8Array): unknown =>
  to.u16(type).measured(2, () => to.bytes(value));

export const initiation = (name = 'r1', description = 'a router of the lab'): Buffer =>
  bmpMessage(4, (to) => {
    tlv(to, 1, Buffer.from(description));
    tlv(to, 2, Buffer.from(name));
  });

export const termination = (reason: number, text = ''): Buffer =>
  bmpMessage(5, (to) => {
    if (text !== '') tlv(to, 0, Buffer.from(text));
    tlv(to, 1, Uint8Array.of(0, reason));
  });

/** One OPEN; `addPath` by family as it goes over the wire: 1 receives, 2 sends, 3 both. */
export function open(to: ByteWriter, asn: number, addPath: Readonly<Partial<Record<4 | 6, number>>> = {}): void {
  const start = to.length;
  for (let word = 0; word < 4; word += 1) to.u32(0xffffffff);
  to.u16(0)
    .u8(1)
    .u8(4)
    .u16(asn > 65_535 ? 23_456 : asn)
    .u16(180)
    .u32(0xc0000201);
  to.measured(1, () => {
    to.u8(2).measured(1, () => to.u8(65).measured(1, () => to.u32(asn)));
    for (const [family, mode] of Object.entries(addPath)) {
      to.u8(2).measured(1, () =>
        to.u8(69).measured(1, () =>
          to
            .u16(family === '4' ? 1 : 2)
            .u8(1)
            .u8(mode),
        ),
      );
    }
  });
  to.patchU16(start + 16, to.length - start);
}

export const peerUp = (
  peer: TestPeer,
  { localAsn = 65_000, addPath = {} }: { localAsn?: number; addPath?: Partial<Record<4 | 6, number>> } = {},
): Buffer =>
  bmpMessage(3, (to) => {
    peerHeader(to, peer);
    to.bytes(new Uint8Array(12))
      .bytes(Uint8Array.of(192, 0, 2, 254))
      .u16(179)
      .u16(40_000);
    open(to, localAsn, addPath);
    open(to, peer.asn, addPath);
  });

export const peerDown = (peer: TestPeer, reason = 3): Buffer =>
  bmpMessage(2, (to) => {
    peerHeader(to, peer);
    to.u8(reason);
  });

export interface TestUpdate {
  readonly announce?: readonly string[];
  readonly withdraw?: readonly string[];
  readonly path?: readonly (number | readonly number[])[];
}

export function update({ announce = [], withdraw = [], path = [] }: TestUpdate, asnBytes: 2 | 4 = 4): Buffer {
  const to = new ByteWriter();
  writeUpdate(
    to,
    { timestampS: 0, peer: { asn: 0, address: '192.0.2.1' }, announce, withdraw, attributes: { path } },
    asnBytes,
  );
  return to.take();
}

export const monitoring = (peer: TestPeer, bgp: Uint8Array): Buffer =>
  bmpMessage(0, (to) => {
    peerHeader(to, peer);
    to.bytes(bgp);
  });

/** A BGP message by hand: withdrawn prefixes, attributes, announced prefixes. */
export function rawUpdate(withdrawn: Uint8Array, attributes: Uint8Array, nlri: Uint8Array): Buffer {
  const to = new ByteWriter();
  for (let word = 0; word < 4; word += 1) to.u32(0xffffffff);
  to.u16(23 + withdrawn.length + attributes.length + nlri.length).u8(2);
  return to.u16(withdrawn.length).bytes(withdrawn).u16(attributes.length).bytes(attributes).bytes(nlri).take();
}

export const endOfRib4 = rawUpdate(new Uint8Array(), new Uint8Array(), new Uint8Array());
export const endOfRib6 = rawUpdate(new Uint8Array(), Uint8Array.of(0x80, 15, 3, 0, 2, 1), new Uint8Array());

export const statistics = (peer: TestPeer, values: Readonly<Record<number, number | bigint>>): Buffer =>
  bmpMessage(1, (to) => {
    peerHeader(to, peer);
    to.u32(Object.keys(values).length);
    for (const [type, value] of Object.entries(values)) {
      const bytes = Buffer.alloc(typeof value === 'bigint' ? 8 : 4);
      if (typeof value === 'bigint') bytes.writeBigUInt64BE(value);
      else bytes.writeUInt32BE(value);
      tlv(to, Number(type), bytes);
    }
  });

export const mirroring = (peer: TestPeer, type: number, value: Uint8Array): Buffer =>
  bmpMessage(6, (to) => {
    peerHeader(to, peer);
    tlv(to, type, value);
  });
