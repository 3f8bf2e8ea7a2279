/** What an EOS 4.29 switch answers, of a network that nobody has: JSON where it has it. */
export const structured = {
  'show version': {
    modelName: 'DCS-7050X',
    version: '4.29.2F',
    internalVersion: '4.29.2F-1.4292F',
    serialNumber: 'JPE0000000',
    bootupTimestamp: 1_499_990_000.4,
    uptime: 9999.5,
  },
  'show hostname': { hostname: 'leaf1', fqdn: 'leaf1.example.net' },
  'show interfaces': {
    interfaces: {
      Ethernet10: {
        lineProtocolStatus: 'down',
        interfaceStatus: 'disabled',
        bandwidth: 0,
        mtu: 9214,
        physicalAddress: '02:00:5e:00:01:0a',
        description: '',
        lastStatusChangeTimestamp: 1_499_999_000.25,
        interfaceCounters: {
          inOctets: 10,
          outOctets: 20,
          inUcastPkts: 1,
          outUcastPkts: 2,
          inMulticastPkts: 3,
          outMulticastPkts: 4,
          inBroadcastPkts: 5,
          outBroadcastPkts: 6,
          inDiscards: 7,
          outDiscards: 8,
          totalInErrors: 9,
          totalOutErrors: 11,
        },
      },
      Ethernet2: {
        lineProtocolStatus: 'up',
        interfaceStatus: 'connected',
        bandwidth: 25_000_000_000,
        mtu: 9214,
        physicalAddress: '02:00:5e:00:01:02',
        description: 'to spine1 ',
      },
      Loopback0: { lineProtocolStatus: 'up', interfaceStatus: 'connected', mtu: 65_535, description: '' },
    },
  },
  'show ip interface': {
    interfaces: {
      Vlan10: {
        interfaceAddress: {
          primaryIp: { address: '192.0.2.1', maskLen: 24 },
          secondaryIpsOrderedList: [{ address: '198.51.100.1', maskLen: 25 }],
          secondaryIps: { '198.51.100.1': { address: '198.51.100.1', maskLen: 25 } },
        },
      },
      Ethernet2: { interfaceAddress: [{ primaryIp: { address: '0.0.0.0', maskLen: 0 }, secondaryIpsOrderedList: [] }] },
    },
  },
  'show ipv6 interface': {
    interfaces: {
      Vlan10: {
        linkLocal: { address: 'fe80::1', subnet: 'fe80::/64' },
        addresses: [{ address: '2001:DB8:0:0::1', subnet: '2001:db8::/64' }],
      },
    },
  },
  'show arp vrf all': {
    vrfs: {
      default: {
        ipV4Neighbors: [
          { hwAddress: '0200.5e00.0001', address: '192.0.2.9', interface: 'Vlan10, Ethernet2', age: 12 },
          { hwAddress: '0200.5e00.0002', address: '192.0.2.10', interface: 'Vlan10' },
        ],
      },
      RED: { ipV4Neighbors: [{ hwAddress: '0200.5e00.0003', address: '203.0.113.9', interface: 'Vlan20', age: 1 }] },
    },
  },
  'show lldp neighbors': {
    lldpNeighbors: [
      { port: 'Ethernet2', neighborDevice: 'spine1', neighborPort: 'Ethernet1' },
      { port: 'Ethernet2', neighborDevice: 'phone', neighborPort: '0200.5e00.0099' },
    ],
  },
  'show lldp neighbors detail': {
    lldpNeighbors: {
      Ethernet2: {
        lldpNeighborInfo: [
          {
            chassisId: '0200.5e00.00ff',
            systemName: 'spine1',
            systemDescription: 'a switch ',
            systemCapabilities: { wlanAccessPoint: false, bridge: true, router: true },
            neighborInterfaceInfo: {
              interfaceId: '"Ethernet1"',
              interfaceId_v2: 'Ethernet1',
              interfaceDescription: 'to leaf1',
            },
          },
        ],
      },
      Ethernet10: { lldpNeighborInfo: [] },
    },
  },
  'show mac address-table': {
    unicastTable: {
      tableEntries: [
        {
          macAddress: '02:00:5e:00:aa:01',
          interface: 'Ethernet2',
          vlanId: 10,
          entryType: 'dynamic',
          moves: 3,
          lastMove: 1.5,
        },
        { macAddress: '02:00:5e:00:aa:02', interface: 'Router', vlanId: 10, entryType: 'static' },
      ],
    },
    multicastTable: { tableEntries: [] },
  },
  'show vrf': {
    vrfs: {
      default: { routeDistinguisher: '', interfaces: ['Ethernet2'] },
      RED: { routeDistinguisher: '64500:1', interfacesV4: ['Vlan20'], interfacesV6: ['Vlan20', 'Vlan21'] },
    },
  },
  'show interfaces transceiver': {
    interfaces: { Ethernet2: { rxPower: -2.5, txPower: -1.5, txBias: 6.25 }, Ethernet10: {} },
  },
  'show users accounts': {
    users: {
      admin: { privLevel: 15, secret: '$6$aaaa$bbbb', sshAuthorizedKey: 'ssh-ed25519 AAAA admin' },
      guest: { privLevel: 1 },
    },
  },
  'show vlan': { vlans: { '10': { name: 'servers', interfaces: { Ethernet2: {}, Cpu: {} } }, '20': { name: 'RED' } } },
  'show snmp v2-mib chassis': { chassisId: 'leaf1' },
  'show snmp v2-mib contact': { contact: 'noc' },
  'show snmp v2-mib location': {},
  'show system environment cooling': {
    fanTraySlots: [
      { label: '1', status: 'ok' },
      { label: '2', status: 'failed' },
    ],
  },
  'show system environment temperature': {
    tempSensors: [
      {
        name: 'TempSensor1',
        currentTemperature: 96,
        inAlertState: true,
        overheatThreshold: 90,
        criticalThreshold: 95,
      },
    ],
    cardSlots: [{ tempSensors: [{ name: 'TempSensor1/1', currentTemperature: 91.5, overheatThreshold: 90 }] }],
  },
  'show system environment power': {
    powerSupplies: {
      '1': { state: 'ok', capacity: 500, outputPower: 120.5 },
      '2': { state: 'powerLoss', capacity: 500 },
    },
  },
  'show ip bgp summary vrf all': {
    vrfs: {
      default: {
        routerId: '198.51.100.1',
        asn: '64500',
        peers: {
          '192.0.2.2': {
            asn: '1.10',
            peerState: 'Established',
            prefixReceived: 9,
            prefixAccepted: 7,
            upDownTime: 1_499_999_400,
          },
          '192.0.2.6': { asn: '64502', peerState: 'Idle(Admin)', prefixReceived: 0, prefixAccepted: 0 },
        },
      },
    },
  },
  'show ip bgp neighbors vrf all': {
    vrfs: {
      default: {
        peerList: [
          {
            peerAddress: '192.0.2.2',
            asn: '1.10',
            localAsn: '64500',
            routerId: '198.51.100.2',
            description: 'spine',
            prefixesSent: 4,
            v6PrefixesSent: 5,
            v6PrefixesReceived: 6,
          },
        ],
      },
    },
  },
  'show ipv6 bgp summary vrf all': { vrfs: { default: { routerId: '198.51.100.1', asn: '64500', peers: {} } } },
  'show ipv6 bgp peers vrf all': { vrfs: { default: { peerList: [] } } },
  'show ip route vrf RED 192.0.2.0/24 detail': { vrfs: { RED: { routes: {} } } },
  'show ip route vrf default 192.0.2.0/24 detail': {
    vrfs: {
      default: {
        routes: {
          '192.0.2.0/24': {
            routeType: 'iBGP',
            preference: 200,
            vias: [
              { nexthopAddr: '192.0.2.2', interface: 'Ethernet2' },
              { nexthopAddr: '192.0.2.6', interface: 'Ethernet10' },
            ],
          },
        },
      },
    },
  },
  'show ip bgp 192.0.2.0/24 vrf default': {
    vrfs: {
      default: {
        asn: '64500',
        bgpRouteEntries: {
          '192.0.2.0/24': {
            bgpRoutePaths: [
              {
                asPathEntry: { asPath: '64501 64499 i' },
                localPreference: 150,
                med: 5,
                nextHop: '192.0.2.2',
                routeType: { active: true },
                routeDetail: { communityList: ['64500:1'], peerEntry: { peerAddr: '192.0.2.2' } },
              },
            ],
          },
        },
      },
    },
  },
};

