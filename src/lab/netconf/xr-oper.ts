import type { XmlElement } from '#core';
import type { SimulatedDevice } from '../device.ts';
import {
  arpEntries,
  type BgpSession,
  bgpSessions,
  chassisMac,
  dotted,
  liveWires,
  localAsOf,
  ntpSources,
  ownRouterId,
  type Port,
  portsOf,
  type RouteEntry,
  routesOf,
} from '../network/index.ts';
import { systemOf } from '../network/ports.ts';
import { type Tree, top } from './xr-tree.ts';

const model = (name: string): string => `http://cisco.com/ns/yang/Cisco-IOS-XR-${name}`;

/** Names of the models of state that the lab's IOS XR has, beside those of its configuration. */
export const xrStateModels: readonly string[] = [
  'invmgr-oper',
  'ipv4-io-oper',
  'ipv4-arp-oper',
  'ethernet-lldp-oper',
  'ipv4-bgp-oper',
  'wdsysmon-fd-oper',
  'nto-misc-oper',
  'ip-ntp-oper',
  'ip-rib-ipv4-oper',
];

const node = '0/0/CPU0';
const processor = '0/RSP0/CPU0';

/** What an ASR 9010 tells over NETCONF, out of its configuration and its cables. */
export const xrState = (device: SimulatedDevice): readonly XmlElement[] => [
  top('inventory', model('invmgr-oper'), {
    entities: {
      entity: {
        name: 'Rack 0',
        attributes: {
          'inv-basic-bag': {
            description: 'ASR 9010 Chassis',
            'software-revision': '7.5.2',
            'model-name': 'ASR-9010-FAN',
            'serial-number': `FOX${device.facts.hex(3, 8).toUpperCase()}`,
          },
        },
      },
    },
  }),
  top('ipv4-network', model('ipv4-io-oper'), {
    nodes: {
      node: {
        'node-name': node,
        'interface-data': {
          vrfs: { vrf: { 'vrf-name': 'default', details: { detail: portsOf(device).map(addressTree) } } },
        },
      },
    },
  }),
  top('arp', model('ipv4-arp-oper'), {
    nodes: {
      node: {
        'node-name': node,
        entries: {
          entry: arpEntries(device).map(({ ip, mac, port, isOwn, ageMin }) => ({
            address: ip,
            'interface-name': port,
            'media-type': 'media-arpa',
            state: isOwn ? 'state-interface' : 'state-dynamic',
            age: isOwn ? 0 : ageMin * 60,
            'hardware-length': 6,
            'hardware-address': dotted(mac),
          })),
        },
      },
    },
  }),
  top('lldp', model('ethernet-lldp-oper'), {
    nodes: {
      node: {
        'node-name': node,
        neighbors: {
          details: {
            detail: liveWires(device).map(({ port, peer, peerPort, peerPlatform, peerSeed }) => ({
              'interface-name': port,
              'device-id': peer,
              'lldp-neighbor': {
                'receiving-interface-name': port,
                'device-id': peer,
                'chassis-id': dotted(chassisMac(peerSeed)),
                'port-id-detail': peerPort,
                'header-version': 0,
                'hold-time': 120,
                'enabled-capabilities': 'R',
                platform: '',
                detail: {
                  'time-remaining': 100,
                  'system-name': peer,
                  'system-description': systemOf(peerPlatform),
                  'port-description': `to ${device.host}`,
                  'system-capabilities': 'B,R',
                  'enabled-capabilities': 'R',
                },
              },
            })),
          },
        },
      },
    },
  }),
  top('bgp', model('ipv4-bgp-oper'), bgpTree(device)),
  top('system-monitoring', model('wdsysmon-fd-oper'), {
    'cpu-utilization': [processor, node].map((name, nth) => ({
      'node-name': name,
      'total-cpu-one-minute': 3 + device.facts.number(9_830 + nth, 20),
      'total-cpu-five-minute': 3 + device.facts.number(9_830 + nth, 20),
      'total-cpu-fifteen-minute': 3 + device.facts.number(9_830 + nth, 20),
    })),
  }),
  top('memory-summary', model('nto-misc-oper'), {
    nodes: {
      node: {
        'node-name': processor,
        summary: {
          'system-ram-memory': 12_884_901_888,
          'free-physical-memory': (8000 + device.facts.number(9_820, 1500)) * 1_048_576,
        },
      },
    },
  }),
  top('ntp', model('ip-ntp-oper'), {
    nodes: {
      node: {
        node: processor,
        associations: {
          'is-ntp-enabled': ntpSources(device).length > 0,
          'peer-summary-info': ntpSources(device).map((address, nth) => ({
            'peer-info-common': {
              address,
              'is-sys-peer': nth === 0,
              'is-configured': true,
              'host-mode': 'ntp-mode-client',
              'host-poll': 6,
              reachability: 255,
              stratum: 1,
              'reference-id': '.GPS.',
              delay: '0.51',
              offset: '0.031',
              dispersion: '1.017',
            },
          })),
        },
      },
    },
  }),
  top('rib', model('ip-rib-ipv4-oper'), ribTree(device)),
];

