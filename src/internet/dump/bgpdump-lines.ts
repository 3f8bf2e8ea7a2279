import { isAs4Ignored, type PathSegment, pathWidth, readU16, readU32 } from '../mrt/as-path.ts';
import type { MrtPeers, MrtRoute, MrtSink } from '../mrt/mrt-route.ts';
import { asTrans, segment } from '../mrt/record-types.ts';
import { addressBytes, addressText } from '../routes/address.ts';
import { wholePath } from '../routes/path-interner.ts';
import { AsciiWriter } from './ascii-writer.ts';

const bar = 124;
const space = 32;
/** What one line can need besides its path and communities. */
const fixedBytes = 1024;
const origins = ['IGP', 'EGP'] as const;
const wellKnown = new Map([
  [0xffffff01, 'no-export'],
  [0xffffff02, 'no-advertise'],
  [0xffffff03, 'local-AS'],
]);

export interface BgpdumpLinesOptions {
  /** Which time the lines of a table carry: that of the dump, or of the last change of the route. Default `dump`. */
  readonly time?: 'dump' | 'change';
}

/** Writes what `bgpdump -m` prints, a line a route, withdrawal and state change. */
export class BgpdumpLines implements MrtSink {
  readonly #to = new AsciiWriter(1 << 20);
  readonly #peers: MrtPeers;
  readonly #isChangeTime: boolean;
  /** `|address|asn|` of each peer. */
  readonly #peerTexts: Buffer[] = [];
  /** IPv6 text is made once for neighbours in a row: next hops and prefixes repeat. */
  #lastPrefix = { text: Buffer.alloc(0), words: new Uint32Array(4), length: -1, family: 0 };
  #lastHop = { text: '', bytes: Buffer.alloc(16) };

