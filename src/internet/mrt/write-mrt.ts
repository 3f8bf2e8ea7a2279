import { NetwrightError } from '#core';
import { addressBytes } from '../routes/address.ts';
import { type RouteTable, setMark } from '../routes/route-table.ts';
import { ByteWriter } from './byte-writer.ts';
import { bgp4mp, mrt, tableDumpV2 } from './record-types.ts';
import {
  type WrittenAttributes,
  type WrittenPath,
  writeAsn,
  writeAttributes,
  writeShortMpReach,
} from './write-attributes.ts';
import { writeUpdate } from './write-update.ts';

export interface WriteTableOptions {
  /** Seconds since 1970: the time of the dump, and of every route. Default 0. */
  readonly timestampS?: number;
  readonly viewName?: string;
}

/** How much is gathered before it is handed out. */
const batchBytes = 1 << 18;

/**
 * Writes routes as a TABLE_DUMP_V2 file (RFC 6396 section 4.3): a peer index table, then one record a prefix, IPv4
 * prefixes first. The next hop of a route is the address of its vantage point where the families agree, otherwise an
 * address of the documentation range. Yields about 256 KiB at a time, so a planet never sits in memory.
 */
export function* writeTableDumpV2(table: RouteTable, options: WriteTableOptions = {}): Generator<Buffer> {
  const { timestampS = 0, viewName = '' } = options;
  const to = new ByteWriter(batchBytes + 65_536);
  const peers = table.peers.map(({ asn, address }) => ({ asn, bytes: mustBeAddress(address) }));
  record(to, timestampS, mrt.tableDumpV2, tableDumpV2.peerIndexTable, () => {
    to.u32(0).measured(2, () => to.bytes(Buffer.from(viewName)));
    to.u16(peers.length);
    for (const { asn, bytes } of peers) {
      to.u8(2 | (bytes.length === 16 ? 1 : 0)).u32(0);
      to.bytes(bytes).u32(asn);
    }
  });
  const attributes = encodePaths(table);
  const { order, starts } = routesByPrefix(table);
  let sequence = 0;
  for (const family of [4, 6]) {
    for (let prefix = 0; prefix < table.prefixes.count; prefix++) {
      const first = starts[prefix]!;
      const end = starts[prefix + 1]!;
      if (table.prefixes.family[prefix] !== family || first === end) continue;
      const subtype = family === 4 ? tableDumpV2.ipv4Unicast : tableDumpV2.ipv6Unicast;
      record(to, timestampS, mrt.tableDumpV2, subtype, () => {
        to.u32(sequence);
        writePrefix(to, table, prefix);
        to.u16(end - first);
        for (let at = first; at < end; at++) {
          const route = order[at]!;
          const peer = table.peerOf[route]!;
          to.u16(peer).u32(timestampS);
          to.measured(2, () => {
            to.bytes(attributes(table.pathOf[route]!));
            writeNextHop(to, peers[peer]!.bytes, family === 4 ? 4 : 16);
          });
        }
      });
      sequence += 1;
      if (to.length >= batchBytes) yield to.take();
    }
  }
  if (to.length > 0) yield to.take();
}

export interface Bgp4mpUpdate {
  /** Seconds since 1970; a fraction makes it a BGP4MP_ET record with microseconds. */
  readonly timestampS: number;
  readonly peer: { readonly asn: number; readonly address: string };
  /** Who recorded it. Default: AS 64512 at an address of the documentation range. */
  readonly local?: { readonly asn: number; readonly address: string };
  /** How wide AS numbers are on the session. Default 4. */
  readonly asnBytes?: 2 | 4;
  /** CIDR text. Both families may stand in one update. */
  readonly withdraw?: readonly string[];
  readonly announce?: readonly string[];
  /** Needed where something is announced. The next hop defaults to the address of the peer. */
  readonly attributes?: Omit<WrittenAttributes, 'nextHop'> & { readonly nextHop?: string };
}

export interface Bgp4mpState {
  readonly timestampS: number;
  readonly peer: { readonly asn: number; readonly address: string };
  /** RFC 4271 states: 1 idle to 6 established. */
  readonly oldState: number;
  readonly newState: number;
}

