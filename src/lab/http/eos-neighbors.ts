import type { SimulatedDevice } from '../device.ts';
import { bgpSessions } from '../personas/answers/bgp-sessions.ts';
import { chassisMac, dotted, portsOf, systemOf } from '../personas/answers/ports.ts';

/** What EOS tells in JSON of addresses and neighbours, out of its configuration and its cables. */
export function eosNeighbors(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { asn, host, ip, wires } = device.facts;
  switch (command) {
    case 'show ip interface': {
      const addressed = portsOf(device).filter(({ address }) => address !== undefined);
      return {
        interfaces: Object.fromEntries(
          addressed.map(({ name, address }) => [
            name,
            { name, interfaceAddress: { primaryIp: { address: address!.ip, maskLen: address!.length } } },
          ]),
        ),
      };
    }
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
        vrfs: { default: { vrf: 'default', routerId: ip(0), asn: String(asn), peers: Object.fromEntries(peers) } },
      };
    }
    default:
      return undefined;
  }
}
