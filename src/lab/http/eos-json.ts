import type { SimulatedDevice } from '../device.ts';
import { eosNeighbors } from './eos-neighbors.ts';
import { eosPorts } from './eos-ports.ts';
import { eosSystem } from './eos-system.ts';

const bootedMs = Date.UTC(2026, 0, 5);

/** Show commands that EOS answers in JSON, out of the running configuration; undefined for one that it does not convert. */
export function eosJson(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { hex } = device.facts;
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
    default:
      return eosPorts(device, command) ?? eosNeighbors(device, command) ?? eosSystem(device, command);
  }
}
