import { NetwrightError } from '#core';
import { parseAsn } from '../../files/asn-text.ts';
import { createParsedPrefix, parsePrefixInto } from '../../routes/prefix-parser.ts';

/** Which messages are wanted; a message must meet all that is given. */
export interface RisFilter {
  /** A collector: `rrc00`. */
  readonly host?: string;
  /** Address of a neighbour of a collector. */
  readonly peer?: string;
  readonly prefix?: string;
  /** With `prefix`: those inside it too (default), those around it too. */
  readonly moreSpecific?: boolean;
  readonly lessSpecific?: boolean;
  /** ASes that follow one another in the path, `^` and `$` for its ends: `8452`, `^3356,8452`. */
  readonly path?: string;
}

const words = ['host', 'peer', 'prefix', 'path', 'less', 'exact'] as const;

/**
 * Reads `host=rrc00 prefix=41.32.0.0/12 path=8452`, by blanks; `less` adds the prefixes around, `exact` leaves out those inside.
 * @throws NetwrightError `NW_USAGE`.
 */
export function parseRisFilter(text: string): RisFilter {
  const filter: { -readonly [K in keyof RisFilter]: RisFilter[K] } = {};
  for (const part of text.trim().split(/\s+/)) {
    const at = part.indexOf('=');
    const name = at < 0 ? part : part.slice(0, at);
    const value = at < 0 ? '' : part.slice(at + 1);
    if (name === 'less' && at < 0) filter.lessSpecific = true;
    else if (name === 'exact' && at < 0) filter.moreSpecific = false;
    else if (value === '')
      throw wrong(
        part,
        `expected one of ${words.map((word) => (word === 'less' || word === 'exact' ? word : `${word}=…`)).join(', ')}`,
      );
    else if (name === 'host') filter.host = value;
    else if (name === 'peer') filter.peer = value;
    else if (name === 'prefix') filter.prefix = checkPrefix(part, value);
    else if (name === 'path') filter.path = checkPath(value);
    else throw wrong(part, `there is no filter ${JSON.stringify(name)}`);
  }
  return filter;
}

/** The subscription as it is sent; that it was understood is to be acknowledged. */
export function subscription(filter: RisFilter): string {
  const data = { moreSpecific: true, ...filter, socketOptions: { acknowledge: true } };
  return JSON.stringify({ type: 'ris_subscribe', data });
}

function checkPrefix(part: string, value: string): string {
  const parsed = createParsedPrefix();
  if (!value.includes('/') || !parsePrefixInto(value, parsed))
    throw wrong(part, 'expected a prefix, such as prefix=41.32.0.0/12');
  return value;
}

function checkPath(value: string): string {
  const [, start, list, end] = /^(\^?)(.*?)(\$?)$/.exec(value)!;
  return `${start}${list!.split(',').map(parseAsn).join(',')}${end}`;
}

const wrong = (part: string, what: string): NetwrightError =>
  new NetwrightError('NW_USAGE', `--ris-filter ${JSON.stringify(part)}: ${what}`, {
    hint: `netwright internet live --ris-live --ris-filter 'host=rrc00 path=8452'`,
  });
