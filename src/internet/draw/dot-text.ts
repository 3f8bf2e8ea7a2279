import type { MapAs } from './map-model.ts';
import { fitText } from './text-width.ts';

/** What stands in a label: number, short name, country. */
export const labelParts = ['asn', 'name', 'country'] as const;
export type LabelPart = (typeof labelParts)[number];

/** The label of a dot, not wider than `most`: the country of those outside only, the others' is the title's. */
export function dotText(as: MapAs, parts: readonly LabelPart[], size: number, most: number): string {
  const number = parts.includes('asn') && as.exchange === undefined ? `${as.asn}` : '';
  const country = parts.includes('country') && !as.isInside ? as.country : '';
  const beside = [number, country].join('  ').length * size * 0.66;
  const name = parts.includes('name') ? fitText(as.label, size, most - beside) : '';
  return [number, name, country].filter((part) => part !== '').join(' ');
}

/** How a node is called in a picture or a list. */
export const nodeTitle = (as: MapAs): string =>
  as.exchange === undefined
    ? `AS${as.asn} ${as.name} ${as.country}`.trim()
    : `${as.name}, ${as.exchange.city} ${as.country}`;
