import type { XmlElement } from '#core';
import {
  type Configured,
  configuredPeers,
  localAsOf,
  ntpSources,
  ownRouterId,
  snmpSettings,
} from '../network/index.ts';
import { top } from './xr-tree.ts';

const model = (name: string): string => `http://cisco.com/ns/yang/Cisco-IOS-XR-${name}`;

/** Names of the models of configuration that are for reading alone in the lab. */
export const xrReadModels: readonly string[] = [
  'aaa-lib-cfg',
  'aaa-locald-cfg',
  'ip-ntp-cfg',
  'snmp-agent-cfg',
  'ipv4-bgp-cfg',
];

/** Users, NTP, SNMP and BGP of a configuration, as Cisco's models have them; what is not configured is not there. */
export function xrConfig(device: Configured): readonly XmlElement[] {
  const servers = ntpSources(device);
  const snmp = snmpSettings(device);
  const users = usersIn(device.running.text);
  const peers = configuredPeers(device);
  return [
    ...(users.length === 0
      ? []
      : [
          top('aaa', model('aaa-lib-cfg'), {
            usernames: {
              '@namespace': model('aaa-locald-cfg'),
              username: users.map(({ name, groups }) => ({
                name,
                'usergroup-under-usernames': { 'usergroup-under-username': groups.map((group) => ({ name: group })) },
              })),
            },
          }),
        ]),
    ...(servers.length === 0
      ? []
      : [
          top('ntp', model('ip-ntp-cfg'), {
            'peer-vrfs': {
              'peer-vrf': {
                'vrf-name': 'default',
                'peer-ipv4s': {
                  'peer-ipv4': servers.map((address) => ({
                    'address-ipv4': address,
                    'peer-type-ipv4': { 'peer-type': 'server' },
                  })),
                },
              },
            },
          }),
        ]),
    top('snmp', model('snmp-agent-cfg'), {
      administration: {
        'default-communities': {
          'default-community': snmp.communities.map(({ name, mode }) => ({
            'community-name': name,
            priviledge: mode === 'rw' ? 'read-write' : 'read-only',
          })),
        },
      },
      system: {
        ...(snmp.contact !== '' && { contact: snmp.contact }),
        ...(snmp.location !== '' && { location: snmp.location }),
      },
    }),
    ...(/^router bgp /m.test(device.running.text)
      ? [
          top('bgp', model('ipv4-bgp-cfg'), {
            instance: {
              'instance-name': 'default',
              'instance-as': {
                as: Math.floor(localAsOf(device) / 65_536),
                'four-byte-as': {
                  as: localAsOf(device) % 65_536,
                  'bgp-running': '',
                  'default-vrf': {
                    global: { 'router-id': ownRouterId(device) },
                    'bgp-entity': {
                      neighbors: {
                        neighbor: peers.map(({ address, asn = 0, description }) => ({
                          'neighbor-address': address,
                          'remote-as': { 'as-xx': Math.floor(asn / 65_536), 'as-yy': asn % 65_536 },
                          ...(description !== '' && { description }),
                          'neighbor-afs': {
                            'neighbor-af': {
                              'af-name': 'ipv4-unicast',
                              activate: '',
                              'route-policy-in': 'PASS',
                              'route-policy-out': 'PASS',
                            },
                          },
                        })),
                      },
                    },
                  },
                },
              },
            },
          }),
        ]
      : []),
  ];
}

/** `username netwright` with the groups below it. */
function usersIn(text: string): { readonly name: string; readonly groups: readonly string[] }[] {
  return [...text.matchAll(/^username (\S+)\n((?: .*\n)*)/gm)].map(([, name = '', body = '']) => ({
    name,
    groups: [...body.matchAll(/^ group (\S+)$/gm)].map(([, group = '']) => group),
  }));
}
