import type { ByteWriter } from './byte-writer.ts';
import { attribute, segment } from './record-types.ts';

/** A path as it is written: vantage point first; a nested list is an AS_SET. */
export type WrittenPath = readonly (number | readonly number[])[];

export interface WrittenAttributes {
  readonly path: WrittenPath;
  /** Default `igp`. */
  readonly origin?: 'igp' | 'egp' | 'incomplete';
  /** Four or sixteen bytes. An IPv6 next hop goes into MP_REACH_NLRI. */
  readonly nextHop: Uint8Array;
  readonly med?: number;
  readonly localPref?: number;
  readonly isAtomicAggregate?: boolean;
  readonly aggregator?: { readonly asn: number; readonly address: Uint8Array };
  /** Each as one 32-bit number. */
  readonly communities?: readonly number[];
}

const origins = ['igp', 'egp', 'incomplete'] as const;
const transitive = 0x40;
const optional = 0x80;
const extended = 0x10;

/** ORIGIN to COMMUNITIES, without MP_REACH_NLRI, whose shape differs between tables and messages. */
export function writeAttributes(to: ByteWriter, attributes: WrittenAttributes, asnBytes: 2 | 4): void {
  const { path, origin = 'igp', nextHop, med, localPref, aggregator, communities } = attributes;
  to.u8(transitive).u8(attribute.origin).u8(1).u8(origins.indexOf(origin));
  to.u8(transitive | extended).u8(attribute.asPath);
  to.measured(2, () => writePath(to, path, asnBytes));
  if (nextHop.length === 4) to.u8(transitive).u8(attribute.nextHop).u8(4).bytes(nextHop);
  if (med !== undefined) to.u8(optional).u8(attribute.med).u8(4).u32(med);
  if (localPref !== undefined) to.u8(transitive).u8(attribute.localPref).u8(4).u32(localPref);
  if (attributes.isAtomicAggregate) to.u8(transitive).u8(attribute.atomicAggregate).u8(0);
  if (aggregator !== undefined) {
    to.u8(optional | transitive).u8(attribute.aggregator);
    to.measured(1, () => writeAsn(to, aggregator.asn, asnBytes).bytes(aggregator.address));
  }
  if (communities !== undefined && communities.length > 0) {
    to.u8(optional | transitive | extended).u8(attribute.communities);
    to.measured(2, () => {
      for (const community of communities) to.u32(community);
    });
  }
}

/** Segments of at most 255 numbers, as their count is one octet. */
function writePath(to: ByteWriter, path: WrittenPath, asnBytes: 2 | 4): void {
  let start = 0;
  while (start < path.length) {
    const first = path[start]!;
    if (typeof first !== 'number') {
      writeSegment(to, segment.set, first, asnBytes);
      start += 1;
      continue;
    }
    let end = start;
    while (end < path.length && end - start < 255 && typeof path[end] === 'number') end += 1;
    writeSegment(to, segment.sequence, path.slice(start, end) as number[], asnBytes);
    start = end;
  }
}

/** MP_REACH_NLRI as a table has it: next hop only (RFC 6396 section 4.3.4). */
export function writeShortMpReach(to: ByteWriter, nextHop: Uint8Array): void {
  to.u8(optional)
    .u8(attribute.mpReach)
    .u8(nextHop.length + 1)
    .u8(nextHop.length)
    .bytes(nextHop);
}

function writeSegment(to: ByteWriter, type: number, numbers: readonly number[], asnBytes: 2 | 4): void {
  to.u8(type).u8(numbers.length);
  for (const asn of numbers) writeAsn(to, asn, asnBytes);
}

export function writeAsn(to: ByteWriter, asn: number, asnBytes: 2 | 4): ByteWriter {
  return asnBytes === 4 ? to.u32(asn) : to.u16(asn);
}
