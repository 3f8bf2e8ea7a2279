import { type XmlElement, type XmlText, xml } from '#core';
import type { Wire } from '../cabling.ts';
import type { SimulatedDevice } from '../device.ts';
import { bgpSessions } from '../network/bgp-sessions.ts';
import { chassisMac, coloned, systemOf } from '../network/ports.ts';

/** Questions about neighbours, answered out of the cables; undefined for one that is about something else. */
export function junosNeighbors(
  device: SimulatedDevice,
  name: string,
  children: readonly XmlElement[],
): XmlText | undefined {
  const { wires } = device.facts;
  switch (name) {
    case 'get-lldp-neighbors-information':
      return xml`<lldp-neighbors-information>${wires.map(brief)}</lldp-neighbors-information>`;
    case 'get-lldp-interface-neighbors': {
      const port = children.find((child) => child.name === 'interface-device')?.value;
      const found = wires.filter((wire) => wire.port === port).map((wire) => detail(device, wire));
      return xml`<lldp-neighbors-information>${found}</lldp-neighbors-information>`;
    }
    case 'get-instance-information':
      return xml`<instance-information><instance-core><instance-name>master</instance-name></instance-core></instance-information>`;
    case 'get-bgp-neighbor-information':
      return xml`<bgp-information>${bgpSessions(device).map((session) => peer(device, session))}</bgp-information>`;
    case 'get-bgp-summary-information':
      return xml`<bgp-information>${bgpSessions(device).map(
        ({ address, uptimeS }) =>
          xml`<bgp-peer><peer-address>${address}</peer-address><elapsed-time xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos" junos:seconds="${uptimeS}">${uptimeS}</elapsed-time></bgp-peer>`,
      )}</bgp-information>`;
    default:
      return undefined;
  }
}

const brief = ({ port, peer: name, peerSeed, peerPort }: Wire): XmlText =>
  xml`<lldp-neighbor-information><lldp-local-port-id>${port}</lldp-local-port-id><lldp-local-parent-interface-name>-</lldp-local-parent-interface-name><lldp-remote-chassis-id-subtype>Mac address</lldp-remote-chassis-id-subtype><lldp-remote-chassis-id>${coloned(chassisMac(peerSeed))}</lldp-remote-chassis-id><lldp-remote-port-description>${peerPort}</lldp-remote-port-description><lldp-remote-system-name>${name}</lldp-remote-system-name></lldp-neighbor-information>`;

const detail = ({ facts }: SimulatedDevice, { port, peer: name, peerPort, peerPlatform, peerSeed }: Wire): XmlText =>
  xml`<lldp-neighbor-information><lldp-local-interface>${port}</lldp-local-interface><lldp-local-parent-interface-name>-</lldp-local-parent-interface-name><lldp-remote-chassis-id>${coloned(chassisMac(peerSeed))}</lldp-remote-chassis-id><lldp-remote-port-id>${peerPort}</lldp-remote-port-id><lldp-remote-port-description>to ${facts.host}</lldp-remote-port-description><lldp-remote-system-name>${name}</lldp-remote-system-name><lldp-system-description><lldp-remote-system-description>${systemOf(peerPlatform)}</lldp-remote-system-description></lldp-system-description><lldp-remote-system-capabilities-supported>Bridge Router</lldp-remote-system-capabilities-supported><lldp-remote-system-capabilities-enabled>Bridge Router</lldp-remote-system-capabilities-enabled></lldp-neighbor-information>`;

function peer({ facts }: SimulatedDevice, session: ReturnType<typeof bgpSessions>[number]): XmlText {
  const rib = session.isUp
    ? xml`<bgp-rib><name>inet.0</name><active-prefix-count>${session.prefixes}</active-prefix-count><received-prefix-count>${session.prefixes}</received-prefix-count><accepted-prefix-count>${session.prefixes}</accepted-prefix-count><advertised-prefix-count>12</advertised-prefix-count></bgp-rib>`
    : undefined;
  return xml`<bgp-peer><peer-address>${session.address}${session.isUp ? '+179' : ''}</peer-address><peer-as>${session.asn}</peer-as><local-as>${facts.asn}</local-as><description>${session.description}</description><peer-state>${session.isUp ? 'Established' : 'Active'}</peer-state><peer-flags>${session.isUp ? 'Sync' : ''}</peer-flags><peer-id>${session.routerId}</peer-id><local-id>${facts.ip(0)}</local-id>${rib}</bgp-peer>`;
}