/** Writes update messages and state changes as BGP4MP records (RFC 6396 section 4.4), one after the other. */
export function* writeBgp4mp(messages: Iterable<Bgp4mpUpdate | Bgp4mpState>): Generator<Buffer> {
  const to = new ByteWriter(batchBytes);
  for (const message of messages) {
    const { peer, timestampS } = message;
    const isState = 'oldState' in message;
    const local = (isState ? undefined : message.local) ?? { asn: 64512, address: documentation(peer.address) };
    const asnBytes = isState ? 4 : (message.asnBytes ?? 4);
    const peerBytes = mustBeAddress(peer.address);
    const subtype = isState ? bgp4mp.stateChangeAs4 : asnBytes === 4 ? bgp4mp.messageAs4 : bgp4mp.message;
    const isEt = !Number.isInteger(timestampS);
    record(to, Math.floor(timestampS), isEt ? mrt.bgp4mpEt : mrt.bgp4mp, subtype, () => {
      if (isEt) to.u32(Math.round((timestampS % 1) * 1e6));
      writeAsn(writeAsn(to, peer.asn, asnBytes), local.asn, asnBytes);
      to.u16(0)
        .u16(peerBytes.length === 4 ? 1 : 2)
        .bytes(peerBytes)
        .bytes(mustBeAddress(local.address));
      if (isState) to.u16(message.oldState).u16(message.newState);
      else writeUpdate(to, message, asnBytes);
    });
    if (to.length >= batchBytes) yield to.take();
  }
  if (to.length > 0) yield to.take();
}

/** The header of RFC 6396 section 2, then the body. */
export function record(to: ByteWriter, timestampS: number, type: number, subtype: number, body: () => void): void {
  to.u32(timestampS).u16(type).u16(subtype).measured(4, body);
}

export function mustBeAddress(text: string): Uint8Array {
  const bytes = addressBytes(text);
  if (bytes === undefined) throw new NetwrightError('NW_INTERNET_INVALID', `${JSON.stringify(text)} is no IP address`);
  return bytes;
}

/** Every path is encoded once, however many routes have it. */
function encodePaths(table: RouteTable): (path: number) => Uint8Array {
  const encoded = new Map<number, Uint8Array>();
  const scratch = new ByteWriter();
  return (path) => {
    const known = encoded.get(path);
    if (known !== undefined) return known;
    writeAttributes(scratch, { path: pathOf(table, path), nextHop: new Uint8Array(0) }, 4);
    const bytes = scratch.take();
    encoded.set(path, bytes);
    return bytes;
  };
}

function pathOf({ paths }: RouteTable, path: number): WrittenPath {
  const hops: (number | readonly number[])[] = [];
  for (let index = paths.offsets[path]!; index < paths.offsets[path + 1]!; index++) {
    const hop = paths.hops[index]!;
    hops.push(hop === setMark ? (paths.sets.get(index) ?? []) : hop);
  }
  return hops;
}

/** A counting sort: `order[starts[p]] … order[starts[p + 1] - 1]` are the routes of prefix `p`. */
function routesByPrefix({ routeCount, prefixOf, prefixes }: RouteTable): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(prefixes.count + 1);
  for (let route = 0; route < routeCount; route++) starts[prefixOf[route]! + 1]! += 1;
  for (let prefix = 0; prefix < prefixes.count; prefix++) starts[prefix + 1]! += starts[prefix]!;
  const next = starts.slice();
  const order = new Uint32Array(routeCount);
  for (let route = 0; route < routeCount; route++) order[next[prefixOf[route]!]!++] = route;
  return { order, starts };
}

function writePrefix(to: ByteWriter, { prefixes }: RouteTable, prefix: number): void {
  const length = prefixes.length[prefix]!;
  to.u8(length);
  for (let byte = 0; byte < (length + 7) >> 3; byte++) {
    to.u8((prefixes.words[prefix * 4 + (byte >> 2)]! >>> (24 - (byte & 3) * 8)) & 255);
  }
}

const nextHop4 = Uint8Array.of(192, 0, 2, 1);
const nextHop6 = mustBeAddress('2001:db8::1');

function writeNextHop(to: ByteWriter, peer: Uint8Array, length: 4 | 16): void {
  if (length === 16) writeShortMpReach(to, peer.length === 16 ? peer : nextHop6);
  else
    to.u8(0x40)
      .u8(3)
      .u8(4)
      .bytes(peer.length === 4 ? peer : nextHop4);
}

function documentation(peer: string): string {
  return peer.includes(':') ? '2001:db8::1' : '192.0.2.1';
}
