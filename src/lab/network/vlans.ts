import type { SimulatedDevice } from '../device.ts';
import { routerosItems } from './configured-ports.ts';
import { type Port, portsOf } from './ports.ts';

export interface Vlan {
  readonly id: number;
  /** Empty where nobody named it. */
  readonly name: string;
  readonly untagged: readonly Port[];
  readonly tagged: readonly Port[];
}

/** The VLANs of the running configuration, the first one always, with the ports that are in them. */
export function vlansOf(device: SimulatedDevice): readonly Vlan[] {
  const ports = portsOf(device);
  const named = new Map<number, string>([[1, '']]);
  for (const { id, name } of configuredVlans(device)) named.set(id, name);
  return [...named]
    .sort(([one], [other]) => one - other)
    .map(([id, name]) => ({
      id,
      name,
      untagged: ports.filter((port) => port.vlan === id && (port.wire === undefined || id === 1)),
      tagged: ports.filter((port) => port.vlan !== undefined && port.wire !== undefined && id !== 1),
    }));
}

/** `vlan 10` or `vlan 10,20-22` with a name on its own line, and `/interface vlan add name=… vlan-id=…`. */
function configuredVlans({ running, persona }: SimulatedDevice): { readonly id: number; readonly name: string }[] {
  const { text } = running;
  if (persona.edit.style === 'routeros') {
    return routerosItems(text)
      .filter(({ menu, fields }) => menu === '/interface vlan' && fields['vlan-id'] !== undefined)
      .map(({ fields }) => ({ id: Number(fields['vlan-id']), name: fields['name'] ?? '' }));
  }
  const vlans: { id: number; name: string }[] = [];
  let last: { id: number; name: string } | undefined;
  for (const line of text.split('\n')) {
    const [, ids, inline = ''] = /^ ?vlan (?:batch )?([\d,\- ]+?)(?: name (.*?)(?: by port)?)?\s*$/.exec(line) ?? [];
    if (ids !== undefined) {
      const found = numbersIn(ids).map((id) => ({ id, name: inline }));
      vlans.push(...found);
      last = found.length === 1 ? found[0] : undefined;
    } else if (/^\S/.test(line)) last = undefined;
    const name = /^\s+(?:name|description) (.*?)\s*$/.exec(line)?.[1];
    if (last !== undefined && name !== undefined && (last.name === '' || /^\s+name/.test(line)))
      last.name = name.replace(/^"(.*)"$/, '$1');
  }
  return vlans;
}

function numbersIn(ids: string): number[] {
  return ids.split(/[, ]+/).flatMap((one) => {
    const [from = 0, to = from] = one.split('-').map(Number);
    return Array.from({ length: Math.min(4094, Math.max(0, to - from + 1)) }, (_, nth) => from + nth);
  });
}
