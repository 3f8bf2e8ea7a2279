import type { SimulatedDevice } from '../device.ts';
import { bgpSessions, chassisMac, dotted, liveWires, localAsOf, ownRouterId, systemOf } from '../network/index.ts';

/** What EOS tells in JSON of addresses and neighbours, out of its configuration and its cables. */
export function eosNeighbors(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { host } = device;
  const wires = liveWires(device);
  switch (command) {
    case 'show lldp neighbors':
      return {
        lldpNeighbors: wires.map(({ port, peer, peerPort }) => ({
          port,
          neighborDevice: peer,
          neighborPort: peerPort,
          ttl: 120,
        })),
      };
    case 'show lldp neighbors detail':
      return {
        lldpNeighbors: Object.fromEntries(
          wires.map(({ port, peer, peerPort, peerPlatform, peerSeed }) => [
            port,
            {
              lldpNeighborInfo: [
                {
                  chassisIdType: 'macAddress',
                  chassisId: dotted(chassisMac(peerSeed)),
                  systemName: peer,
                  systemDescription: systemOf(peerPlatform),
                  systemCapabilities: { bridge: true, router: true },
                  neighborInterfaceInfo: {
                    interfaceIdType: 'interfaceName',
                    interfaceId: `"${peerPort}"`,
                    interfaceId_v2: peerPort,
                    interfaceDescription: `to ${host}`,
                  },
                },
              ],
            },
          ]),
        ),
      };
    case 'show ip bgp summary vrf all': {
      const peers = bgpSessions(device).map(({ address, asn: peerAsn, isUp, prefixes, uptimeS, description }) => [
        address,
        {
          asn: String(peerAsn),
          description,
          peerState: isUp ? 'Established' : 'Active',
          prefixReceived: prefixes,
          prefixAccepted: prefixes,
          upDownTime: device.time.now() / 1000 - uptimeS,
        },
      ]);
      return {
        vrfs: {
          default: {
            vrf: 'default',
            routerId: ownRouterId(device),
            asn: String(localAsOf(device)),
            peers: Object.fromEntries(peers),
          },
        },
      };
    }
    default:
      return undefined;
  }
}
