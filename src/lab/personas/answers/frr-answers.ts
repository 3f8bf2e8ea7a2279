import type { SimulatedDevice } from '../../device.ts';
import { bgpSessions } from '../../network/bgp-sessions.ts';
import { coloned, portsOf } from '../../network/ports.ts';
import type { PersonaCommand } from '../../persona.ts';

const json = (words: string, answer: (device: SimulatedDevice) => object): PersonaCommand => ({
  words,
  run: ({ device }) => ({ text: `${JSON.stringify(answer(device), undefined, 2)}\n` }),
});

const interfaces = (device: SimulatedDevice): object =>
  Object.fromEntries(
    portsOf(device).map(({ name, description, isEnabled, isUp, mtu, mac, kbits, address }) => [
      name,
      {
        administrativeStatus: isEnabled ? 'up' : 'down',
        operationalStatus: isUp ? 'up' : 'down',
        vrfName: 'default',
        ...(description !== '' && { description }),
        mtu,
        speed: kbits / 1_000,
        hardwareAddress: coloned(mac),
        ipAddresses: address === undefined ? [] : [{ address: `${address.ip}/${address.length}` }],
      },
    ]),
  );

function neighbors(device: SimulatedDevice): object {
  const { asn, ip } = device.facts;
  const peers = bgpSessions(device).map((peer) => [
    peer.address,
    {
      remoteAs: peer.asn,
      localAs: asn,
      localRouterId: ip(0),
      nbrDesc: peer.description,
      remoteRouterId: peer.routerId,
      bgpState: peer.isUp ? 'Established' : 'Active',
      ...(peer.isUp && {
        bgpTimerUpMsec: peer.uptimeS * 1_000,
        addressFamilyInfo: { ipv4Unicast: { acceptedPrefixCounter: peer.prefixes, sentPrefixCounter: 12 } },
      }),
    },
  ]);
  return { default: { vrfId: 0, vrfName: 'default', ...Object.fromEntries(peers) } };
}

/** What zebra and bgpd tell as JSON. */
export const frrAnswers: readonly PersonaCommand[] = [
  json('show interface vrf all json', interfaces),
  json('show bgp vrf all neighbors json', neighbors),
];
