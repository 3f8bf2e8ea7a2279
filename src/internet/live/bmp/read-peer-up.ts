import { readU16, readU32 } from '../../mrt/as-path.ts';
import { asTrans } from '../../mrt/record-types.ts';
import { addressText } from '../../routes/address.ts';
import type { SessionTerms } from './bmp-peer.ts';
import { bmpFlag, peerHeaderBytes } from './bmp-types.ts';

const openType = 1;
const parameterCapabilities = 2;
/** RFC 9072: the length of the parameters did not fit into one octet. */
const extendedParameters = 255;
const capability = { as4: 65, addPath: 69 } as const;
const addPathReceives = 1;
const addPathSends = 2;

/** What one side said in its OPEN. */
interface Open {
  /** Undefined where the speaker did not keep the message. */
  readonly asn: number | undefined;
  /** By family: may it receive, does it send path identifiers. */
  readonly addPath: ReadonlyMap<4 | 6, number>;
  /** Where the message ends. */
  readonly end: number;
}

/**
 * A Peer Up notification behind its per-peer header at `header` (RFC 7854 section 4.10): the local address, ports, and
 * the OPEN messages sent and received. Text where it cannot be read.
 */
export function readPeerUp(bytes: Uint8Array, header: number, end: number): SessionTerms | string {
  const at = header + peerHeaderBytes;
  const opensAt = at + 20;
  if (opensAt > end) return 'a Peer Up that ends before the OPEN messages';
  const sent = readOpen(bytes, opensAt, end);
  if (typeof sent === 'string') return `${sent} (the one that was sent)`;
  const received = readOpen(bytes, sent.end, end);
  if (typeof received === 'string') return `${received} (the one that was received)`;
  // The family of the local address is that of the peer, but a Loc-RIB has none: then the field is zero.
  const isIpv6 = (bytes[header + 1]! & bmpFlag.isIpv6) !== 0 && bytes.subarray(at, at + 12).some((byte) => byte !== 0);
  return {
    localAddress: isIpv6 ? addressText(bytes, at, 16) : addressText(bytes, at + 12, 4),
    localAsn: sent.asn,
    received: { 4: agree(received, sent, 4), 6: agree(received, sent, 6) },
    sent: { 4: agree(sent, received, 4), 6: agree(sent, received, 6) },
  };
}

/** RFC 7911 section 4: path identifiers are there when the one side sends and the other receives them. */
const agree = (sender: Open, receiver: Open, family: 4 | 6): boolean =>
  ((sender.addPath.get(family) ?? 0) & addPathSends) !== 0 &&
  ((receiver.addPath.get(family) ?? 0) & addPathReceives) !== 0;

/** RFC 4271 section 4.2, capabilities by RFC 5492. */
function readOpen(bytes: Uint8Array, at: number, end: number): Open | string {
  if (at + 19 > end) return 'a Peer Up that ends inside an OPEN message';
  for (let byte = at; byte < at + 16; byte++) if (bytes[byte] !== 255) return 'an OPEN message without its marker';
  const messageEnd = at + readU16(bytes, at + 16);
  if (bytes[at + 18] !== openType) return `a message of type ${bytes[at + 18]} where an OPEN was expected`;
  // FRR has only the header of an OPEN from before it was told to report (8.4.4).
  if (messageEnd === at + 19) return { asn: undefined, addPath: new Map(), end: messageEnd };
  if (messageEnd > end || messageEnd < at + 29) return 'an OPEN message of a length that cannot be';
  const addPath = new Map<4 | 6, number>();
  let asn = readU16(bytes, at + 20);
  const isExtended = bytes[at + 28] !== 0 && bytes[at + 29] === extendedParameters;
  let next = at + (isExtended ? 32 : 29);
  const lengthBytes = isExtended ? 2 : 1;
  while (next + 1 + lengthBytes <= messageEnd) {
    const length = isExtended ? readU16(bytes, next + 1) : bytes[next + 1]!;
    const from = next + 1 + lengthBytes;
    const to = Math.min(from + length, messageEnd);
    if (bytes[next] === parameterCapabilities) {
      for (let one = from; one + 2 <= to; one += 2 + bytes[one + 1]!) {
        const size = bytes[one + 1]!;
        if (one + 2 + size > to) break;
        if (bytes[one] === capability.as4 && size >= 4 && asn === asTrans) asn = readU32(bytes, one + 2);
        if (bytes[one] === capability.addPath) readAddPath(bytes, one + 2, one + 2 + size, addPath);
      }
    }
    next = from + length;
  }
  return { asn, addPath, end: messageEnd };
}

/** Families with what is done for each; unicast only is asked for. */
function readAddPath(bytes: Uint8Array, at: number, end: number, into: Map<4 | 6, number>): void {
  for (let one = at; one + 4 <= end; one += 4) {
    const afi = readU16(bytes, one);
    if (bytes[one + 2] === 1 && (afi === 1 || afi === 2)) into.set(afi === 1 ? 4 : 6, bytes[one + 3]!);
  }
}
