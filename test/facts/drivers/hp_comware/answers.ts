/** What a switch with Comware 7 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'display version': `HPE Comware Software, Version 7.1.070, Release 3507P18
Copyright (c) 2010-2023 Hewlett Packard Enterprise Development LP
HPE 5130 48G 4SFP+ EI Switch uptime is 16 weeks, 6 days, 23 hours, 5 minutes
Last reboot reason : Cold reboot

Boot image: flash:/5130ei-cmw710-boot-r3507p18.bin

Slot 1:
Uptime is 16 weeks,6 days,23 hours,5 minutes
5130-48G-4SFP+ EI JG934A with 1 Processor
`,
  'display current-configuration | include sysname': ' sysname access1\n',
  'display device manuinfo': ` Slot 1 CPU 0:
 DEVICE_NAME          : 5130-48G-4SFP+ EI JG934A
 DEVICE_SERIAL_NUMBER : CN00INVENT
 MAC_ADDRESS          : 0200-5E00-0001
 MANUFACTURING_DATE   : 2020-01-02
 VENDOR_NAME          : HPE
 Fan 1:
 The operation is not supported on the specified fan.
`,
  'display interface': `Bridge-Aggregation1
Current state: UP
IP packet frame type: Ethernet II, hardware address: 0200-5e00-0001
Description: to core
Bandwidth: 20000000 kbps
20Gbps-speed mode, full-duplex mode
PVID: 1
Port link-type: Trunk

GigabitEthernet1/0/1
Current state: DOWN
Line protocol state: DOWN
IP packet frame type: Ethernet II, hardware address: 0200-5e00-0002
Description: GigabitEthernet1/0/1 Interface
Bandwidth: 1000000 kbps
Loopback is not set
Unknown-speed mode, unknown-duplex mode
Maximum frame length: 9216
Last link flapping: Never
 Input:  0 input errors, 0 runts, 0 giants, 0 throttles

GigabitEthernet1/0/2
Current state: Administratively DOWN
Line protocol state: DOWN
Description: spare
Bandwidth: 1000000 kbps
Maximum frame length: 9216
Last link flapping: 6 hours 39 minutes 25 seconds

Vlan-interface10
Current state: UP
Line protocol state: UP
Description: users
Bandwidth: 1000000 kbps
Maximum transmission unit: 1500
Internet address: 192.0.2.1/24 (Primary)
IP packet frame type: Ethernet II, hardware address: 0200-5e00-0001
`,
  'display ip interface': `Vlan-interface10 current state: UP
Line protocol current state: UP
Internet Address is 192.0.2.1/24 Primary
Internet Address is 198.51.100.1/25 Sub
Broadcast address: 192.0.2.255
The Maximum Transmit Unit: 1500 bytes
  Echo reply:                     58

Vlan-interface20 current state: DOWN
Line protocol current state: DOWN
`,
  'display ipv6 interface': `Vlan-interface10 current state: UP
Line protocol current state: UP
IPv6 is enabled, link-local address is FE80::200:5EFF:FE00:1
  Global unicast address(es):
    2001:DB8::1, subnet is 2001:DB8::/64
`,
  'display arp': `  Type: S-Static   D-Dynamic   O-Openflow   R-Rule   M-Multiport  I-Invalid
IP address      MAC address    VLAN/VSI name Interface                Aging Type
192.0.2.9       0200-5e00-0009 10            GE1/0/1                  16    D
192.0.2.10      0200-5e00-000a 10            BAGG1                    --    S
`,
  'display mac-address': `MAC Address      VLAN ID    State            Port/Nickname            Aging
0200-5e00-0009   10         Learned          GE1/0/1                  Y
0200-5e00-000a   10         Static           BAGG1                    N
0200-5e00-000b   20         Blackhole        N/A                      N
`,
  'display lldp neighbor-information verbose': `LLDP neighbor-information of port 47[Ten-GigabitEthernet1/0/49]:
LLDP agent nearest-bridge:
 LLDP neighbor index : 1
 Update time         : 0 days, 0 hours, 2 minutes, 15 seconds
 Chassis type        : MAC address
 Chassis ID          : 0200-5e00-00fc
 Port ID type        : Interface name
 Port ID             : GigabitEthernet2/0/23
 Time to live        : 120
 Port description    : GigabitEthernet2/0/23 Interface
 System name         : core1
 System description  : Invented Platform Software, Software Version 5.20.99, Rel
                       ease 1
                       Second line
 System capabilities supported : Bridge, Router, Customer Bridge
 System capabilities enabled   : Bridge, Router
 Management address type           : IPv4
 Management address                : 192.0.2.254
`,
  'display ip vpn-instance': `  Total VPN-Instances configured : 1
  VPN-Instance Name               RD                     Create time
  RED                             1:1                    2026/01/02 05:48:17
`,
  'display bgp peer ipv4': `
 BGP local router ID: 192.0.2.255
 Local AS number: 64500
 Total number of peers: 2                 Peers in established state: 1

  * - Dynamically created peer
  Peer                    AS  MsgRcvd  MsgSent OutQ PrefRcv Up/Down  State

  192.0.2.2            64501   101225   113460    0       7 0286h47m Established
  * 192.0.2.3          64502        0        0    0       0 0129h15m Connect
`,
  'display bgp peer ipv4 verbose': `
         Peer: 192.0.2.2         Local: 192.0.2.255
         Type: EBGP link
         BGP version 4, remote router ID 203.0.113.2
         Update group ID: 0
         BGP current state: Established, Up for 286h47m
`,
  'display bgp peer ipv6': ` BGP local router ID: 192.0.2.255
 Local AS number: 64500
 Total number of peers: 0                 Peers in established state: 0
`,
  'display bgp peer ipv4 vpn-instance RED': ` BGP local router ID: 198.51.100.1
 Local AS number: 64500
 Total number of peers: 1                 Peers in established state: 1

  * - Dynamically created peer
  Peer                    AS  MsgRcvd  MsgSent OutQ PrefRcv Up/Down  State

  198.51.100.2         64503       10       10    0       1 08:30:47 Established
`,
  'display ip routing-table 192.0.2.0 24 verbose': `
Summary count : 1

Destination: 192.0.2.0/24
   Protocol: BGP
 Process ID: 0
  SubProtID: 0x2                       Age: 04h22m20s
       Cost: 5               Preference: 255
      IpPre: N/A             QosLocalID: N/A
        Tag: 0                    State: Active Adv
  OrigTblID: 0x0                OrigVrf: default-vrf
    TableID: 0x2                 OrigAs: 64499
      NibID: 0x16000000          LastAs: 64501
     AttrID: 0xffffffff        Neighbor: 203.0.113.2
      Flags: 0x1008c        OrigNextHop: 203.0.113.2
      Label: NULL           RealNextHop: 203.0.113.2
    BkLabel: NULL             BkNextHop: N/A
  Tunnel ID: Invalid          Interface: Vlan-interface10
BkTunnel ID: Invalid        BkInterface: N/A
`,
  'display ip routing-table vpn-instance RED 192.0.2.0 24 verbose': '\nSummary count : 0\n',
  'display bgp routing-table ipv4 192.0.2.0 24': `
 BGP local router ID: 192.0.2.255
 Local AS number: 64500

 Paths:   1 available, 1 best

 BGP routing table information of 192.0.2.0/24:
 From            : 203.0.113.2 (203.0.113.2)
 Rely nexthop    : 203.0.113.2
 Original nexthop: 203.0.113.2
 OutLabel        : NULL
 Community       : <64500:1>, <64500:2>
 AS-path         : 64501 64499
 Origin          : igp
 Attribute value : MED 5, localpref 100, pref-val 0, pre 255
 State           : valid, external, best
`,
  'display vlan all': ` VLAN ID: 1
 VLAN type: Static
 Route interface: Not configured
 Description: VLAN 0001
 Name: VLAN 0001
 Tagged ports:   None
 Untagged ports:
    GigabitEthernet1/0/1          GigabitEthernet1/0/2

 VLAN ID: 10
 VLAN type: Static
 Route interface: Configured
 IPv4 address: 192.0.2.1
 IPv4 subnet mask: 255.255.255.0
 Description: For the users
 Name: users
 Tagged ports:
    Bridge-Aggregation1(U)
    Ten-GigabitEthernet1/0/49
 Untagged ports: None
`,
  'display current-configuration': `#
 version 7.1.070, Release 3507P18
#
 sysname access1
#
local-user admin class manage
 password hash $h$6$invented$hash==
 service-type ssh terminal
 authorization-attribute user-role network-admin
 authorization-attribute user-role network-operator
#
local-user viewer class manage
 password hash $h$6$invented2$hash==
 authorization-attribute user-role level-1
#
local-user guest class network
 password cipher $c$3$invented
#
local-user old
 password cipher $c$3$invented3
 authorization-attribute level 3
#
return
`,
  'display saved-configuration': '#\n sysname access1\n#\nreturn\n',
};
