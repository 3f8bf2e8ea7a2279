/** Countries of a generated planet: code, region, how many ASes it has beside the others, longitude of its capital. */
// biome-ignore format: a table reads best with one row a region
export const planetCountries: readonly (readonly [code: string, region: string, weight: number, longitude: number])[] = [
  ['US', 'north america', 180, -77], ['CA', 'north america', 20, -76], ['MX', 'latin america', 8, -99],
  ['BR', 'latin america', 90, -48], ['AR', 'latin america', 12, -58], ['CL', 'latin america', 5, -71], ['CO', 'latin america', 6, -74],
  ['DE', 'europe', 32, 13], ['GB', 'europe', 34, 0], ['FR', 'europe', 20, 2], ['NL', 'europe', 18, 5], ['PL', 'europe', 28, 21],
  ['IT', 'europe', 14, 12], ['ES', 'europe', 14, -4], ['SE', 'europe', 10, 18], ['CH', 'europe', 10, 7], ['AT', 'europe', 7, 16],
  ['CZ', 'europe', 9, 14], ['RO', 'europe', 12, 26], ['UA', 'europe', 22, 31], ['RU', 'europe', 60, 38], ['TR', 'middle east', 9, 33],
  ['SA', 'middle east', 4, 47], ['AE', 'middle east', 3, 54], ['IR', 'middle east', 9, 51], ['IL', 'middle east', 5, 35], ['JO', 'middle east', 1, 36],
  ['EG', 'africa', 3, 31], ['ZA', 'africa', 11, 28], ['NG', 'africa', 6, 7], ['KE', 'africa', 4, 37], ['MA', 'africa', 1, -7], ['TZ', 'africa', 2, 36],
  ['IN', 'asia', 45, 77], ['PK', 'asia', 6, 73], ['BD', 'asia', 18, 90], ['CN', 'asia', 14, 116], ['HK', 'asia', 10, 114], ['JP', 'asia', 14, 140],
  ['KR', 'asia', 12, 127], ['TW', 'asia', 5, 121], ['SG', 'asia', 10, 104], ['ID', 'asia', 28, 107], ['TH', 'asia', 7, 101], ['VN', 'asia', 7, 106],
  ['AU', 'oceania', 25, 149], ['NZ', 'oceania', 7, 175],
];
