/** What FRR 8.4 answers, of a network that nobody has. */
const neighbor = {
  remoteAs: 64_501,
  localAs: 64_500,
  nbrDesc: 'القاهرة',
  remoteRouterId: '198.51.100.2',
  localRouterId: '198.51.100.1',
  bgpState: 'Established',
  bgpTimerUpMsec: 3_600_500,
  bgpTimerHoldTimeMsecs: 90_000,
  bgpTimerConfiguredHoldTimeMsecs: 180_000,
  bgpTimerKeepAliveIntervalMsecs: 30_000,
  bgpTimerConfiguredKeepAliveIntervalMsecs: 60_000,
  messageStats: { depthOutq: 1, updatesSent: 2, updatesRecv: 3, totalSent: 20, totalRecv: 30 },
  addressFamilyInfo: {
    ipv4Unicast: {
      acceptedPrefixCounter: 7,
      sentPrefixCounter: 4,
      routeMapForIncomingAdvertisements: 'IN',
      routeMapForOutgoingAdvertisements: 'OUT',
    },
    l2VpnEvpn: { acceptedPrefixCounter: 1, sentPrefixCounter: 2 },
  },
  connectionsDropped: 5,
  externalBgpNbrMaxHopsAway: 2,
  hostLocal: '192.0.2.1',
  portLocal: 179,
  hostForeign: '192.0.2.2',
  portForeign: 40_000,
  lastResetDueTo: 'Peer closed the session',
};

export const neighbors = {
  default: {
    vrfId: 0,
    vrfName: 'default',
    '192.0.2.2': neighbor,
    eth9: {
      bgpNeighborAddr: 'none',
      remoteAs: 0,
      localAs: 64_500,
      bgpState: 'Idle',
      adminShutDown: true,
      localRouterId: '198.51.100.1',
      hostLocal: 'Unknown',
      portLocal: -1,
      addressFamilyInfo: { ipv6Unicast: { acceptedPrefixCounter: 0 } },
    },
  },
  RED: { vrfId: -1, vrfName: 'RED' },
};

const interfaces = {
  eth0: {
    administrativeStatus: 'up',
    operationalStatus: 'down',
    vrfName: 'default',
    mtu: 1500,
    speed: 4_294_967_295,
    hardwareAddress: '02:00:5e:00:00:01',
    description: 'uplink',
    ipAddresses: [{ address: '192.0.2.1/24' }, { address: 'fe80::1/64' }],
  },
  eth1: { administrativeStatus: 'up', operationalStatus: 'up', vrfName: 'RED', mtu: 9000, speed: 10_000 },
  lo: { administrativeStatus: 'up', operationalStatus: 'up', vrfName: 'default', mtu: 65_536, speed: 0 },
};

export const routes = {
  '192.0.2.0/24': [
    {
      protocol: 'bgp',
      selected: true,
      distance: 20,
      uptime: '1d02h03m',
      nexthops: [{ ip: '192.0.2.2', interfaceName: 'eth0', active: true, fib: true }],
    },
    { protocol: 'static', distance: 210, uptime: '00:00:05', nexthops: [{ ip: '192.0.2.6', interfaceName: 'eth0' }] },
  ],
};

export const path = {
  paths: [
    {
      aspath: { string: '64501 64499' },
      locPrf: 150,
      metric: 5,
      community: { string: '64500:1 64500:2' },
      nexthops: [{ ip: '192.0.2.2' }],
      peer: { peerId: '192.0.2.2' },
    },
  ],
};

export const answers: Readonly<Record<string, string>> = {
  'show version': 'FRRouting 8.4.4 (r1) on Linux(6.1.0).\nCopyright 1996-2005 Kunihiro Ishiguro, et al.\n',
  'show interface vrf all': JSON.stringify(interfaces),
  'show vrf': 'vrf RED id 10 table 1001\nvrf BLUE inactive (configured)\n',
  'show bgp vrf all neighbors': JSON.stringify(neighbors),
  'show ip route 192.0.2.0/24': JSON.stringify(routes),
  'show ip route vrf RED 192.0.2.0/24': '{}',
  'show bgp ipv4 unicast 192.0.2.0/24': JSON.stringify(path),
  'show bgp summary': '{"ipv4Unicast":{"as":64500}}',
  'show running-config': `Building configuration...

Current configuration:
!
frr version 8.4.4
hostname r1
router bgp 64500
 neighbor 192.0.2.2 password hidden
!
end
`,
  'show startup-config': '',
};

/** Of releases before 8. */
export const interfaceText = `Interface eth0 is up, line protocol is down
  Link ups:       1    last: 2026/01/01 10:05:22.03
  vrf: default
  Description: uplink
  index 3 metric 0 mtu 1500 speed 4294967295
  flags: <UP,BROADCAST,RUNNING,MULTICAST>
  Type: Ethernet
  HWaddr: 02:00:5e:00:00:01
  inet 192.0.2.1/24
  inet6 fe80::1/64
Interface lo is up, line protocol is up
  vrf: default
  index 1 metric 0 mtu 65536 speed 0
`;
