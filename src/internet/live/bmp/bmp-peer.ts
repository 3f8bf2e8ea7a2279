import { readU32 } from '../../mrt/as-path.ts';
import type { PathIds } from '../../mrt/read-update.ts';
import { addressText } from '../../routes/address.ts';
import { bmpFlag, bmpPeerType, peerHeaderBytes } from './bmp-types.ts';

/** Which routes of a neighbour are meant. */
export type BmpRib = 'pre-policy' | 'post-policy' | 'adj-rib-out' | 'loc-rib';

/** The per-peer header (RFC 7854 section 4.2). */
export interface BmpPeerHeader {
  /** The same for every message of one neighbour in one routing instance, whatever the RIB. */
  readonly key: string;
  readonly rib: BmpRib;
  readonly asn: number;
  /** RFC 5952 text; of a Loc-RIB, which has no address, the BGP identifier of the router. */
  readonly address: string;
  /** RFC 4364 text of the routing instance, `0:0` for the global one. */
  readonly distinguisher: string;
  /** AS_PATHs of the messages have two octets a number. */
  readonly isTwoOctets: boolean;
}

/** Type, flags, distinguisher, address, AS and BGP identifier: what comes behind is the time. */
const identityBytes = 34;

/** Remembers the last header, as a router tells the whole table of a neighbour in one go. */
export class PeerHeaders {
  readonly #last = new Uint8Array(identityBytes);
  #header: BmpPeerHeader | undefined;

  /** The header at `at`, the same object as before where it is the same; undefined when the message ends inside it. */
  at(bytes: Uint8Array, at: number, end: number): BmpPeerHeader | undefined {
    if (at + peerHeaderBytes > end) return undefined;
    if (this.#header !== undefined && this.#isLast(bytes, at)) return this.#header;
    this.#last.set(bytes.subarray(at, at + identityBytes));
    this.#header = readPeerHeader(bytes, at);
    return this.#header;
  }

  #isLast(bytes: Uint8Array, at: number): boolean {
    for (let byte = 0; byte < identityBytes; byte += 1) if (bytes[at + byte] !== this.#last[byte]) return false;
    return true;
  }
}

function readPeerHeader(bytes: Uint8Array, at: number): BmpPeerHeader {
  const type = bytes[at]!;
  const flags = bytes[at + 1]!;
  const isLocRib = type === bmpPeerType.locRib;
  // RFC 9069 section 4.2: of the flags only F is defined for a Loc-RIB, where V stands for others.
  const isIpv6 = !isLocRib && (flags & bmpFlag.isIpv6) !== 0;
  const address = isLocRib
    ? addressText(bytes, at + 30, 4)
    : isIpv6
      ? addressText(bytes, at + 10, 16)
      : addressText(bytes, at + 22, 4);
  const asn = readU32(bytes, at + 26);
  const distinguisher = `${readU32(bytes, at + 2)}:${readU32(bytes, at + 6)}`;
  return {
    key: `${isLocRib ? 'loc-rib' : 'peer'} ${distinguisher} ${address} ${asn}`,
    rib: isLocRib ? 'loc-rib' : ribOf(flags),
    asn,
    address,
    distinguisher,
    isTwoOctets: !isLocRib && (flags & bmpFlag.isTwoOctets) !== 0,
  };
}

function ribOf(flags: number): BmpRib {
  if (flags & bmpFlag.isAdjRibOut) return 'adj-rib-out';
  return flags & bmpFlag.isPostPolicy ? 'post-policy' : 'pre-policy';
}

/** What the OPENs of a session agreed on, as far as its routes are concerned. */
export interface SessionTerms {
  readonly localAddress: string;
  /** Of the router itself; undefined where there was no OPEN to see. */
  readonly localAsn: number | undefined;
  /** Of what the router receives, and of what it sends. */
  readonly received: PathIds;
  readonly sent: PathIds;
}