  constructor(peers: MrtPeers, options: BgpdumpLinesOptions = {}) {
    this.#peers = peers;
    this.#isChangeTime = options.time === 'change';
  }

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#to.length;
  }

  take(): Buffer {
    return this.#to.take();
  }

  route(route: MrtRoute): void {
    const { bytes, attributes } = route;
    const isTable = route.label.startsWith('TABLE');
    this.#begin(route, isTable ? 'B' : 'A');
    this.#prefix(route);
    this.#to.code(bar);
    if (route.hasPathId) {
      this.#to.decimal(route.pathId);
      this.#to.code(bar);
    }
    this.#path(route);
    this.#to.reserve(fixedBytes);
    this.#to.code(bar);
    this.#to.ascii(origins[attributes.origin] ?? 'INCOMPLETE');
    this.#to.code(bar);
    this.#nextHop(route);
    this.#to.code(bar);
    this.#to.decimal(attributes.localPref < 0 ? 0 : readU32(bytes, attributes.localPref));
    this.#to.code(bar);
    this.#to.decimal(attributes.med < 0 ? 0 : readU32(bytes, attributes.med));
    this.#to.code(bar);
    this.#communities(route);
    this.#to.ascii(attributes.isAtomicAggregate ? '|AG|' : '|NAG|');
    this.#aggregator(route);
    this.#to.ascii('|\n');
  }

  withdrawal(route: MrtRoute): void {
    this.#begin(route, 'W');
    this.#prefix(route);
    if (route.hasPathId) {
      this.#to.code(bar);
      this.#to.decimal(route.pathId);
    }
    this.#to.code(10);
  }

  stateChange(route: MrtRoute): void {
    this.#begin(route, 'STATE');
    this.#to.decimal(route.oldState);
    this.#to.code(bar);
    this.#to.decimal(route.newState);
    this.#to.code(10);
  }

  #begin(route: MrtRoute, kind: 'A' | 'B' | 'W' | 'STATE'): void {
    const to = this.#to;
    to.reserve(fixedBytes);
    to.ascii(route.label);
    // A session that is recorded as plain, but is not: said as bgpdump says those that are recorded as such.
    if (route.hasPathId && kind !== 'STATE' && !route.label.endsWith('_AP')) to.ascii('_AP');
    to.code(bar);
    to.decimal(this.#isChangeTime && kind === 'B' ? route.originatedS : route.timestampS);
    if (route.microseconds >= 0) {
      to.code(46);
      to.ascii(String(route.microseconds).padStart(6, '0'));
    }
    to.code(bar);
    to.ascii(kind);
    to.bytes(this.#peerTexts[route.peer] ?? this.#newPeer(route.peer));
  }

  #newPeer(index: number): Buffer {
    const { address, asn } = this.#peers.list[index]!;
    const bytes = addressBytes(address)!;
    const text = Buffer.from(`|${addressText(bytes, 0, bytes.length === 4 ? 4 : 16, 1)}|${asn}|`);
    this.#peerTexts[index] = text;
    return text;
  }

  #prefix({ family, length, words }: MrtRoute): void {
    const to = this.#to;
    if (family === 4) {
      const word = words[0]!;
      to.decimal(word >>> 24);
      to.code(46);
      to.decimal((word >>> 16) & 255);
      to.code(46);
      to.decimal((word >>> 8) & 255);
      to.code(46);
      to.decimal(word & 255);
      to.code(47);
      to.decimal(length);
      return;
    }
    const last = this.#lastPrefix;
    if (last.length !== length || words.some((word, index) => word !== last.words[index])) {
      const bytes = Buffer.alloc(16);
      for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
      last.text = Buffer.from(`${addressText(bytes, 0, 16, 1)}/${length}`);
      last.words.set(words);
      last.length = length;
    }
    to.bytes(last.text);
  }

  #nextHop({ bytes, nextHop, nextHopBytes }: MrtRoute): void {
    if (nextHopBytes === 4) this.#to.ipv4(bytes, nextHop);
    else if (nextHopBytes === 0) this.#to.ascii('255.255.255.255');
    else {
      const last = this.#lastHop;
      if (last.text === '' || last.bytes.compare(bytes, nextHop, nextHop + 16) !== 0) {
        last.bytes.set(bytes.subarray(nextHop, nextHop + 16));
        last.text = addressText(bytes, nextHop, 16, 1);
      }
      this.#to.ascii(last.text);
    }
  }

  #path(route: MrtRoute): void {
    const { bytes, attributes } = route;
    const { asPath: at, asPathEnd: end } = attributes;
    if (at < 0 || at === end) return;
    const to = this.#to;
    to.reserve((end - at) * 8 + fixedBytes);
    const asnBytes = pathWidth(bytes, at, end, route.asnBytes);
    if (asnBytes === undefined) {
      to.ascii('!! Error !!');
      return;
    }
    const isPlain = bytes[at] === segment.sequence && at + 2 + bytes[at + 1]! * asnBytes === end;
    if (!isPlain || (attributes.as4Path >= 0 && asnBytes === 2)) {
      const segments = wholePath(route, asnBytes);
      to.reserve(segments.reduce((sum, { numbers }) => sum + numbers.length * 12 + 8, fixedBytes));
      writeSegments(to, segments);
      return;
    }
    for (let next = at + 2; next < end; next += asnBytes) {
      if (next > at + 2) to.code(space);
      to.decimal(asnBytes === 4 ? readU32(bytes, next) : readU16(bytes, next));
    }
  }

  #communities({ bytes, attributes }: MrtRoute): void {
    const { communities: at, communitiesEnd: end } = attributes;
    if (at < 0) return;
    const to = this.#to;
    to.reserve((end - at) * 4 + fixedBytes);
    for (let next = at; next + 4 <= end; next += 4) {
      if (next > at) to.code(space);
      const known = bytes[next] === 255 ? wellKnown.get(readU32(bytes, next)) : undefined;
      if (known !== undefined) to.ascii(known);
      else {
        to.decimal(readU16(bytes, next));
        to.code(58);
        to.decimal(readU16(bytes, next + 2));
      }
    }
  }

  #aggregator({ bytes, attributes }: MrtRoute): void {
    const { aggregator: at, aggregatorEnd: end, as4Aggregator } = attributes;
    if (at < 0) return;
    const to = this.#to;
    const asnBytes = end - at >= 8 ? 4 : 2;
    const asn = asnBytes === 4 ? readU32(bytes, at) : readU16(bytes, at);
    const isWide = asn === asTrans && as4Aggregator >= 0 && !isAs4Ignored(bytes, at, as4Aggregator);
    to.decimal(isWide ? readU32(bytes, as4Aggregator) : asn);
    to.code(space);
    to.ipv4(bytes, isWide ? as4Aggregator + 4 : at + asnBytes);
  }
}

const brackets: Readonly<Record<number, readonly [string, string]>> = {
  [segment.set]: ['{', '}'],
  [segment.confederationSet]: ['[', ']'],
  [segment.confederationSequence]: ['(', ')'],
};

/** Sets in braces with commas, confederations in brackets and parentheses. */
function writeSegments(to: AsciiWriter, segments: readonly PathSegment[]): void {
  let isFirst = true;
  for (const { type, numbers } of segments) {
    if (!isFirst) to.code(space);
    const [open, close] = brackets[type] ?? ['', ''];
    const comma = type === segment.set || type === segment.confederationSet ? 44 : space;
    to.ascii(open);
    for (const [index, asn] of numbers.entries()) {
      if (index > 0) to.code(comma);
      to.decimal(asn);
    }
    to.ascii(close);
    isFirst = numbers.length === 0;
  }
}
