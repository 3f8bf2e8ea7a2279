const detail = `
LLDP Neighbor Information
=========================

Total Neighbor Entries          : 2
Total Neighbor Entries Deleted  : 0
Total Neighbor Entries Dropped  : 0
Total Neighbor Entries Aged-Out : 0

--------------------------------------------------------------------------------

Port                           : 1/1/1
Neighbor Entries               : 1
Neighbor Entries Deleted       : 0
Neighbor Entries Dropped       : 0
Neighbor Entries Aged-Out      : 0
Neighbor System-Name           : core1.example.net
Neighbor System-Description    : A router, Version 1.0
Technical Support: http://www.example.net
Neighbor Chassis-ID            : 02:00:5e:00:00:ff
Neighbor Management-Address    : 192.0.2.254
Chassis Capabilities Available : Bridge, Router
Chassis Capabilities Enabled   : Router
Neighbor Port-ID               : Gi1/1
Neighbor Port-Desc             : Uplink
Neighbor Port VLAN ID          :
TTL                            : 120
--------------------------------------------------------------------------------
Port                           : 1/1/2
Neighbor Entries               : 1
Neighbor Chassis-Name          : ap1
Neighbor Chassis-Description   : an access point
Neighbor Chassis-ID            : 02:00:5e:00:00:fe
Chassis Capabilities Available : Bridge, WLAN
Chassis Capabilities Enabled   : WLAN
Neighbor Port-ID               : 02:00:5e:00:00:fe
Neighbor Port-Desc             : eth0
`;