const texts = {
  'show running-config | section router bgp': `router bgp 64500
   router-id 198.51.100.1
   no bgp default ipv4-unicast
   neighbor SPINES peer group
   neighbor SPINES remote-as 64501
   neighbor SPINES route-map IN in
   neighbor SPINES next-hop-self
   neighbor SPINES ebgp-multihop 3
   neighbor SPINES password 7 000000
   neighbor 192.0.2.2 peer group SPINES
   neighbor 192.0.2.2 description first spine
   neighbor 192.0.2.2 route-map SPECIAL in
   neighbor 203.0.113.1 remote-as 1.10
   neighbor 203.0.113.1 local-as 64999 no-prepend replace-as
   neighbor 203.0.113.1 password hidden
   !
   address-family ipv4
      neighbor SPINES activate
`,
  'show running-config | section ntp': `ntp authentication-key 1 md5 7 0000
ntp local-interface Management1
ntp server vrf MGMT 192.0.2.10 prefer iburst version 3 source Management1 key 1
ntp server pool.example.net
`,
  'show ntp associations': `     remote           refid      st t when poll reach   delay   offset  jitter
==============================================================================
*192.0.2.10      .GPS.            1 u   26   64  377    1.500   -0.040   0.105
+a-server-with-a-long-name.example.net
                 192.0.2.10       2 u    3   64  377    2.500    0.040   0.205
`,
  'show running-config | section snmp-server community': `snmp-server community open
snmp-server community both view all rw ipv6 six four
`,
  'show processes top once': `top - 14:03:41 up 1 day,  2:00,  1 user,  load average: 0.39, 0.29, 0.32
%Cpu(s): 12.4 us,  1.6 sy,  0.0 ni, 85.8 id,  0.0 wa,  0.1 hi,  0.1 si,  0.0 st
MiB Mem :   3884.5 total,    500.0 free,   2000.0 used,   1384.5 buff/cache
`,
  'show running-config': '! Command: show running-config\nhostname leaf1\nsnmp-server community hidden ro\nend\n',
  'show startup-config': '! Startup\nhostname leaf1\nend\n',
};

