import ipaddr from 'ipaddr.js';

/** An address in its canonical form (RFC 5952 for IPv6), or undefined. A zone (`%eth0`) is left out. */
export function readAddress(text: string): string | undefined {
  const word = text.trim().replace(/%[\w./-]{1,40}$/, '');
  if (word.length > 45 || !ipaddr.isValid(word)) return undefined;
  // `10.1` is an address to the C library and a mistake everywhere else.
  if (!word.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(word)) return undefined;
  return ipaddr.parse(word).toString();
}

/** The same, or the text as it stands. */
export const addressOr = (text: string): string => readAddress(text) ?? text.trim();

export const isIpv6 = (address: string): boolean => address.includes(':');

/** `1.0.4.0/24` as `{ address: '1.0.4.0', mask: '255.255.255.0', length: 24 }`; an address alone has no length. */
export function readPrefix(text: string): { address: string; length?: number; mask?: string } | undefined {
  const [word = '', bits, ...rest] = text.trim().split('/');
  const address = readAddress(word);
  if (address === undefined || rest.length > 0) return undefined;
  if (bits === undefined) return { address };
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (length < 0 || length > (isIpv6(address) ? 128 : 32)) return undefined;
  return isIpv6(address)
    ? { address, length }
    : { address, length, mask: ipaddr.IPv4.subnetMaskFromPrefixLength(length).toString() };
}
