export interface Address {
  readonly ip: string;
  readonly length: number;
}

const numberOf = (ip: string): number => ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
const textOf = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
const maskOf = (length: number): number => (length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0);

const isAddress = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);

/** `10.0.0.1 255.255.255.0`, `10.0.0.1 24`, `10.0.0.1/24`; undefined for `dhcp` and the like. */
export function addressIn(text: string): Address | undefined {
  const [ip = '', mask = '32'] = text.split(/[ /]+/);
  if (!isAddress(ip)) return undefined;
  if (/^\d{1,2}$/.test(mask)) return { ip, length: Number(mask) };
  return isAddress(mask) ? { ip, length: textBits(mask) } : undefined;
}

const textBits = (mask: string): number => numberOf(mask).toString(2).replaceAll('0', '').length;

/** `255.255.255.0`. */
export const maskText = (length: number): string => textOf(maskOf(length));
/** The first address of a network: `10.0.0.0`. */
export const networkOf = ({ ip, length }: Address): string => textOf((numberOf(ip) & maskOf(length)) >>> 0);
/** The last one. */
export const broadcastOf = ({ ip, length }: Address): string => textOf((numberOf(ip) | ~maskOf(length)) >>> 0);
/** `10.0.0.0/24`. */
export const prefixText = (address: Address): string => `${networkOf(address)}/${address.length}`;

/** The first is inside the second, or is it. */
export function isWithin(inner: Address, outer: Address): boolean {
  return inner.length >= outer.length && networkOf({ ip: inner.ip, length: outer.length }) === networkOf(outer);
}