/** Packets and bytes of a port, as `full-interface-stats` of its model has them. */
export const xrStatistics = ({ traffic, errorsIn }: Port): Tree => ({
  'stats-type': 'full',
  'full-interface-stats': {
    'packets-received': traffic.packetsIn,
    'bytes-received': traffic.bytesIn,
    'packets-sent': traffic.packetsOut,
    'bytes-sent': traffic.bytesOut,
    'multicast-packets-received': 0,
    'broadcast-packets-received': 0,
    'multicast-packets-sent': 0,
    'broadcast-packets-sent': 0,
    'output-drops': 0,
    'input-drops': 0,
    'input-errors': errorsIn,
    'output-errors': 0,
  },
});

const addressTree = ({ name, isUp, addresses, mtu }: Port): Tree => {
  const [first, ...others] = addresses;
  return {
    'interface-name': name,
    'line-state': isUp ? 'im-state-up' : 'im-state-down',
    'primary-address': first?.ip ?? '0.0.0.0',
    'prefix-length': first?.length ?? 0,
    'vrf-id': 1_610_612_736,
    mtu,
    'secondary-address': others.map(({ ip, length }) => ({ address: ip, 'prefix-length': length, 'route-tag': 0 })),
  };
};

const bgpTree = (device: SimulatedDevice): Tree => ({
  instances: {
    instance: {
      'instance-name': 'default',
      'instance-active': {
        'default-vrf': {
          'global-process-info': {
            vrf: { 'is-nsr': true, 'router-id': ownRouterId(device), 'hold-time': 180, 'keep-alive-time': 60 },
          },
          neighbors: { neighbor: bgpSessions(device).map((peer) => peerTree(device, peer)) },
        },
      },
    },
  },
});

function peerTree(device: SimulatedDevice, peer: BgpSession): Tree {
  const sent = peer.isUp ? 12 : 0;
  return {
    'neighbor-address': peer.address,
    description: peer.description,
    'local-as': localAsOf(device),
    'remote-as': peer.asn,
    'router-id': peer.routerId,
    'connection-state': peer.isUp ? 'bgp-st-estab' : peer.isShut ? 'bgp-st-idle' : 'bgp-st-active',
    'previous-connection-state': peer.isUp ? 4 : 1,
    'connection-established-time': peer.isUp ? peer.uptimeS : 0,
    'is-administratively-shut-down': peer.isShut,
    'is-local-address-configured': false,
    'connection-local-port': peer.isUp ? 179 : 0,
    'connection-remote-port': peer.isUp ? 40_000 + (peer.peerSeed % 20_000) : 0,
    'connection-local-address': { afi: 'ipv4', 'ipv4-address': peer.localAddress },
    'connection-remote-address': { afi: 'ipv4', 'ipv4-address': peer.address },
    'messages-received': peer.messages + peer.prefixes,
    'messages-sent': peer.messages + sent,
    'update-messages-in': peer.prefixes,
    'update-messages-out': sent,
    'messages-queued-out': 0,
    'hold-time': 180,
    'keep-alive-time': 60,
    'configured-hold-time': 180,
    'configured-keepalive': 60,
    'connection-down-count': 0,
    'af-data': {
      'af-name': 'ipv4',
      'prefixes-accepted': peer.prefixes,
      'prefixes-denied': 0,
      'prefixes-advertised': sent,
      'number-of-bestpaths': peer.prefixes,
      'route-policy-in': 'PASS',
      'route-policy-out': 'PASS',
    },
  };
}

const ribTree = (device: SimulatedDevice): Tree => ({
  vrfs: {
    vrf: {
      'vrf-name': 'default',
      afs: {
        af: {
          'af-name': 'IPv4',
          safs: {
            saf: {
              'saf-name': 'Unicast',
              'ip-rib-route-table-names': {
                'ip-rib-route-table-name': {
                  'route-table-name': 'default',
                  routes: { route: routesOf(device).map(routeTree) },
                },
              },
            },
          },
        },
      },
    },
  },
});

const priorities = { connected: 2, local: 2, static: 9, bgp: 7 } as const;

/** The address is the key; a route is asked for by it and its length. */
const routeTree = ({ prefix, protocol, nextHop, port, ageS, distance }: RouteEntry): Tree => ({
  address: prefix.ip,
  'prefix-length': prefix.length,
  prefix: prefix.ip,
  'prefix-length-xr': prefix.length,
  'protocol-name': protocol,
  priority: priorities[protocol],
  distance,
  'route-age': ageS,
  'route-path': {
    'ipv4-rib-edm-path': { address: nextHop ?? '0.0.0.0', 'interface-name': nextHop === undefined ? port : '' },
  },
});
