import { readU16, readU32 } from '../../mrt/as-path.ts';
import { MrtPeers, type MrtRoute } from '../../mrt/mrt-route.ts';
import { createContext, type MrtContext } from '../../mrt/read-context.ts';
import { type PathIds, readUpdate } from '../../mrt/read-update.ts';
import { ReadingLog } from '../../routes/statistics.ts';
import { type BmpDamage, type BmpFrame, BmpFrames } from './bmp-frames.ts';
import { type BmpPeerHeader, type BmpRib, PeerHeaders, type SessionTerms } from './bmp-peer.ts';
import { eachTlv, readStatistics, textOfTlv } from './bmp-tlvs.ts';
import { bmpMessage, peerDownReasons, peerHeaderBytes, terminationReasons } from './bmp-types.ts';
import { endOfRib } from './end-of-rib.ts';
import { readPeerUp } from './read-peer-up.ts';

/** What a router says of itself (RFC 7854 section 4.4). */
export interface BmpInitiation {
  readonly name: string;
  readonly description: string;
}

/** Takes what a router tells. Routes are valid during the call only. */
export interface BmpSink {
  initiation(router: BmpInitiation): void;
  peerUp(peer: BmpPeerHeader, terms: SessionTerms): void;
  peerDown(peer: BmpPeerHeader, reason: string): void;
  route(peer: BmpPeerHeader, route: MrtRoute): void;
  withdrawal(peer: BmpPeerHeader, route: MrtRoute): void;
  /** All routes of the family that the neighbour had have been told. */
  endOfRib(peer: BmpPeerHeader, family: 4 | 6): void;
  /** Counters and gauges by their type (RFC 7854 section 4.8). */
  statistics(peer: BmpPeerHeader, values: ReadonlyMap<number, bigint>): void;
  termination(reason: string): void;
}

interface PeerState {
  terms: SessionTerms | undefined;
}

const updateType = 2;
const bgpHeaderBytes = 19;
/** Codes of a Route Mirroring information TLV (RFC 7854 section 4.7). */
const mirrorLost = 1;

export interface BmpReaderOptions {
  /** Default 1 MiB: two OPEN messages of RFC 8654 and a long text fit well. */
  readonly mostMessageBytes?: number;
  /** Default 4,000: route servers of large exchanges have a thousand. */
  readonly mostPeers?: number;
}

/**
 * Reads what one router sends (RFC 7854, RFC 8671, RFC 9069), as it comes: give it bytes with `push`. What stands in
 * damaged UPDATEs is counted in `log` and passed over; a message whose frame is damaged ends the reading, for where the
 * next one begins is known from it alone.
 */
export class BmpReader {
  readonly log = new ReadingLog();
  readonly #frames: BmpFrames;
  readonly #sink: BmpSink;
  readonly #context: MrtContext;
  readonly #mostPeers: number;
  readonly #headers = new PeerHeaders();
  readonly #peers = new Map<string, PeerState>();
  /** Of the message that is being read. */
  #peer: BmpPeerHeader | undefined;

