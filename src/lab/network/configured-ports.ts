import type { SimulatedDevice } from '../device.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';
import { type Address, addressIn } from './addresses.ts';
import { interfaceLines } from './interface-lines.ts';

/** An interface as the running configuration has it. */
export interface ConfiguredPort {
  readonly name: string;
  readonly description?: string;
  readonly isShut: boolean;
  readonly mtu?: number;
  readonly addresses: readonly Address[];
  /** Switches between ports instead of routing. */
  readonly isSwitched: boolean;
  readonly accessVlan?: number;
  /** What it stands on: the port of a sub-interface. */
  readonly parent?: string;
}

/** The interfaces of the running configuration, in its order, whatever its notation. */
export function configuredPorts(device: SimulatedDevice): readonly ConfiguredPort[] {
  const { style } = device.persona.edit;
  const { text } = device.running;
  if (style === 'set') return portsInBraces(parseTree(text, device.persona.edit));
  if (style === 'routeros') return portsOfRouteros(text);
  if (style === 'files') return portsInFile(text);
  return interfaceLines(text).map(({ name, lines }) => portOfLines(name, lines));
}

const first = (lines: readonly string[], match: RegExp): string | undefined =>
  lines.map((line) => match.exec(line)?.[1]).find((found) => found !== undefined);

function portOfLines(written: string, lines: readonly string[]): ConfiguredPort {
  // AOS-CX writes `interface vlan 10` and calls it vlan10.
  const name = written.replace(/^(vlan|lag|loopback) (?=\d)/, '$1');
  const description = first(lines, /^(?:description|port-name) (.*)$/);
  const mtu = first(lines, /^(?:mtu|ip mtu) (\d+)$/);
  const vlan = first(lines, /^(?:switchport access vlan|port default vlan|port access vlan|vlan access) (\d+)$/);
  return {
    name,
    ...(description !== undefined && { description: description.replace(/^"(.*)"$/, '$1') }),
    isShut: lines.includes('shutdown') || lines.includes('disable'),
    ...(mtu !== undefined && { mtu: Number(mtu) }),
    addresses: lines.flatMap((line) => addressIn(/^(?:ip|ipv4) address (.*)$/.exec(line)?.[1] ?? '') ?? []),
    isSwitched: lines.some((line) =>
      /^(?:switchport|port (?:link-|default|access|trunk)|no routing|vlan access)/.test(line),
    ),
    ...(vlan !== undefined && { accessVlan: Number(vlan) }),
  };
}

const under = (nodes: readonly ConfigNode[], name: string): readonly ConfigNode[] =>
  nodes.find(({ line }) => line === name)?.below ?? [];
const settingIn = (nodes: readonly ConfigNode[], name: string): string | undefined =>
  nodes
    .find(({ line }) => line.startsWith(`${name} `))
    ?.line.slice(name.length + 1)
    .replace(/^"(.*)"$/, '$1');
const every = (nodes: readonly ConfigNode[]): readonly ConfigNode[] =>
  nodes.flatMap((node) => [node, ...every(node.below)]);

/** `interfaces { ge-0/0/0 { unit 0 { … } } }` of Junos, `interfaces { ethernet eth0 { … } }` of VyOS. */
function portsInBraces(nodes: readonly ConfigNode[]): ConfiguredPort[] {
  return under(nodes, 'interfaces').map(({ line, below: lines }): ConfiguredPort => {
    // A port of which nothing is said but that it is off may stand on one line.
    const isOff = lines.length === 0 && line.endsWith(' disable');
    const below = isOff ? [{ line: 'disable', below: [] }] : lines;
    const name = (isOff ? line.replace(/ disable$/, '') : line).replace(/^\S+ (?=\S+$)/, '');
    const [description, mtu] = [settingIn(below, 'description'), settingIn(below, 'mtu')];
    return {
      name,
      ...(description !== undefined && { description }),
      isShut: below.some((node) => node.line === 'disable'),
      ...(mtu !== undefined && { mtu: Number(mtu) }),
      addresses: every(below).flatMap((node) => addressIn(/^address (\S+)$/.exec(node.line)?.[1] ?? '') ?? []),
      isSwitched: every(below).some((node) => node.line === 'family ethernet-switching'),
    };
  });
}

/** The fields of a RouterOS line: `comment="up link"`. */
function fieldsOf(line: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [, name = '', quoted, bare = ''] of line.matchAll(/([\w-]{1,40})=(?:"([^"]*)"|(\S*))/g)) {
    fields[name] = quoted ?? bare;
  }
  return fields;
}

/** The lines of a RouterOS export with the menu that they stand in. */
export function routerosItems(
  text: string,
): { readonly menu: string; readonly fields: Readonly<Record<string, string>> }[] {
  let menu = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('/')) menu = line.trim();
    return /^(?:add|set) /.test(line) ? [{ menu, fields: fieldsOf(line) }] : [];
  });
}

/** The ports of a CCR2004-1G-12S+2XS, which its export does not mention while nothing is set on them. */
const routerosPorts = [
  'ether1',
  ...Array.from({ length: 12 }, (_, nth) => `sfp-sfpplus${nth + 1}`),
  'sfp28-1',
  'sfp28-2',
];

function portsOfRouteros(text: string): ConfiguredPort[] {
  const items = routerosItems(text);
  const addresses = Map.groupBy(
    items.filter(({ menu, fields }) => menu === '/ip address' && fields['disabled'] !== 'yes'),
    ({ fields }) => fields['interface'] ?? '',
  );
  const settings = items.filter(({ menu }) => menu === '/interface ethernet');
  const made = items.filter(
    ({ menu, fields }) => /^\/interface (?:bridge|vlan|bonding)$/.test(menu) && fields['name'] !== undefined,
  );
  const names = new Set([
    ...routerosPorts,
    ...settings.flatMap(({ fields }) => fields['default-name'] ?? []),
    ...made.map(({ fields }) => fields['name']!),
  ]);
  return [...names].map((name): ConfiguredPort => {
    const fields = {
      ...settings.find((one) => one.fields['default-name'] === name)?.fields,
      ...made.find((one) => one.fields['name'] === name)?.fields,
    };
    return {
      name,
      ...(fields['comment'] !== undefined && { description: fields['comment'] }),
      isShut: fields['disabled'] === 'yes',
      ...(/^\d+$/.test(fields['mtu'] ?? '') && { mtu: Number(fields['mtu']) }),
      addresses: (addresses.get(name) ?? []).flatMap((one) => addressIn(one.fields['address'] ?? '') ?? []),
      isSwitched: false,
      ...(fields['vlan-id'] !== undefined && { accessVlan: Number(fields['vlan-id']) }),
      ...(fields['interface'] !== undefined && { parent: fields['interface'] }),
    };
  });
}

/** `/etc/network/interfaces`. */
function portsInFile(text: string): ConfiguredPort[] {
  const ports = new Map<string, { name: string; addresses: Address[] }>();
  let last: { name: string; addresses: Address[] } | undefined;
  for (const line of text.split('\n')) {
    const name = /^(?:auto|iface) (\S+)/.exec(line)?.[1];
    if (name !== undefined) {
      last = ports.get(name) ?? { name, addresses: [] };
      ports.set(name, last);
    } else if (/^\S/.test(line)) last = undefined;
    const address = addressIn(/^\s+address (\S+)/.exec(line)?.[1] ?? '');
    if (address !== undefined) last?.addresses.push(address);
  }
  return [...ports.values()].map(({ name, addresses }) => ({
    name,
    addresses,
    isShut: false,
    isSwitched: false,
    ...(name.includes('.') && { parent: name.split('.')[0]! }),
  }));
}
