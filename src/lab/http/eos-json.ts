import type { SimulatedDevice } from '../device.ts';
import { eosNeighbors } from './eos-neighbors.ts';
import { type InterfaceLines, interfaceLines, setting, vlanLines } from './lines-interfaces.ts';

const bootedMs = Date.UTC(2026, 0, 5);

/** Show commands that EOS answers in JSON, out of the running configuration; undefined for one that it does not convert. */
export function eosJson(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { hex } = device.facts;
  const text = device.running.text;
  switch (command) {
    case 'show version': {
      const mac = `2c:dd:e9:${hex(4, 2)}:${hex(5, 4).slice(0, 2)}:${hex(5, 4).slice(2)}`;
      return {
        modelName: 'DCS-7050SX3-48YC8-F',
        version: '4.29.2F',
        internalVersion: '4.29.2F-30640700.4292F',
        serialNumber: `SSJ${hex(3, 8).toUpperCase()}`,
        systemMacAddress: mac,
        bootupTimestamp: bootedMs / 1000,
        uptime: (device.time.now() - bootedMs) / 1000,
        memTotal: 8_099_732,
        architecture: 'i686',
      };
    }
    case 'show hostname':
      return { hostname: device.host, fqdn: `${device.host}.lab.example.net` };
    case 'show interfaces':
      return {
        interfaces: Object.fromEntries(
          [...interfaceLines(text), ...pluggedPorts(device)].map((one, nth) => [one.name, interfaceJson(one, nth)]),
        ),
      };
    case 'show vlan': {
      const ports = interfaceLines(text);
      const vlans = vlanLines(text).map(({ id, name }) => {
        const members = ports
          .filter((one) => setting(one, 'switchport access vlan') === id)
          .map((one) => [one.name, {}]);
        return [id, { name, status: 'active', dynamic: false, interfaces: Object.fromEntries(members) }];
      });
      return { vlans: Object.fromEntries(vlans) };
    }
    default:
      return eosNeighbors(device, command);
  }
}

/** Ports that are plugged in without being configured. */
function pluggedPorts({ facts, running }: SimulatedDevice): readonly InterfaceLines[] {
  const configured = new Set(interfaceLines(running.text).map(({ name }) => name));
  return facts.wires
    .filter(({ port }) => !configured.has(port))
    .map(({ port, peer }) => ({ name: port, lines: [`description to ${peer}`] }));
}

function interfaceJson(one: ReturnType<typeof interfaceLines>[number], nth: number): Record<string, unknown> {
  const isDown = one.lines.includes('shutdown');
  return {
    name: one.name,
    description: setting(one, 'description') ?? '',
    interfaceStatus: isDown ? 'disabled' : 'connected',
    lineProtocolStatus: isDown ? 'down' : 'up',
    mtu: Number(setting(one, 'mtu') ?? 9214),
    bandwidth: one.name.startsWith('Management') ? 1_000_000_000 : 10_000_000_000,
    physicalAddress: `2c:dd:e9:00:${(nth >> 8).toString(16).padStart(2, '0')}:${(nth & 255).toString(16).padStart(2, '0')}`,
    lastStatusChangeTimestamp: bootedMs / 1000 + 120,
  };
}