/** What a switch with AOS-CX 10.11 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show system': `Hostname           : dist1
System Description : FL.10.11.1021
System Contact     :
System Location    :

Vendor             : Aruba
Product Name       : JL665A 6300F 48G CL4 PoE 4SFP56 Sw
Chassis Serial Nbr : SG00INVENT
Base MAC Address   : 02005e-000000
ArubaOS-CX Version : FL.10.11.1021

Time Zone          : UTC

Up Time            : 5 weeks, 2 days, 12 minutes
CPU Util (%)       : 15
Memory Usage (%)   : 26
`,
  'show domain-name': 'example.net\n',
  'show interface': `Interface 1/1/1 is up
 Admin state is up
 Link state: up for 14 hours (since Thu Jul 13 12:40:00 GMT 2017)
 Link transitions: 1
 Description: to core
 Persona:
 Hardware: Ethernet, MAC Address: 02:00:5e:00:00:01
 MTU 9198
 Type SFP+DAC1
 Full-duplex
 Speed 10000 Mb/s
 Auto-negotiation is off

 Statistic                          RX                   TX                Total
 ---------------- -------------------- -------------------- --------------------
 Packets                             0                    0                    0

Interface 1/1/2 is down (Administratively down)
 Admin state is down
 State information: Administratively down
 Link state: down for 1 year (since Tue Nov 26 17:26:53 XYZ 2016)
 Description:
 Hardware: Ethernet, MAC Address: 02:00:5e:00:00:02
 MTU 1500
 Speed 0 Mb/s

Aggregate lag10 is up
 Admin state is up
 Description :
 MAC Address                 : 02:00:5e:00:00:00
 Aggregated-interfaces       : 1/1/3 1/1/4
 Speed 20000 Mb/s

Interface vlan10 is up
 Admin state is up
 Description: users
 Hardware: Ethernet, MAC Address: 02:00:5e:00:00:00
 IPv4 address 192.0.2.1/24
 IPv6 address 2001:db8::1/64
 L3 Counters: Rx Disabled, Tx Disabled
`,
  'show interface mgmt': `  Address Mode                  : static
  Admin State                   : up
  Link State                    : up
  Mac Address                   : 02:00:5e:00:00:0a
  IPv4 address/subnet-mask      : 198.51.100.40/26
  Default gateway IPv4          :
  IPv6 address/prefix           :
  IPv6 link local address/prefix: fe80::1/64
`,
  'show arp all-vrfs': `IPv4 Address     MAC                Port         Physical Port              State      VRF
------------------------------------------------------------------------------------------------------------------
192.0.2.9        02:00:5e:00:00:09  vlan10       1/1/5                      reachable  default
192.0.2.10                          vlan10                                  failed     default
203.0.113.9      02:00:5e:00:00:0b  1/1/28       1/1/28                     stale      RED
Total Number Of ARP Entries Listed- 3.
------------------------------------------------------------------------------------------------------------------
`,
  'show mac-address-table': `MAC age-time            : 300 seconds
Number of MAC addresses : 2

MAC Address          VLAN     Type                      Port
--------------------------------------------------------------
02:00:5e:00:00:09    10       dynamic                   1/1/5
02:00:5e:00:00:0c    20       port-access-security      lag10
`,
  'show lldp neighbor-info detail': detail,
  'show bgp all-vrfs all summary': `VRF : default
BGP Summary
-----------
 Local AS               : 64500        BGP Router Identifier  : 192.0.2.255
 Peers                  : 2            Log Neighbor Changes   : No
 Cfg. Hold Time         : 180          Cfg. Keep Alive        : 60

Address-family : IPv4 Unicast
-----------------------------
 Neighbor        Remote-AS MsgRcvd MsgSent   Up/Down Time State        AdminStatus
 192.0.2.2       64501       0       0       00h:00m:00s  Idle          Down
 192.0.2.3       4200000001  116314  133774  02m:02w:06d  Established   Up

Address-family : IPv6 Unicast
-----------------------------

Address-family : L2VPN EVPN
-----------------------------
 Neighbor        Remote-AS MsgRcvd MsgSent   Up/Down Time State        AdminStatus
 192.0.2.3       4200000001  116310  133770  02m:02w:06d  Established   Up

VRF : RED
BGP Summary
-----------
 Local AS               : 64500        BGP Router Identifier  : 203.0.113.1
 Peers                  : 0            Log Neighbor Changes   : No
`,
  'show vrf': `VRF Configuration:
------------------
VRF Name   : default
        Interfaces             Status
        -----------------------------
        1/1/9                    down

VRF Name   : RED
        Interfaces             Status
        -----------------------------
        vlan20                   up
`,
  'show ip route 192.0.2.0/24': `
Displaying ipv4 routes selected for forwarding

Origin Codes: C - connected, S - static, L - local
              R - RIP, B - BGP, O - OSPF, D - DHCP
Type Codes:   E - External BGP, I - Internal BGP, V - VPN, EV - EVPN
              IA - OSPF internal area, E1 - OSPF external type 1
              E2 - OSPF external type 2

VRF: default

Prefix              Nexthop          Interface     VRF(egress)       Origin/   Distance/    Age
                                                                     Type      Metric
-----------------------------------------------------------------------------------------------
192.0.2.0/24        203.0.113.2      vlan20        -                 B/E       [20/5]       02d:10h:15m
                    203.0.113.3      vlan21        -                 B/E       [20/5]       00h:10m:05s

Total Route Count : 1
`,
  'show ip route 192.0.2.0/24 vrf RED': `Displaying ipv4 routes selected for forwarding

'[x/y]' denotes [distance/metric]

192.0.2.0/24, vrf RED
	via  vlan20,  [0/0],  connected
	via  203.0.113.9,  [1/0],  static
`,
  'show bgp ipv4 unicast 192.0.2.0/24': `VRF : default
BGP Local AS 64500      BGP Router-id 192.0.2.255

 Network           : 192.0.2.0/24          Nexthop         : 203.0.113.2
 Peer              : 203.0.113.2           Origin          : IGP
 Metric            : 5                     Local Pref      : 100
 Weight            : 0                     Calc. Local Pref : 100
 Best              : Yes                   Valid           : Yes
 Type              : external              Stale           : No

 AS-Path           : 64501 64499
 Cluster List      :
 Communities       : 64500:1 64500:2
 Ext-Communities   :

 Network           : 192.0.2.0/24          Nexthop         : 203.0.113.3
 Peer              : 203.0.113.3           Origin          : IGP
 Metric            : 0                     Local Pref      : 100
 AS-Path           : 64502
`,
  'show vlan': `---------------------------------------------------------------------------------------------------
VLAN  Name                              Status  Reason                  Type        Interfaces
---------------------------------------------------------------------------------------------------
1     DEFAULT_VLAN_1                    up      ok                      default     1/1/3-1/1/5,lag10
10    office users                      down    no_member_port          static
20    servers                           up      ok                      static      1/1/1,
                                                                                    1/1/7-1/1/8
`,
  'show running-config': `Current configuration:
!
!Version ArubaOS-CX FL.10.11.1021
!export-password: default
hostname dist1
user admin group administrators password ciphertext AQBinvented1
user admin authorized-key ssh-ed25519 AAAAC3Nza laptop
user watcher group operators password ciphertext AQBinvented2
ssh server vrf default
vlan 1,10,20
`,
  'show startup-config': 'Startup configuration:\n!\nhostname dist1\n',
};
