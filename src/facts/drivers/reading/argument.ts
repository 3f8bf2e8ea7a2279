import { NetwrightError } from '#core';
import { type Prefix, prefixOf } from './addresses.ts';

/**
 * An argument that becomes a word of a command: what would end the word or the command is refused.
 * @throws NetwrightError `NW_USAGE`
 */
export function wordOf(name: string, value: string): string {
  if (/^[^\s|;<>&'"`\\\p{Cc}?]{1,128}$/u.test(value)) return value;
  throw new NetwrightError('NW_USAGE', `${name}: expected one word, got ${JSON.stringify(value.slice(0, 80))}`);
}

export interface Destination extends Prefix {
  readonly isPrefix: boolean;
  readonly isV6: boolean;
  /** As a command takes it. */
  readonly text: string;
}

/**
 * The destination of `get_route_to`.
 * @throws NetwrightError `NW_USAGE` for what is neither an address nor a prefix
 */
export function destinationOf(value: string): Destination {
  const prefix = prefixOf(value);
  if (prefix !== undefined) {
    const { address, length } = prefix;
    const isPrefix = value.includes('/');
    return { ...prefix, isPrefix, isV6: address.includes(':'), text: isPrefix ? `${address}/${length}` : address };
  }
  throw new NetwrightError('NW_USAGE', `destination: expected an address or a prefix, got ${JSON.stringify(value)}`, {
    hint: 'netwright facts route_to 192.0.2.0/24 -s <device>',
  });
}
