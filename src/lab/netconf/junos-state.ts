import { type XmlElement, type XmlText, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';
import { junosNeighbors } from './junos-neighbors.ts';
import { junosPorts } from './junos-ports.ts';
import { junosRouting } from './junos-routing.ts';
import { junosSystem } from './junos-system.ts';

const model = 'mx204';
const release = '22.4R3-S2.11';
const day = 86_400;

/** Operational questions, answered from the same facts as the commands of its command line. */
export function junosState(device: SimulatedDevice, operation: XmlElement): XmlText | undefined {
  const { facts } = device;
  const { name, children } = operation;
  const of = (what: string): string => `http://xml.juniper.net/junos/22.4R3/junos-${what}`;
  switch (name) {
    case 'get-software-information':
      return xml`<software-information xmlns="${of('software')}"><host-name>${device.host}</host-name><product-model>${model}</product-model><product-name>${model}</product-name><junos-version>${release}</junos-version></software-information>`;
    case 'get-chassis-inventory':
      return xml`<chassis-inventory xmlns="${of('chassis')}"><chassis><name>Chassis</name><serial-number>${facts.hex(3, 8).toUpperCase()}</serial-number><description>JNP204 [MX204]</description></chassis></chassis-inventory>`;
    case 'get-system-uptime-information': {
      const seconds = Math.floor((device.time.now() - Date.UTC(2026, 0, 5)) / 1000);
      const days = `${Math.floor(seconds / day)} days`;
      return xml`<system-uptime-information xmlns="${of('uptime')}"><uptime-information><up-time xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos" junos:seconds="${seconds}">${days}</up-time></uptime-information></system-uptime-information>`;
    }
    default:
      return (
        junosPorts(device, operation) ??
        junosRouting(device, operation) ??
        junosSystem(device, operation) ??
        junosNeighbors(device, name, children)
      );
  }
}
