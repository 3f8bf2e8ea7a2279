import { seededRandom } from '#core';
import type { Tier } from './planet-links.ts';

const beginnings = [
  'Nor',
  'Al',
  'Ven',
  'Kas',
  'Tel',
  'Mar',
  'Oro',
  'Sun',
  'Bel',
  'Ter',
  'Lum',
  'Cas',
  'Dal',
  'Fen',
  'Gal',
  'Hel',
];
const middles = ['a', 'e', 'i', 'o', 'ani', 'ori', 'ela', 'umi'];
const ends = ['tis', 'ra', 'net', 'lin', 'dor', 'via', 'mar', 'kom', 'ta', 'sen', 'lo', 'bis'];
const trades: Readonly<Record<Tier, readonly string[]>> = {
  'transit-free': ['Global Backbone', 'International Carrier'],
  continental: ['Carrier', 'Transit', 'Backbone'],
  national: ['Telecom', 'Communications', 'Networks'],
  local: ['Internet', 'Broadband', 'Fibre', 'Wireless'],
  content: ['Content Delivery', 'Streaming', 'Cloud'],
  stub: ['Bank', 'University', 'Hospital', 'Insurance', 'Logistics', 'Media', 'Industries', 'Ministry', 'Hosting'],
};

/** A made-up name, always the same for the same number: `VENATIS-AS Venatis Telecom`. */
export function nameOf(asn: number, tier: Tier): string {
  const random = seededRandom(asn);
  const one = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const word = one(beginnings) + one(middles) + one(ends);
  return `${word.toUpperCase()}-AS ${word} ${one(trades[tier])}`;
}
