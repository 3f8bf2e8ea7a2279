import { escapeXml } from '#page';
import type { Selection } from './overlay.ts';

export interface AsAnswer extends Omit<Selection, 'label'> {
  readonly asn: number;
  readonly name: string;
  readonly country: string;
  readonly cone: number;
  readonly rank: number;
  /** `[index, asn, name]` of the largest of each kind. */
  readonly names: readonly (readonly [number, number, string])[];
}

/** What the page says of the AS that is selected. */
export function panelHtml(found: AsAnswer): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  const listOf = (title: string, kind: string, list: readonly number[]): string => {
    if (list.length === 0) return '';
    const known = new Map(found.names.map((one) => [one[0], one] as const));
    const rows = list.flatMap((index) => {
      const [, number, name] = known.get(index) ?? [];
      return number === undefined ? [] : [`<a href="#AS${number}">AS${number} ${escapeXml(name ?? '')}</a>`];
    });
    const more = list.length - rows.length;
    const rest = more > 0 ? `<p>and ${count(more)} more</p>` : '';
    return `<h3 class="${kind}">${title} · ${count(list.length)}</h3>${rows.join('')}${rest}`;
  };
  return [
    `<h2>AS${found.asn}</h2><p>${escapeXml(found.name)} ${escapeXml(found.country)}<br>customer cone ${count(found.cone)}, rank ${count(found.rank)}</p>`,
    found.cone > 1 ? '<button id="cone">Highlight its cone</button>' : '',
    listOf('Providers', 'provider', found.providers),
    listOf('Customers', 'customer', found.customers),
    listOf('Peers', 'peer', found.peers),
    listOf('Others', 'peer', found.others),
  ].join('');
}
