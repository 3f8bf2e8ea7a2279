/** What an ICX with FastIron 8 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show version': `  Copyright (c) 1996-2016 Brocade Communications Systems, Inc. All rights reserved.
    UNIT 1: compiled on May 19 2016 at 01:15:45 labeled as ICX64S08030h
		(8500344 bytes) from Primary ICX64S08030h.bin
        SW: Version 08.0.30hT311
  Boot-Monitor Image size = 786944, Version:10.1.05T310 (kxz10105)
  HW: Stackable ICX6450-48-HPOE
==========================================================================
UNIT 1: SL 1: ICX6450-48P POE 48-port Management Module
 	 Serial  #: BZT0INVENT
 	 License: BASE_SOFT_PACKAGE   (LID: inventedLID)
==========================================================================
STACKID 1  system uptime is 730 day(s) 11 hour(s) 11 second(s)
The system : started=cold start
`,
  'show running-config | include hostname': 'hostname closet1\n',
  'show interfaces': `GigabitEthernet1/1/1 is up, line protocol is up
  Port up for 2 day(s) 3 hour(s) 4 minute(s) 5 second(s)
  Hardware is GigabitEthernet, address is 0200.5e00.0001 (bia 0200.5e00.0001)
  Configured speed auto, actual 1Gbit, configured duplex fdx, actual fdx
  Member of 33 L2 VLANs, port is tagged, port state is FORWARDING
  Port name is to core (1)
  IP MTU 10240 bytes
  300 second input rate: 36132912 bits/sec, 7764 packets/sec, 3.73% utilization
GigabitEthernet1/1/2 is disabled, line protocol is down
  Hardware is GigabitEthernet, address is 0200.5e00.0002 (bia 0200.5e00.0002)
  Configured speed auto, actual unknown, configured duplex fdx, actual unknown
  No port name
  MTU 1500 bytes
10GigabitEthernet1/2/1 is down, line protocol is down
  Hardware is 10GigabitEthernet, address is 0200.5e00.0003 (bia 0200.5e00.0003)
  Configured speed 10Gbit, actual unknown, configured duplex fdx, actual unknown
Ve10 is up, line protocol is up
  Hardware is Virtual Ethernet, address is 0200.5e00.0001 (bia 0200.5e00.0001)
  Port name is users
  Internet address is 192.0.2.1/24, IP MTU 1500 bytes, encapsulation ethernet
`,
  'show arp': `Total number of ARP entries: 3
Entries in default routing instance:
No.   IP Address       MAC Address    Type     Age Port               Status
1     192.0.2.9        0200.5e00.0009 Dynamic  3   1/1/1              Valid
2     192.0.2.10       0200.5e00.000a Static   None 1/2/1             Valid
3     192.0.2.11       None           Dynamic  0   1/1/1              Pend
`,
  'show mac-address': `Total active entries from all ports = 2
MAC-Address     Port           Type          Index  VLAN
0200.5e00.0009  1/1/1          Dynamic       46132  10
0200.5e00.000a  1/2/1          Static        46133  20
`,
  'show lldp neighbors detail': `Local port: 1/1/1
  Neighbor: 0200.5e00.00ff, TTL 101 seconds
    + Chassis ID (MAC address): 0200.5e00.00ff
    + Port ID (interface name): Gi2/2
    + Time to live: 120 seconds
    + System name         : "core1"
    + Port description    : "GigabitEthernet2/2"
    + System description  : "A long description which the switch cuts into pie\\
                             ces"
    + System capabilities : bridge, router
      Enabled capabilities: router
    + Link aggregation: aggregated (aggregated port ifIndex: 66)
`,
  'show ip bgp summary': `  BGP4 Summary
  Router ID: 192.0.2.255   Local AS Number: 64500
  Confederation Identifier: not configured
  Confederation Peers:
  Maximum Number of IP ECMP Paths Supported for Load Sharing: 1
  Number of Neighbors Configured: 3, UP: 1
  Number of Routes Installed: 2, Uses 172 bytes
  Neighbor Address  AS#         State   Time     Rt:Accepted Filtered Sent     ToSend
  192.0.2.2         64501       ESTAB   1d 2h 3m   12          3        4        0
  192.0.2.3         64502       CONN    0h 0m 5s   0           0        0        0
  192.0.2.4         64503       ADMND   1h32m48s   0           0        0        0
`,
  'show ip route 192.0.2.0/24': `Type Codes - B:BGP D:Connected O:OSPF R:RIP S:Static; Cost - Dist/Metric
BGP  Codes - i:iBGP e:eBGP
OSPF Codes - i:Inter Area 1:External Type 1 2:External Type 2
        Destination        Gateway         Port          Cost          Type Uptime
1       192.0.2.0/24       203.0.113.2     ve 10         20/5          Be   2d10h
2       192.0.2.0/24       DIRECT          1/2/1         0/0           D    5m9s
`,
  'show running-config': `Current configuration:
!
ver 08.0.30hT311
!
vlan 1 name DEFAULT-VLAN by port
!
vlan 10 name office users by port
 tagged ethe 1/2/1
 untagged ethe 1/1/1 to 1/1/2
 router-interface ve 10
 spanning-tree
!
hostname closet1
username admin password 8 $1$invented$hash1
username viewer privilege 5 password 8 $1$invented$hash2
!
interface ethernet 1/2/1
 ip address 203.0.113.1 255.255.255.252
!
interface ve 10
 ip address 192.0.2.1 255.255.255.0
 ipv6 address 2001:db8::1/64
!
end
`,
  'show configuration': '!\nver 08.0.30hT311\n!\nhostname closet1\n!\nend\n',
};
