/** What an S switch with VRP 5 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'display version': `Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.170 (S5735 V200R019C10SPC500)
Copyright (C) 2000-2020 HUAWEI TECH Co., Ltd.
HUAWEI S5735-L24P4X-A Routing Switch uptime is 3 weeks, 2 days, 1 hour, 5 minutes

ES5D2T28S020 0(Master)  : uptime is 3 weeks, 2 days, 1 hour, 4 minutes
DDR             Memory Size : 512   M bytes
FLASH Total     Memory Size : 512   M bytes
`,
  'display current-configuration | include sysname': ' sysname edge-sw1\n',
  'display esn': 'ESN of slot 0: 2102310000AB10000001\n',
  'display interface': `Eth-Trunk1 current state : UP
Line protocol current state : UP
Description:to core
Switch Port, Link-type : trunk(configured),
PVID :    1, Hash arithmetic : According to SIP-XOR-DIP,Maximal BW: 20G, Current BW: 20G, The Maximum Frame Length is 9216
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0200-5e00-0001
Current system time: 2026-01-02 03:04:05
Input:  10 packets, 1000 bytes

GigabitEthernet0/0/1 current state : Administratively DOWN
Line protocol current state : DOWN
Description:
Switch Port, Link-type : access(negotiated),
PVID :    1, TPID : 8100(Hex), The Maximum Frame Length is 9216
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0200-5e00-0002
Last physical up time   : -
Last physical down time : 2026-01-02 03:03:00
Current system time: 2026-01-02 03:04:05
Port Mode: COMMON COPPER
Speed : 1000,  Loopback: NONE
Duplex: FULL,  Negotiation: ENABLE

GigabitEthernet0/0/2 current state : UP
Line protocol current state : UP
Description:host 2: "printer"
Switch Port, Link-type : access(configured),
PVID :   10, TPID : 8100(Hex), The Maximum Frame Length is 9216
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0200-5e00-0003
Last physical up time   : 2026-01-02 02:04:05 UTC+01:00
Last physical down time : 2026-01-01 03:03:00 UTC+01:00
Current system time: 2026-01-02 03:04:05+01:00
Speed : 100,   Loopback: NONE

LoopBack0 current state : UP
Line protocol current state : UP (spoofing)
Description:
Route Port,The Maximum Transmit Unit is 1500
Internet Address is 192.0.2.255/32
Physical is Loopback

Vlanif10 current state : UP
Line protocol current state : UP
Last line protocol up time : 2026-01-01 00:00:00
Description:users
Route Port,The Maximum Transmit Unit is 1500
Internet Address is 192.0.2.1/24
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0200-5e00-0001
`,
  'display ip interface': `LoopBack0 current state : UP
Line protocol current state : UP (spoofing)
The Maximum Transmit Unit : 1500 bytes
Internet Address is 192.0.2.255/32
Broadcast address : 192.0.2.255

Vlanif10 current state : UP
Line protocol current state : UP
The Maximum Transmit Unit : 1500 bytes
input packets : 0, bytes : 0, multicasts : 0
Internet Address is 192.0.2.1/24
Internet Address is 198.51.100.1/25 Sub
Broadcast address : 192.0.2.255
`,
  'display ipv6 interface': `Vlanif10 current state : UP
IPv6 protocol current state : UP
IPv6 is enabled, link-local address is FE80::200:5EFF:FE00:1
  Global unicast address(es):
    2001:DB8::1, subnet is 2001:DB8::/64
  Joined group address(es):
    FF02::1
`,
  'display arp': `IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN PVC
------------------------------------------------------------------------------
192.0.2.1       0200-5e00-0001            I -         Vlanif10
192.0.2.9       0200-5e00-0009  19        D-0         GE0/0/2
                                            10/-
192.0.2.10      Incomplete      1         D-0         GE0/0/2
                                            10/-
198.51.100.9    0200-5e00-000a            S--         Eth-Trunk1   RED
------------------------------------------------------------------------------
Total:4         Dynamic:2       Static:1     Interface:1
`,
  'display mac-address': `-------------------------------------------------------------------------------
MAC Address    VLAN/VSI                          Learned-From        Type
-------------------------------------------------------------------------------
0200-5e00-0009 10/-                              GE0/0/2             dynamic
0200-5e00-000a 20/-                              Eth-Trunk1          static
0200-5e00-000b 20/-                              -                   blackhole
-------------------------------------------------------------------------------
Total items displayed = 3
`,
  'display lldp neighbor': `Eth-Trunk1 has 0 neighbors

GigabitEthernet0/0/2 has 2 neighbors:

Neighbor index : 1
Chassis type   :macAddress
Chassis ID     :0200-5e00-00ff
Port ID type   :interfaceName
Port ID        :Gi1/0/1
Port description    :to edge-sw1
System name         :core1.example.net
System description  :A router, Version 1.0
Technical Support: http://www.example.net
Compiled on a Monday
System capabilities supported   :bridge router
System capabilities enabled     :router
Management address type  :ipV4
Management address       :192.0.2.254
Expired time   :102s

Port VLAN ID(PVID)  :1
SerialNum :NA

Neighbor index : 2
Chassis type   :macAddress
Chassis ID     :0200-5e00-00fe
Port ID type   :macAddress
Port ID        :0200-5e00-00fe
Port description    :--
System name         :--
System description  :--
System capabilities supported   :--
System capabilities enabled     :--
Expired time   :99s

GigabitEthernet0/0/3 has 0 neighbors
`,
  'display bgp peer': ` BGP local router ID : 192.0.2.255
 Local AS number : 64500
 Total number of peers : 3                 Peers in established state : 1

  Peer            V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State PrefRcv
  192.0.2.2       4       64501       32       35     0 00:17:49 Established      12
  192.0.2.3       4        1.10        0        0     0 01h09m07s       Idle       0
  192.0.2.4       4       64501        0        0     0 00:00:07 Idle(Admin)       0
`,
  'display bgp peer verbose': `
         BGP Peer is 192.0.2.2,  remote AS 64501
         Type: EBGP link
         BGP version 4, Remote router ID 203.0.113.2
         Update-group ID: 1
         BGP current state: Established, Up for 00h17m49s
         Received total routes: 12
         Received active routes total: 10
         Advertised total routes: 3
         Port:  Local - 179        Remote - 50000
         Peer's description: "to the upstream"

         BGP Peer is 192.0.2.3,  remote AS 1.10
         BGP version 4, Remote router ID 0.0.0.0
`,
  'display bgp ipv6 peer': ` BGP local router ID        : 192.0.2.255
 Local AS number            : 64500
 Total number of peers      : 1                 Peers in established state : 1

  Peer                             V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State  PrefRcv
  2001:DB8::2                      4       64501      591      568     0 07:59:47 Established        6
`,
  'display bgp vpnv4 all peer': ` BGP local router ID : 192.0.2.255
 Local AS number : 64500
 Total number of peers : 1                 Peers in established state : 1

  Peer of IPv4-family for vpn instance :

  VPN-Instance RED, Router ID 198.51.100.1:
  Peer            V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State PrefRcv
  198.51.100.2    4       64502       10       11     0 0001h02m Established       1
`,
  'display ip vpn-instance': ` Total VPN-Instances configured      : 1
 Total IPv4 VPN-Instances configured : 1
 Total IPv6 VPN-Instances configured : 0

  VPN-Instance Name               RD                    Address-family
  RED                             64500:1               IPv4
`,
  'display ip routing-table 192.0.2.0 24 verbose': `Route Flags: R - relay, D - download to fib, T - to vpn-instance
------------------------------------------------------------------------------
Routing Table : Public
Summary Count : 2

Destination: 192.0.2.0/24
     Protocol: EBGP             Process ID: 0
   Preference: 255                    Cost: 5
      NextHop: 203.0.113.2       Neighbour: 203.0.113.2
        State: Active Adv Relied         Age: 1d01h58m07s
          Tag: 0                  Priority: low
        Label: NULL                QoSInfo: 0x0
   IndirectID: 0x1
 RelayNextHop: 0.0.0.0           Interface: Vlanif10
     TunnelID: 0x0                   Flags:  D

Destination: 192.0.2.0/24
     Protocol: Static           Process ID: 0
   Preference: 260                    Cost: 0
      NextHop: 203.0.113.9       Neighbour: 0.0.0.0
        State: Inactive Adv              Age: 00h00m09s
 RelayNextHop: 0.0.0.0           Interface: Vlanif20
`,
  'display ip routing-table vpn-instance RED 192.0.2.0 24 verbose': `Routing Table : RED
Summary Count : 1

Destination: 192.0.2.0/24
     Protocol: Direct           Process ID: 0
   Preference: 0                      Cost: 0
      NextHop: 192.0.2.1         Neighbour: 0.0.0.0
        State: Active Adv              Age: 1d01h58m15s
 RelayNextHop: 0.0.0.0           Interface: Vlanif100
`,
  'display ipv6 routing-table 2001:db8:: 64 verbose': `Routing Table : Public
Summary Count : 1

 Destination  : 2001:DB8::                      PrefixLength : 64
 NextHop      : 2001:DB8::1                     Preference   : 0
 Neighbour    : ::                              ProcessID    : 0
 Label        : NULL                            Protocol     : Direct
 State        : Active Adv                      Cost         : 0
 Reference Cnt: 2                               Tag          : 0
 Priority     : high                            Age          : 93545sec
 Interface    : Vlanif10                        Flags        : D
`,
  'display bgp routing-table 192.0.2.0 24': `
 BGP local router ID : 192.0.2.255
 Local AS number : 64500
 Paths:   1 available, 1 best, 1 select
 BGP routing table entry information of 192.0.2.0/24:
 From: 203.0.113.2 (203.0.113.2)
 Route Duration: 1d01h58m07s
 Direct Out-interface: Vlanif10
 Original nexthop: 203.0.113.2
 Qos information : 0x0
 Community:<64500:1>, no-export
 AS-path 64501 64499, origin igp, MED 5, localpref 100, pref-val 0, valid, external, best, select, active, pre 255
 Not advertised to any peer yet
`,
  'display vlan': `The total number of vlans is : 3
--------------------------------------------------------------------------------
U: Up;         D: Down;         TG: Tagged;         UT: Untagged;
MP: Vlan-mapping;               ST: Vlan-stacking;
#: ProtocolTransparent-vlan;    *: Management-vlan;
--------------------------------------------------------------------------------

VID  Type    Ports
--------------------------------------------------------------------------------
1    common  UT:GE0/0/1(D)      GE0/0/3(D)
             TG:Eth-Trunk1(U)
10   common  UT:GE0/0/2(U)
20   common

VID  Status  Property      MAC-LRN Statistics Description
--------------------------------------------------------------------------------
1    enable  default       enable  disable    VLAN 0001
10   enable  default       enable  disable    office users
20   enable  default       enable  disable    VLAN 0020
`,
  'display current-configuration': `!Software Version V200R019C10SPC500
#
sysname edge-sw1
#
aaa
 authentication-scheme default
 local-user admin password irreversible-cipher $1a$invented$hash$
 local-user admin privilege level 15
 local-user admin service-type telnet ssh
 local-user viewer password cipher %^%#invented%^%#
 local-user viewer level 1
 local-user chief password irreversible-cipher $1c$invented$
 local-user chief user-group manage-ug
#
return
`,
  'display saved-configuration': '#\nsysname edge-sw1\n#\nreturn\n',
};