export const bgpTexts = {
  'show ip bgp neighbors vrf all': `BGP neighbor is 192.0.2.2, remote AS 1.10, external link
  Description: spine
  BGP version 4, remote router ID 198.51.100.2, VRF default
  Hold time is 90, keepalive interval is 30 seconds
  Configured hold time is 180, keepalive interval is 60 seconds
  BGP state is Established, up for 00:10:00
  Last state was OpenConfirm
  Last event was RecvKeepAlive
    OutQ depth is 2
                         Sent      Rcvd
    Updates:                6        68
    Total messages:      9365      9371
                         Sent      Rcvd
    IPv4 Unicast:           4         9
    IPv6 Unicast:           5         6
  Inbound route map is IN
  Outbound route map is OUT
Local AS is 64500, local router ID 198.51.100.1
External BGP neighbor may be up to 3 hops away.
Local TCP address is 192.0.2.1, local port is 179
Remote TCP address is 192.0.2.2, remote port is 45048
BGP neighbor is 192.0.2.6, remote AS 64502, external link
  BGP version 4, remote router ID 0.0.0.0, VRF RED
  BGP state is Idle, Administratively shut down
Local AS is 64500, local router ID 198.51.100.1
`,
  'show ipv6 bgp peers vrf all': '',
};

/** All of it as text, for noise. */
export const answers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(structured).map(([question, answer]) => [question, JSON.stringify(answer)])),
  ...texts,
};
