import { readU16 } from '../../mrt/as-path.ts';
import { familyOf } from '../../mrt/next-hop.ts';
import { attribute } from '../../mrt/record-types.ts';

const extendedLength = 0x10;

/**
 * The family whose End-of-RIB marker an UPDATE is (RFC 4724 section 2): one that says nothing at all for IPv4, one with
 * an MP_UNREACH_NLRI without prefixes for the others. `at` is behind the BGP header.
 */
export function endOfRib(bytes: Uint8Array, at: number, end: number): 4 | 6 | undefined {
  if (end - at === 4) return readU16(bytes, at) === 0 && readU16(bytes, at + 2) === 0 ? 4 : undefined;
  const value = at + 7 + ((bytes[at + 4]! & extendedLength) === 0 ? 0 : 1);
  if (value + 3 !== end || readU16(bytes, at) !== 0) return undefined;
  const isUnreach = bytes[at + 5] === attribute.mpUnreach && bytes[value + 2] === 1;
  return isUnreach && readU16(bytes, at + 2) === end - at - 4 ? familyOf(bytes, value) : undefined;
}
