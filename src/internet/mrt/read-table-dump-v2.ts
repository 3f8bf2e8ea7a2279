import { readU16, readU32 } from './as-path.ts';
import { walkAttributes } from './attribute-spans.ts';
import { readPrefix } from './mrt-route.ts';
import { familyOf, setTableNextHop } from './next-hop.ts';
import type { MrtContext, Problem, RecordBody } from './read-context.ts';
import { tableDumpV2 as subtypes } from './record-types.ts';

/** TABLE_DUMP_V2 (RFC 6396 section 4.3, RFC 8050): all routes of one prefix a record, AS numbers of four octets. */
export function readTableDumpV2(context: MrtContext, body: RecordBody): Problem {
  switch (body.subtype) {
    case subtypes.peerIndexTable:
      return readPeerIndexTable(context, body);
    case subtypes.ipv4Unicast:
    case subtypes.ipv4UnicastAddPath:
      return readRib(context, body, body.at + 4, 4, body.subtype === subtypes.ipv4UnicastAddPath);
    case subtypes.ipv6Unicast:
    case subtypes.ipv6UnicastAddPath:
      return readRib(context, body, body.at + 4, 6, body.subtype === subtypes.ipv6UnicastAddPath);
    case subtypes.generic:
    case subtypes.genericAddPath:
      return readGeneric(context, body);
    default:
      context.log.skip(
        body.subtype === subtypes.geoPeerTable ? 'where the peers are (RFC 6397)' : 'a multicast table',
        body.offset,
      );
      return undefined;
  }
}

function readPeerIndexTable(context: MrtContext, { bytes, at, end }: RecordBody): Problem {
  const view = at + 6 + readU16(bytes, at + 4);
  if (at + 8 > end || view + 2 > end) return 'the peer index table ends inside its header';
  const count = readU16(bytes, view);
  const index = new Uint32Array(count);
  let next = view + 2;
  for (let peer = 0; peer < count; peer++) {
    const type = bytes[next] ?? 0;
    const size = type & 1 ? 16 : 4;
    const asnBytes = type & 2 ? 4 : 2;
    const asn = next + 5 + size;
    if (asn + asnBytes > end) {
      context.peerIndex = index.subarray(0, peer);
      return `the peer index table ends inside peer ${peer} of ${count}`;
    }
    index[peer] = context.peers.indexOf(
      asnBytes === 4 ? readU32(bytes, asn) : readU16(bytes, asn),
      bytes,
      next + 5,
      size,
    );
    next = asn + asnBytes;
  }
  context.peerIndex = index;
  return next === end ? undefined : 'bytes behind the peer index table';
}

/** RIB_GENERIC names its address family. RFC 8050 leaves the path identifier to the NLRI, some writers do not. */
function readGeneric(context: MrtContext, body: RecordBody): Problem {
  const { bytes, at, end, offset, subtype } = body;
  if (at + 8 > end) return 'the record ends inside its header';
  const family = familyOf(bytes, at + 4);
  if (family === undefined || bytes[at + 6] !== 1) {
    context.log.skip('a table of an address family that is not read', offset);
    return undefined;
  }
  if (subtype === subtypes.generic) return readRib(context, body, at + 7, family, false);
  if (entriesFit(bytes, at + 7, end, true)) return readRib(context, body, at + 7, family, true);
  context.route.pathId = at + 11 <= end ? readU32(bytes, at + 7) : 0;
  return readRib(context, body, at + 11, family, false, true);
}

/** Whether the entries behind a prefix end where the record ends. */
function entriesFit(bytes: Uint8Array, at: number, end: number, hasPathId: boolean): boolean {
  let next = at + 1 + ((bytes[at]! + 7) >> 3);
  if (next + 2 > end) return false;
  const count = readU16(bytes, next);
  next += 2;
  for (let entry = 0; entry < count; entry++) {
    const attributes = next + (hasPathId ? 12 : 8);
    if (attributes > end) return false;
    next = attributes + readU16(bytes, attributes - 2);
  }
  return next === end;
}

function readRib(
  context: MrtContext,
  { bytes, end, offset }: RecordBody,
  at: number,
  family: 4 | 6,
  hasPathId: boolean,
  isPathIdKnown = false,
): Problem {
  const { route, sink, log, peerIndex } = context;
  const length = bytes[at]!;
  const entries = at + 3 + ((length + 7) >> 3);
  if (at >= end || entries > end) return 'the record ends inside its prefix';
  if (length > (family === 4 ? 32 : 128)) return `a prefix of ${length} bits`;
  const count = readU16(bytes, entries - 2);
  route.bytes = bytes;
  route.label = hasPathId || isPathIdKnown ? 'TABLE_DUMP2_AP' : 'TABLE_DUMP2';
  route.microseconds = -1;
  route.asnBytes = 4;
  route.family = family;
  route.length = length;
  route.hasPathId = hasPathId || isPathIdKnown;
  readPrefix(bytes, at + 1, length, route.words);
  let next = entries;
  for (let entry = 0; entry < count; entry++) {
    const attributes = next + (hasPathId ? 12 : 8);
    if (attributes > end) return `the record ends inside entry ${entry} of ${count}`;
    const attributesEnd = attributes + readU16(bytes, attributes - 2);
    if (attributesEnd > end) return `the attributes of entry ${entry} of ${count} are longer than the record`;
    const peer = peerIndex[readU16(bytes, next)];
    route.originatedS = readU32(bytes, next + 2);
    if (hasPathId) route.pathId = readU32(bytes, next + 6);
    next = attributesEnd;
    if (peer === undefined) log.skip('a route of a peer that the index table does not have', offset);
    else if (!walkAttributes(bytes, attributes, attributesEnd, route.attributes)) {
      log.skip('a route with damaged attributes', offset);
    } else {
      route.peer = peer;
      setTableNextHop(route);
      log.routes += 1;
      sink.route(route);
    }
  }
  return next === end ? undefined : 'bytes behind the last entry';
}
