import { isIpv6, readAddress, readPrefix } from '../../values/address.ts';

/** An IP address as NAPALM writes it: an IPv4 address within an IPv6 one stays readable (RFC 5952, section 5). */
export function ipOf(text: string): string | undefined {
  const address = readAddress(text);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address ?? '') ?? [];
  if (high === undefined || low === undefined) return address;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `::ffff:${first >> 8}.${first & 255}.${second >> 8}.${second & 255}`;
}

/** The IP address in its usual form, or the text as it came: a peer may be a name or an interface. */
export const ipOrText = (text: string): string => ipOf(text) ?? text.trim();

export interface Prefix {
  readonly address: string;
  readonly length: number;
}

/** `192.0.2.1/24`, or an address alone with the length of its family. */
export function prefixOf(text: string): Prefix | undefined {
  const read = readPrefix(text);
  const address = read && ipOf(read.address);
  if (read === undefined || address === undefined) return undefined;
  return { address, length: read.length ?? (isIpv6(address) ? 128 : 32) };
}

/** The family in NAPALM's word. */
export const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIpv6(address) ? 'ipv6' : 'ipv4');
