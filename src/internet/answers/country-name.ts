import { didYouMean, NetwrightError } from '#core';
import { countryCodes } from '../graph/longitudes.ts';

const names = new Intl.DisplayNames('en', { type: 'region' });

/** `Egypt`; the code itself for what is none. */
export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

/**
 * The code of a country that somebody names: `EG`, `eg`, `Egypt`.
 * @throws NetwrightError `NW_INTERNET_COUNTRY_UNKNOWN`, with the nearest one.
 */
export function findCountry(text: string): string {
  const wanted = text.trim();
  const code = wanted.toUpperCase();
  if (countryCodes.includes(code)) return code;
  const known = new Map(countryCodes.map((one) => [countryName(one).toLowerCase(), one]));
  const named = known.get(wanted.toLowerCase());
  if (named !== undefined) return named;
  const near = didYouMean(code, countryCodes) || didYouMean(wanted.toLowerCase(), known.keys());
  throw new NetwrightError(
    'NW_INTERNET_COUNTRY_UNKNOWN',
    `"${text}": expected a country as two letters or by its English name, such as EG or Egypt.${near}`,
  );
}
