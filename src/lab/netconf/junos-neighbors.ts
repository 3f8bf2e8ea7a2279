import { type XmlElement, type XmlText, xml } from '#core';
import type { Wire } from '../cabling.ts';
import type { SimulatedDevice } from '../device.ts';
import { chassisMac, coloned, liveWires, systemOf } from '../network/index.ts';

/** Questions about neighbours, answered out of the cables; undefined for one that is about something else. */
export function junosNeighbors(
  device: SimulatedDevice,
  name: string,
  children: readonly XmlElement[],
): XmlText | undefined {
  const wires = liveWires(device);
  switch (name) {
    case 'get-lldp-neighbors-information':
      return xml`<lldp-neighbors-information>${wires.map(brief)}</lldp-neighbors-information>`;
    case 'get-lldp-interface-neighbors': {
      const port = children.find((child) => child.name === 'interface-device')?.value;
      const found = wires.filter((wire) => wire.port === port).map((wire) => detail(device, wire));
      return xml`<lldp-neighbors-information>${found}</lldp-neighbors-information>`;
    }
    default:
      return undefined;
  }
}

const brief = ({ port, peer: name, peerSeed, peerPort }: Wire): XmlText =>
  xml`<lldp-neighbor-information><lldp-local-port-id>${port}</lldp-local-port-id><lldp-local-parent-interface-name>-</lldp-local-parent-interface-name><lldp-remote-chassis-id-subtype>Mac address</lldp-remote-chassis-id-subtype><lldp-remote-chassis-id>${coloned(chassisMac(peerSeed))}</lldp-remote-chassis-id><lldp-remote-port-description>${peerPort}</lldp-remote-port-description><lldp-remote-system-name>${name}</lldp-remote-system-name></lldp-neighbor-information>`;

const detail = (device: SimulatedDevice, { port, peer: name, peerPort, peerPlatform, peerSeed }: Wire): XmlText =>
  xml`<lldp-neighbor-information><lldp-local-interface>${port}</lldp-local-interface><lldp-local-parent-interface-name>-</lldp-local-parent-interface-name><lldp-remote-chassis-id>${coloned(chassisMac(peerSeed))}</lldp-remote-chassis-id><lldp-remote-port-id>${peerPort}</lldp-remote-port-id><lldp-remote-port-description>to ${device.host}</lldp-remote-port-description><lldp-remote-system-name>${name}</lldp-remote-system-name><lldp-system-description><lldp-remote-system-description>${systemOf(peerPlatform)}</lldp-remote-system-description></lldp-system-description><lldp-remote-system-capabilities-supported>Bridge Router</lldp-remote-system-capabilities-supported><lldp-remote-system-capabilities-enabled>Bridge Router</lldp-remote-system-capabilities-enabled></lldp-neighbor-information>`;