  constructor(sink: BmpSink, { mostMessageBytes = 1 << 20, mostPeers = 4000 }: BmpReaderOptions = {}) {
    this.#sink = sink;
    this.#mostPeers = mostPeers;
    this.#frames = new BmpFrames(mostMessageBytes);
    const mrtSink = {
      route: (route: MrtRoute) => sink.route(this.#peer!, route),
      withdrawal: (route: MrtRoute) => sink.withdrawal(this.#peer!, route),
      stateChange: () => {},
    };
    this.#context = createContext(mrtSink, new MrtPeers(), this.log);
  }

  /** Bytes of a message whose end has not come, and where it begins. */
  get waiting(): { readonly bytes: number; readonly offset: number } {
    return { bytes: this.#frames.waitingBytes, offset: this.#frames.offset };
  }

  /** Says where and why nothing more can be read; all that stood before has been handed out. */
  push(chunk: Uint8Array): BmpDamage | undefined {
    this.log.unpackedBytes += chunk.length;
    const damage = this.#frames.push(chunk, (frame) => this.#read(frame));
    if (damage !== undefined) this.log.damaged(damage.offset, 0, damage.reason);
    return damage;
  }

  #read(frame: BmpFrame): string | undefined {
    this.log.records += 1;
    switch (frame.type) {
      case bmpMessage.initiation:
        return this.#initiation(frame);
      case bmpMessage.termination:
        return this.#termination(frame);
      case bmpMessage.routeMonitoring:
        return this.#withPeer(frame, (peer, state) => this.#routes(frame, peer, state));
      case bmpMessage.peerUp:
        return this.#withPeer(frame, (peer, state) => {
          const terms = readPeerUp(frame.bytes, frame.at, frame.end);
          if (typeof terms === 'string') return terms;
          state.terms = terms;
          this.log.stateChanges += 1;
          this.#sink.peerUp(peer, terms);
          return undefined;
        });
      case bmpMessage.peerDown:
        return this.#withPeer(frame, (peer) => {
          const at = frame.at + peerHeaderBytes;
          if (at >= frame.end) return 'a Peer Down without a reason';
          const reason = frame.bytes[at]!;
          this.#peers.delete(peer.key);
          this.log.stateChanges += 1;
          this.#sink.peerDown(peer, peerDownReasons[reason] ?? `reason ${reason}`);
          return undefined;
        });
      case bmpMessage.statistics:
        return this.#withPeer(frame, (peer) => {
          const values = readStatistics(frame.bytes, frame.at + peerHeaderBytes, frame.end);
          if (typeof values === 'string') return values;
          this.#sink.statistics(peer, values);
          return undefined;
        });
      case bmpMessage.routeMirroring:
        return this.#withPeer(frame, () => this.#mirrored(frame));
      default:
        this.log.skip(`BMP message type ${frame.type}`, frame.offset);
        return undefined;
    }
  }

  #withPeer(frame: BmpFrame, read: (peer: BmpPeerHeader, state: PeerState) => string | undefined): string | undefined {
    const peer = this.#headers.at(frame.bytes, frame.at, frame.end);
    if (peer === undefined) return 'a message that ends inside its per-peer header';
    let state = this.#peers.get(peer.key);
    if (state === undefined) {
      if (this.#peers.size >= this.#mostPeers) return `more than ${this.#mostPeers} neighbours`;
      state = { terms: undefined };
      this.#peers.set(peer.key, state);
    }
    this.#peer = peer;
    return read(peer, state);
  }

  /** One UPDATE (RFC 7854 section 4.6); more than one where a speaker puts them together. */
  #routes(frame: BmpFrame, peer: BmpPeerHeader, { terms }: PeerState): string | undefined {
    const { bytes, end, offset } = frame;
    const { route } = this.#context;
    route.bytes = bytes;
    route.asnBytes = peer.isTwoOctets ? 2 : 4;
    // The time of the per-peer header: when the routes came.
    route.timestampS = readU32(bytes, frame.at + 34);
    route.microseconds = readU32(bytes, frame.at + 38);
    for (let at = frame.at + peerHeaderBytes; at < end; ) {
      if (at + bgpHeaderBytes > end) return 'a Route Monitoring message that ends inside the header of its UPDATE';
      for (let byte = at; byte < at + 16; byte++) if (bytes[byte] !== 255) return 'an UPDATE without its marker';
      const next = at + readU16(bytes, at + 16);
      if (next > end || next < at + bgpHeaderBytes) return 'an UPDATE of another length than its message';
      if (bytes[at + 18] !== updateType) this.log.skip(`a BGP message of type ${bytes[at + 18]}`, offset);
      else {
        const family = endOfRib(bytes, at + bgpHeaderBytes, next);
        if (family !== undefined) this.#sink.endOfRib(peer, family);
        else {
          const problem = readUpdate(this.#context, at + bgpHeaderBytes, next, offset, pathIdsOf(peer.rib, terms));
          if (problem !== undefined) this.log.damaged(offset, next - at, problem);
        }
      }
      at = next;
    }
    return undefined;
  }

  #initiation({ bytes, at, end }: BmpFrame): string | undefined {
    let name = '';
    let description = '';
    const isWhole = eachTlv(bytes, at, end, (type, from, to) => {
      if (type === 1) description = textOfTlv(bytes, from, to);
      else if (type === 2) name = textOfTlv(bytes, from, to);
    });
    if (!isWhole) return 'an Initiation message whose parts do not fit';
    this.#sink.initiation({ name, description });
    return undefined;
  }

  #termination({ bytes, at, end }: BmpFrame): string | undefined {
    const words: string[] = [];
    const isWhole = eachTlv(bytes, at, end, (type, from, to) => {
      if (type === 0) words.push(textOfTlv(bytes, from, to));
      else if (type === 1 && to - from === 2) {
        const code = readU16(bytes, from);
        words.unshift(terminationReasons[code] ?? `reason ${code}`);
      }
    });
    if (!isWhole) return 'a Termination message whose parts do not fit';
    this.#sink.termination(words.filter((word) => word !== '').join(': ') || 'no reason given');
    return undefined;
  }

  /** Copies of what routing messages were; their routes come by Route Monitoring too, so that they are only counted. */
  #mirrored({ bytes, at, end, offset }: BmpFrame): string | undefined {
    const isWhole = eachTlv(bytes, at + peerHeaderBytes, end, (type, from, to) => {
      const isLost = type === 1 && to - from === 2 && readU16(bytes, from) === mirrorLost;
      this.log.skip(isLost ? 'mirrored messages that the router lost' : 'a mirrored message', offset);
    });
    return isWhole ? undefined : 'a Route Mirroring message whose parts do not fit';
  }
}

const noPathIds: PathIds = { 4: false, 6: false };

/** A Loc-RIB has no neighbour: its two OPENs are made up to say what its messages are like (RFC 9069 section 4.4). */
function pathIdsOf(rib: BmpRib, terms: SessionTerms | undefined): PathIds {
  if (terms === undefined) return noPathIds;
  const { received, sent } = terms;
  if (rib === 'loc-rib') return { 4: received[4] || sent[4], 6: received[6] || sent[6] };
  return rib === 'adj-rib-out' ? sent : received;
}
