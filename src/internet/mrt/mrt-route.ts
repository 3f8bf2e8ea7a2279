import { addressText } from '../routes/address.ts';
import { AttributeSpans } from './attribute-spans.ts';

/** What a line of `bgpdump -m` begins with: type and direction of the record. */
export type RecordLabel =
  | 'TABLE_DUMP'
  | 'TABLE_DUMP2'
  | 'TABLE_DUMP2_AP'
  | 'BGP'
  | `BGP4MP${'' | '_ET'}${'' | '_LOCAL'}${'' | '_AP'}`;

/**
 * One route, withdrawal or state change, as it stands in the bytes. There is one such object a reader: it is filled
 * anew for every route, as an object each would cost more than everything else.
 */
export class MrtRoute {
  bytes: Uint8Array = new Uint8Array(0);
  label: RecordLabel = 'TABLE_DUMP2';
  /** Seconds since 1970: when the record was written. */
  timestampS = 0;
  /** -1 where the record has whole seconds only. */
  microseconds = -1;
  /** Seconds since 1970: when the route was received; of tables only. */
  originatedS = 0;
  /** Index into the reader's peers. */
  peer = 0;
  /** 4 or 6. */
  family = 4;
  /** Mask length. */
  length = 0;
  /** Network order, IPv4 in the first word, bits behind the mask zero. */
  readonly words = new Uint32Array(4);
  hasPathId = false;
  pathId = 0;
  /** How wide the record says that AS numbers are. */
  asnBytes: 2 | 4 = 4;
  readonly attributes = new AttributeSpans();
  /** Offset of the next hop, and whether it has 4 or 16 bytes; 0: there is none. */
  nextHop = 0;
  nextHopBytes: 0 | 4 | 16 = 0;
  oldState = 0;
  newState = 0;
}

export interface MrtPeer {
  readonly asn: number;
  readonly address: string;
}

/** Takes what a reader finds. The route is valid during the call only. */
export interface MrtSink {
  /** A route of a table, or an announcement. */
  route(route: MrtRoute): void;
  withdrawal(route: MrtRoute): void;
  stateChange(route: MrtRoute): void;
}

/** The neighbours of a collector, each once. */
export class MrtPeers {
  readonly list: MrtPeer[] = [];
  readonly #byAsn = new Map<number, Map<number | string, number>>();

  /** The index of a peer whose address is at `at`. */
  indexOf(asn: number, bytes: Uint8Array, at: number, length: 4 | 16): number {
    let ofAsn = this.#byAsn.get(asn);
    if (ofAsn === undefined) {
      ofAsn = new Map();
      this.#byAsn.set(asn, ofAsn);
    }
    const key =
      length === 4
        ? (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
        : addressText(bytes, at, 16);
    const known = ofAsn.get(key);
    if (known !== undefined) return known;
    const index = this.list.push({ asn, address: addressText(bytes, at, length) }) - 1;
    ofAsn.set(key, index);
    return index;
  }
}

/** Puts a prefix of `length` bits at `at` into `words`, without the bits behind the mask. */
export function readPrefix(bytes: Uint8Array, at: number, length: number, words: Uint32Array): void {
  words[0] = wordAt(bytes, at, length);
  if (length <= 32) {
    words[1] = 0;
    words[2] = 0;
    words[3] = 0;
    return;
  }
  for (let word = 1; word < 4; word++) words[word] = wordAt(bytes, at + word * 4, length - word * 32);
}

function wordAt(bytes: Uint8Array, at: number, bits: number): number {
  if (bits <= 0) return 0;
  // Bytes beyond the prefix belong to what follows; the mask takes them away.
  const word = (bytes[at]! << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return bits >= 32 ? word >>> 0 : (word & (-1 << (32 - bits))) >>> 0;
}
