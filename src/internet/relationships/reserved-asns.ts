/**
 * AS numbers that belong to nobody, by IANA's registries, each with the day since when that holds: an old dump is read
 * by the rules of its time. A path with one of them was forged, mistyped, or left its private network by accident.
 */
interface ReservedRange {
  readonly first: number;
  readonly last: number;
  /** `YYYY-MM-DD`; without it since ever. */
  readonly since?: string;
  /** The first day on which it no longer holds. */
  readonly until?: string;
}

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000;

// Blocks of four-byte numbers are handed to the RIRs from one start each; the ceilings leave room for later blocks.
export const reservedRanges: readonly ReservedRange[] = [
  { first: 0, last: 0 }, // RFC 7607
  { first: 23456, last: 23456 }, // AS_TRANS, RFC 6793: stands for a number that was lost
  { first: 64496, last: 64511, since: '2008-12-01' }, // documentation, RFC 5398
  { first: 64512, last: 65534 }, // private use, RFC 6996 (before: RFC 1930)
  { first: 65535, last: 65535 }, // RFC 7300
  { first: 65536, last: 65551, since: '2008-12-01' }, // documentation, RFC 5398
  { first: 65552, last: 131071 }, // kept by IANA
  { first: 131072, last: 0xffffffff, until: '2007-01-01' }, // RFC 4893: the first four-byte numbers
  { first: 163840, last: 196607 }, // between the blocks of APNIC and of the RIPE NCC
  { first: 229376, last: 262143 }, // … of LACNIC
  { first: 294912, last: 327679 }, // … of AFRINIC
  { first: 344064, last: 393215 }, // … of ARIN
  { first: 425984, last: 0xffffffff }, // above them all, private use from 4200000000 (RFC 6996) and the last one (RFC 7300)
];

/**
 * A test for AS numbers that may not stand in a path.
 * @param atS the time of the dump in seconds since 1970; default: the newest rules.
 */
export function reservedAsnTest(atS = Number.POSITIVE_INFINITY): (asn: number) => boolean {
  const holding = reservedRanges.filter(
    ({ since, until }) => (since === undefined || atS >= day(since)) && (until === undefined || atS < day(until)),
  );
  const low = new Uint8Array(131072);
  for (const { first, last } of holding) low.fill(1, Math.min(first, low.length), Math.min(last + 1, low.length));
  const high = holding.filter(({ last }) => last >= low.length);
  return (asn) => {
    if (asn < low.length) return low[asn] === 1;
    for (const { first, last } of high) if (asn >= first && asn <= last) return true;
    return false;
  };
}
