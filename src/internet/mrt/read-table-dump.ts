import { readU16, readU32 } from './as-path.ts';
import { walkAttributes } from './attribute-spans.ts';
import { readPrefix } from './mrt-route.ts';
import { setTableNextHop } from './next-hop.ts';
import type { MrtContext, Problem, RecordBody } from './read-context.ts';

/**
 * TABLE_DUMP (RFC 6396 section 4.2): one route a record, AS numbers of two octets; bgpdump's subtypes 3 and 4 have
 * four. The collectors of 2000 put many routes into one record: view and sequence number once, then route after route.
 */
export function readTableDump(context: MrtContext, { bytes, at, end, offset, subtype }: RecordBody): Problem {
  if (subtype < 1 || subtype > 4) {
    context.log.skip('a table of an address family that is not read', offset);
    return undefined;
  }
  const { route, sink, log, peers } = context;
  const size = subtype % 2 === 1 ? 4 : 16;
  route.bytes = bytes;
  route.label = 'TABLE_DUMP';
  route.microseconds = -1;
  route.hasPathId = false;
  route.asnBytes = subtype <= 2 ? 2 : 4;
  route.family = size === 4 ? 4 : 6;
  const fixed = size * 2 + 8 + route.asnBytes;
  let next = at + 4;
  while (next < end) {
    if (next + fixed > end) return 'the record ends inside a route';
    const length = bytes[next + size]!;
    const peer = next + size + 6;
    const attributes = peer + size + route.asnBytes + 2;
    const attributesEnd = attributes + readU16(bytes, attributes - 2);
    if (length > size * 8) return `a prefix of ${length} bits`;
    if (attributesEnd > end) return 'the attributes of a route are longer than the record';
    const asn = route.asnBytes === 2 ? readU16(bytes, peer + size) : readU32(bytes, peer + size);
    route.length = length;
    readPrefix(bytes, next, length, route.words);
    route.originatedS = readU32(bytes, next + size + 2);
    route.peer = peers.indexOf(asn, bytes, peer, size);
    if (walkAttributes(bytes, attributes, attributesEnd, route.attributes)) {
      setTableNextHop(route);
      log.routes += 1;
      sink.route(route);
    } else log.skip('a route with damaged attributes', offset);
    next = attributesEnd;
  }
  return undefined;
}
