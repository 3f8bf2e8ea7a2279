import { attribute } from './record-types.ts';

/**
 * Where the attributes of one route are in the bytes, as offsets; -1 for those that are not there. One object is used
 * for all routes: who wants to keep something copies it.
 */
export class AttributeSpans {
  asPath = -1;
  asPathEnd = -1;
  as4Path = -1;
  as4PathEnd = -1;
  /** The value, not an offset. */
  origin = -1;
  nextHop = -1;
  med = -1;
  localPref = -1;
  isAtomicAggregate = false;
  aggregator = -1;
  aggregatorEnd = -1;
  as4Aggregator = -1;
  communities = -1;
  communitiesEnd = -1;
  largeCommunities = -1;
  largeCommunitiesEnd = -1;
  mpReach = -1;
  mpReachEnd = -1;
  mpUnreach = -1;
  mpUnreachEnd = -1;

  clear(): void {
    this.asPath = -1;
    this.as4Path = -1;
    this.origin = -1;
    this.nextHop = -1;
    this.med = -1;
    this.localPref = -1;
    this.isAtomicAggregate = false;
    this.aggregator = -1;
    this.as4Aggregator = -1;
    this.communities = -1;
    this.largeCommunities = -1;
    this.mpReach = -1;
    this.mpUnreach = -1;
  }
}

/**
 * Notes where each attribute between `at` and `end` is. False when an attribute does not fit; what stood before it is
 * noted. Of an attribute that is there twice the first counts (RFC 7606 section 3 g).
 */
export function walkAttributes(bytes: Uint8Array, at: number, end: number, spans: AttributeSpans): boolean {
  spans.clear();
  let next = at;
  while (next < end) {
    if (next + 3 > end) return false;
    const type = bytes[next + 1]!;
    let length = bytes[next + 2]!;
    let value = next + 3;
    if (bytes[next]! & 0x10) {
      if (next + 4 > end) return false;
      length = (length << 8) | bytes[next + 3]!;
      value = next + 4;
    }
    next = value + length;
    if (next > end) return false;
    switch (type) {
      case attribute.origin:
        if (spans.origin < 0 && length > 0) spans.origin = bytes[value]!;
        break;
      case attribute.asPath:
        if (spans.asPath < 0) {
          spans.asPath = value;
          spans.asPathEnd = next;
        }
        break;
      case attribute.nextHop:
        if (spans.nextHop < 0 && length >= 4) spans.nextHop = value;
        break;
      case attribute.med:
        if (spans.med < 0 && length >= 4) spans.med = value;
        break;
      case attribute.localPref:
        if (spans.localPref < 0 && length >= 4) spans.localPref = value;
        break;
      default:
        noteRarer(type, value, next, spans);
    }
  }
  return true;
}

function noteRarer(type: number, value: number, end: number, spans: AttributeSpans): void {
  switch (type) {
    case attribute.atomicAggregate:
      spans.isAtomicAggregate = true;
      break;
    case attribute.aggregator:
      if (spans.aggregator >= 0 || end - value < 6) break;
      spans.aggregator = value;
      spans.aggregatorEnd = end;
      break;
    case attribute.communities:
      if (spans.communities >= 0) break;
      spans.communities = value;
      spans.communitiesEnd = end;
      break;
    case attribute.mpReach:
      if (spans.mpReach >= 0 || value === end) break;
      spans.mpReach = value;
      spans.mpReachEnd = end;
      break;
    case attribute.mpUnreach:
      if (spans.mpUnreach >= 0) break;
      spans.mpUnreach = value;
      spans.mpUnreachEnd = end;
      break;
    case attribute.as4Path:
      if (spans.as4Path >= 0) break;
      spans.as4Path = value;
      spans.as4PathEnd = end;
      break;
    case attribute.as4Aggregator:
      if (spans.as4Aggregator < 0 && end - value >= 8) spans.as4Aggregator = value;
      break;
    case attribute.largeCommunities:
      if (spans.largeCommunities >= 0) break;
      spans.largeCommunities = value;
      spans.largeCommunitiesEnd = end;
      break;
    default:
  }
}
