import { NetwrightError } from '#core';

const largest = 0xffff_ffff;

/**
 * An AS number as people write it: `8452`, `AS8452`, asdot `1.10` (RFC 5396), with or without `AS`; undefined for
 * anything else. Never read as a decimal fraction: `1.10` is 65546, `1.1` is 65537.
 */
export function asnFromText(text: string): number | undefined {
  const found = /^(?:asn?)?\s?(?:(\d{1,5})\.)?(\d{1,10})$/i.exec(text.trim());
  if (found === null) return undefined;
  const [, high, low = ''] = found;
  const asn = high === undefined ? Number(low) : Number(high) * 65536 + Number(low);
  if (high !== undefined && (Number(high) > 65535 || Number(low) > 65535)) return undefined;
  return asn <= largest ? asn : undefined;
}

/** @throws NetwrightError `NW_INTERNET_INVALID`. */
export function parseAsn(text: string): number {
  const asn = asnFromText(text);
  if (asn !== undefined) return asn;
  throw new NetwrightError('NW_INTERNET_INVALID', `"${text}": expected an AS number such as 8452, AS8452 or 1.10`);
}
