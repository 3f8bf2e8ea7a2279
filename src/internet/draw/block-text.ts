import type { InternetMap, MapBlock } from './map-model.ts';

export function blockHeading({ ases }: InternetMap, { host, kind, members, more }: MapBlock): string {
  const all = (members.length + more).toLocaleString('en-US');
  const asn = host < 0 ? '' : `AS${ases[host]!.asn}`;
  switch (kind) {
    case 'customers':
      return `${asn} · ${all} ${members.length + more === 1 ? 'customer' : 'customers'}`;
    case 'peers':
      return `${asn} · ${all} ${members.length + more === 1 ? 'peer' : 'peers'}`;
    case 'own way out':
      return `Buy abroad only · ${all}`;
    case 'peers only':
      return `No provider seen · ${all}`;
  }
}

export const moreText = ({ more }: MapBlock): string => `and ${more.toLocaleString('en-US')} more`;
