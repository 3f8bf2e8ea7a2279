import { type Item, itemIdentity, plainValue } from './item.ts';

/** Menus whose items are gone through in order. */
export const isOrderedMenu = (path: string): boolean =>
  /^\/(?:ip|ipv6) firewall (?:filter|nat|mangle|raw)$|^\/interface bridge (?:filter|nat)$|^\/queue simple$|^\/routing filter|^\/ip(?:v6)? ipsec policy$|^\/routing rule$/.test(
    path,
  );

/** What makes an item the same one when other attributes change: a name where it has one, else what the menu is about. */
const keys: Readonly<Record<string, readonly string[]>> = {
  '/ip address': ['address', 'interface'],
  '/ipv6 address': ['address', 'interface'],
  '/ip dhcp-client': ['interface'],
  '/ip dhcp-server network': ['address'],
  '/ip dhcp-server lease': ['mac-address', 'address'],
  '/interface bridge port': ['interface'],
  '/interface bridge vlan': ['bridge', 'vlan-ids'],
  '/ip route': ['dst-address', 'gateway', 'routing-table'],
  '/interface list member': ['interface', 'list'],
  '/snmp community': ['name'],
  '/ip dns static': ['name', 'address', 'type'],
};

export function keyOf(item: Item, path: string): string {
  if (item.verb === 'set') return `set ${item.selector ?? ''}`;
  if (isOrderedMenu(path)) return itemIdentity(item);
  const name = item.attributes.get('name');
  const wanted = keys[path] ?? (name === undefined ? undefined : ['name']);
  if (wanted === undefined) return itemIdentity(item);
  return `add ${wanted.map((key) => `${key}=${plainValue(item.attributes.get(key) ?? '')}`).join(' ')}`;
}
