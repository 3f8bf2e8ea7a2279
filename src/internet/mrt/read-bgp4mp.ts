import { readU16, readU32 } from './as-path.ts';
import type { RecordLabel } from './mrt-route.ts';
import type { MrtContext, Problem, RecordBody } from './read-context.ts';
import { readUpdate } from './read-update.ts';
import { bgp4mp, mrt } from './record-types.ts';

interface Kind {
  readonly asnBytes: 2 | 4;
  readonly isState?: true;
  /** Sent by the collector itself: the neighbour is the destination. */
  readonly isLocal?: true;
  readonly hasPathId?: true;
}

const kinds = new Map<number, Kind>([
  [bgp4mp.stateChange, { asnBytes: 2, isState: true }],
  [bgp4mp.message, { asnBytes: 2 }],
  [bgp4mp.messageAs4, { asnBytes: 4 }],
  [bgp4mp.stateChangeAs4, { asnBytes: 4, isState: true }],
  [bgp4mp.messageLocal, { asnBytes: 2, isLocal: true }],
  [bgp4mp.messageAs4Local, { asnBytes: 4, isLocal: true }],
  [bgp4mp.messageAddPath, { asnBytes: 2, hasPathId: true }],
  [bgp4mp.messageAs4AddPath, { asnBytes: 4, hasPathId: true }],
  [bgp4mp.messageLocalAddPath, { asnBytes: 2, isLocal: true, hasPathId: true }],
  [bgp4mp.messageAs4LocalAddPath, { asnBytes: 4, isLocal: true, hasPathId: true }],
]);

const messageNames: Readonly<Record<number, string>> = {
  1: 'an OPEN message',
  3: 'a NOTIFICATION message',
  4: 'a KEEPALIVE message',
  5: 'a ROUTE-REFRESH message',
};

/** BGP4MP and BGP4MP_ET (RFC 6396 sections 4.4 and 3, RFC 8050): one message or state change of a session a record. */
export function readBgp4mp(context: MrtContext, body: RecordBody, type: number): Problem {
  const kind = kinds.get(body.subtype);
  if (kind === undefined) {
    context.log.skip(`BGP4MP subtype ${body.subtype}`, body.offset);
    return undefined;
  }
  const { bytes, end } = body;
  const { route } = context;
  let { at } = body;
  route.bytes = bytes;
  route.microseconds = -1;
  if (type === mrt.bgp4mpEt) {
    if (at + 4 > end) return 'the record ends inside its header';
    route.microseconds = readU32(bytes, at);
    at += 4;
  }
  const { asnBytes } = kind;
  route.asnBytes = asnBytes;
  const addresses = at + asnBytes * 2 + 4;
  if (addresses > end) return kind.isState ? readShortState(context, body, at) : 'the record ends inside its header';
  const afi = readU16(bytes, addresses - 2);
  // Zebra left out interface and addresses of some messages; the marker begins where they should be.
  const isBare = afi === 0xffff && readU16(bytes, addresses - 4) === 0xffff;
  if (afi !== 1 && afi !== 2 && !isBare) return `address family ${afi}`;
  const size = afi === 2 ? 16 : 4;
  const message = isBare ? addresses - 4 : addresses + size * 2;
  if (message > end) return 'the record ends inside its addresses';
  const asnAt = kind.isLocal ? at + asnBytes : at;
  const asn = asnBytes === 4 ? readU32(bytes, asnAt) : readU16(bytes, asnAt);
  const address = isBare ? 0 : addresses + (kind.isLocal ? size : 0);
  route.peer = context.peers.indexOf(asn, isBare ? noAddress : bytes, address, size);
  route.label = labelOf(type, kind);
  if (kind.isState) return readState(context, body, message);
  return readMessage(context, body, message, kind.hasPathId === true);
}

const noAddress = new Uint8Array(4);

function labelOf(type: number, { isLocal, hasPathId }: Kind): RecordLabel {
  return `BGP4MP${type === mrt.bgp4mpEt ? '_ET' : ''}${isLocal ? '_LOCAL' : ''}${hasPathId ? '_AP' : ''}`;
}

function readState({ route, log, sink }: MrtContext, { bytes, end }: RecordBody, at: number): Problem {
  if (at + 4 > end) return 'the record ends inside the states';
  route.oldState = readU16(bytes, at);
  route.newState = readU16(bytes, at + 2);
  log.stateChanges += 1;
  sink.stateChange(route);
  return undefined;
}

/** Zebra wrote state changes of eight bytes: two AS numbers and two states. */
function readShortState(context: MrtContext, body: RecordBody, at: number): Problem {
  if (body.end - at !== 8 || context.route.asnBytes !== 2) return 'the record ends inside its header';
  context.route.peer = context.peers.indexOf(readU16(body.bytes, at), noAddress, 0, 4);
  context.route.label = 'BGP4MP';
  return readState(context, body, at + 4);
}

/** The BGP header (RFC 4271 section 4.1), then what kind of message it is. */
function readMessage(context: MrtContext, body: RecordBody, at: number, hasPathId: boolean): Problem {
  const { bytes, offset } = body;
  if (at + 19 > body.end) return 'the record ends inside the header of the message';
  for (let byte = at; byte < at + 16; byte++) if (bytes[byte] !== 255) return 'a message without its marker';
  const end = Math.min(body.end, at + readU16(bytes, at + 16));
  const type = bytes[at + 18]!;
  if (type !== 2) {
    context.log.skip(messageNames[type] ?? `a message of type ${type}`, offset);
    return undefined;
  }
  if (at + readU16(bytes, at + 16) > body.end) context.log.skip('the end of a message that was cut off', offset);
  return readUpdate(context, at + 19, end, offset, hasPathId);
}
