import { NetwrightError } from '#core';
import { addressBytes } from '../routes/address.ts';
import type { ByteWriter } from './byte-writer.ts';
import { attribute } from './record-types.ts';
import { writeAttributes } from './write-attributes.ts';
import type { Bgp4mpUpdate } from './write-mrt.ts';

/** One BGP UPDATE with its header (RFC 4271 section 4.3); IPv6 goes into MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760). */
export function writeUpdate(to: ByteWriter, update: Bgp4mpUpdate, asnBytes: 2 | 4): void {
  const withdraw = (update.withdraw ?? []).map(parsePrefix);
  const announce = (update.announce ?? []).map(parsePrefix);
  const start = to.length;
  to.u32(0xffffffff).u32(0xffffffff).u32(0xffffffff).u32(0xffffffff);
  // The length of a BGP message counts the marker and itself.
  const message = (body: () => void): void => {
    const inner = to.length;
    to.u16(0);
    body();
    to.patchU16(inner, to.length - start);
  };
  message(() => {
    to.u8(2);
    to.measured(2, () => writeNlri(to, withdraw, 4));
    to.measured(2, () => {
      if (announce.length > 0) writeAnnouncement(to, update, announce, asnBytes);
      if (withdraw.some(({ bytes }) => bytes.length === 16)) {
        to.u8(0x90).u8(attribute.mpUnreach);
        to.measured(2, () => writeNlri(to.u16(2).u8(1), withdraw, 16));
      }
    });
    writeNlri(to, announce, 4);
  });
}

interface ParsedPrefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** CIDR text as bytes and mask length. */
function parsePrefix(text: string): ParsedPrefix {
  const slash = text.lastIndexOf('/');
  const bytes = addressBytes(text.slice(0, slash));
  const length = Number(text.slice(slash + 1));
  if (bytes === undefined || !Number.isInteger(length) || length < 0 || length > bytes.length * 8) {
    throw new NetwrightError('NW_INTERNET_INVALID', `${JSON.stringify(text)} is no prefix, such as 192.0.2.0/24`);
  }
  return { bytes, length };
}

function writeAnnouncement(
  to: ByteWriter,
  { attributes, peer }: Bgp4mpUpdate,
  announce: readonly ParsedPrefix[],
  asnBytes: 2 | 4,
): void {
  if (attributes === undefined) {
    throw new NetwrightError('NW_INTERNET_INVALID', `an update of AS${peer.asn} announces without attributes`);
  }
  const hop = addressBytes(attributes.nextHop ?? peer.address) ?? new Uint8Array(4);
  const hop4 = hop.length === 4 ? hop : Uint8Array.of(192, 0, 2, 1);
  const has4 = announce.some(({ bytes }) => bytes.length === 4);
  writeAttributes(to, { ...attributes, nextHop: has4 ? hop4 : new Uint8Array(0) }, asnBytes);
  if (!announce.some(({ bytes }) => bytes.length === 16)) return;
  const hop6 = hop.length === 16 ? hop : addressBytes('2001:db8::1')!;
  to.u8(0x90).u8(attribute.mpReach);
  to.measured(2, () => writeNlri(to.u16(2).u8(1).u8(16).bytes(hop6).u8(0), announce, 16));
}

function writeNlri(to: ByteWriter, prefixes: readonly ParsedPrefix[], size: 4 | 16): void {
  for (const { bytes, length } of prefixes) {
    if (bytes.length === size) to.u8(length).bytes(bytes.subarray(0, (length + 7) >> 3));
  }
}
