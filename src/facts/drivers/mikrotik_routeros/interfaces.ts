import type { ReadFacts } from '../../define-facts.ts';
import { readMac } from '../../values/mac.ts';
import { prefixOf } from '../reading/addresses.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { itemsOf, settingsIn } from './items.ts';

export const menu = '/interface';
const clock = '/system clock print';

/** How fast a link runs is told by watching each port alone, and is not asked. */
export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const [items, time] = await Promise.all([itemsOf(ask, menu), ask.text(clock, { optional: true })]);
  const settings = time === undefined ? undefined : settingsIn(ask, clock, time);
  const now = secondsOf(`${settings?.get('date') ?? ''} ${settings?.get('time') ?? ''}`);
  return Object.fromEntries(
    items
      .filter(({ fields }) => fields.has('name'))
      .map(({ flags, comment, fields }) => {
        const changes = [
          secondsOf(fields.get('last-link-up-time') ?? ''),
          secondsOf(fields.get('last-link-down-time') ?? ''),
        ].filter((one) => one !== undefined);
        return [
          fields.get('name') ?? '',
          {
            is_up: flags.includes('R'),
            is_enabled: !flags.includes('X') && fields.get('disabled') !== 'yes',
            description: comment || (fields.get('comment') ?? ''),
            last_flapped: now === undefined || changes.length === 0 ? -1 : Math.max(0, now - Math.max(...changes)),
            speed: -1,
            mtu: Number(/^\d{1,6}$/.exec(fields.get('actual-mtu') ?? fields.get('mtu') ?? '')?.[0] ?? -1),
            mac_address: readMac(fields.get('mac-address') ?? '') ?? '',
          },
        ];
      }),
  );
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2026-01-02 03:04:05`, or `jan/02/2026 03:04:05` until 7.9: in the zone of the device, as its clock is. */
function secondsOf(text: string): number | undefined {
  const [, month = '', day, year, rest] = /^([a-z]{3})\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  const iso = day === undefined ? text.replace(' ', 'T') : `${year}-${number}-${day}T${rest}`;
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(iso) ? Date.parse(`${iso}Z`) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/** Addresses that are switched off are no addresses. */
export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const [four, six = []] = await Promise.all([
    itemsOf(ask, '/ip address'),
    itemsOf(ask, '/ipv6 address', { optional: true }),
  ]);
  const addresses = new InterfaceAddresses();
  for (const { flags, fields } of [...four, ...six]) {
    const prefix = prefixOf(fields.get('address') ?? '');
    const name = fields.get('actual-interface') ?? fields.get('interface') ?? '';
    if (prefix !== undefined && !flags.includes('X')) addresses.add(name, prefix.address, prefix.length);
  }
  return addresses.value;
};
