/** What an IOS 15.9 router with a switch module answers, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show version': `Cisco IOS Software, ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.9(3)M7, RELEASE SOFTWARE (fc2)
Technical Support: http://www.cisco.com/techsupport

ROM: Bootstrap program is ISR boot loader

edge-7 uptime is 1 year, 2 weeks, 3 days, 4 hours, 5 minutes
System returned to ROM by power-on

cisco ISR4331/K9 (1RU) processor (revision V01) with 1795343K/6147K bytes of memory.
Processor board ID FDO0000X001
`,
  'show hosts': `Default domain is example.net
Name servers are 192.0.2.53
`,
  'show ip interface brief': `Load for five secs: 3%/0%; one minute: 2%; five minutes: 2%
Time source is NTP, 10:11:12.345 UTC Fri Nov 20 2026

Interface              IP-Address      OK? Method Status                Protocol
GigabitEthernet0/0/0   192.0.2.1       YES NVRAM  up                    up
GigabitEthernet0/0/1   unassigned      YES NVRAM  administratively down down
Vlan20                 198.51.100.1    YES manual up                    up
`,
  'show interfaces': `GigabitEthernet0/0/0 is up, line protocol is up (connected)
  Hardware is ISR4331-3x1GE, address is 0200.5e00.0001 (bia 0200.5e00.0001)
  Description: to core1: 10G later
  Internet address is 192.0.2.1/30
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
     reliability 255/255, txload 1/255, rxload 1/255
  Input queue: 0/375/7/0 (size/max/drops/flushes); Total output drops: 9
     1000 packets input, 64000 bytes, 0 no buffer
     Received 300 broadcasts (200 IP multicasts)
     4 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
     900 packets output, 57600 bytes, 0 underruns
     Output 50 broadcasts (20 multicasts)
     5 output errors, 0 collisions, 1 interface resets
GigabitEthernet0/0/1 is administratively down, line protocol is down
  Hardware is ISR4331-3x1GE, address is 0200.5e00.0002 (bia 0200.5e00.0002)
  MTU 9216 bytes, BW 2500 Kbit/sec, DLY 10 usec,
Loopback0 is up, line protocol is up
  Hardware is Loopback
  MTU 1514 bytes, BW 8000000 Kbit/sec, DLY 5000 usec,
`,
  'show interface summary': `
 *: interface is up
 IHQ: pkts in input hold queue     IQD: pkts dropped from input queue

  Interface                   IHQ       IQD       OHQ       OQD      RXBS      RXPS      TXBS      TXPS      TRTL
-----------------------------------------------------------------------------------------------------------------
* GigabitEthernet0/0/0            0        17         0        19         0         0         0         0         0
`,
  'show ip interface': `GigabitEthernet0/0/0 is up, line protocol is up
  Internet address is 192.0.2.1/30
  Secondary address 192.0.2.129/25
  Broadcast address is 255.255.255.255
GigabitEthernet0/0/1 is administratively down, line protocol is down
  Internet protocol processing disabled
`,
  'show ipv6 interface': `GigabitEthernet0/0/0 is up, line protocol is up
  IPv6 is enabled, link-local address is FE80::200:5EFF:FE00:1
  Global unicast address(es):
    2001:DB8:0:7::1, subnet is 2001:DB8:0:7::/64 [EUI/CAL/PRE]
  Joined group address(es):
    FF02::1
`,
  'show arp | exclude Incomplete': `Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  192.0.2.1               -   0200.5e00.0001  ARPA   GigabitEthernet0/0/0
Internet  192.0.2.2              12   0200.5e00.00fe  ARPA   GigabitEthernet0/0/0
`,
  'show ipv6 neighbors': `IPv6 Address                              Age Link-layer Addr State Interface
2001:DB8:0:7::2                             3 0200.5e00.00fe  REACH Gi0/0/0
FE80::2                                     - -               INCMP Gi0/0/0
`,
  'show mac address-table': `          Mac Address Table
-------------------------------------------

Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
  20    0200.5e00.0a01    DYNAMIC     Gi0/1/3
*  30   0200.5e00.0a02    dynamic  Yes   165   Po2
  40    0100.5e00.0001    static      Gi0/1/1,Gi0/1/2
                                      Gi0/1/4
Total Mac Addresses for this criterion: 4
`,
  'show lldp neighbors': `Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device

Device ID           Local Intf     Hold-time  Capability      Port ID
core1.example.net   Gi0/0/0        120        B,R             Ethernet1/7
a-very-long-name-of-Gi0/1/1        120        B               15
0200.5e00.0b01      Gi0/1/2        120                        0200.5e00.0b01

Total entries displayed: 3
`,
  'show lldp neighbors detail': `------------------------------------------------
Local Intf: Gi0/0/0
Chassis id: 0200.5e00.0c01
Port id: Ethernet1/7
Port Description: to edge-7
System Name: core1.example.net

System Description:
Cisco Nexus Operating System (NX-OS) Software 10.2(3)
TAC support: http://www.cisco.com/tac

Time remaining: 100 seconds
System Capabilities: B,R
Enabled Capabilities: R
Management Addresses:
    IP: 192.0.2.2
------------------------------------------------
Chassis id: 0200.5e00.0d01
Port id: 15
Port Description: 15
System Name: a-very-long-name-of-a-switch.example.net

System Description - not advertised
Time remaining: 91 seconds
System Capabilities: B
Enabled Capabilities: B
------------------------------------------------
Chassis id: 0200.5e00.0b01
Port id: 0200.5e00.0b01
Port Description - not advertised
System Name - not advertised
Time remaining: 60 seconds
System Capabilities - not advertised

Total entries displayed: 3
`,
  'show bgp all summary': `For address family: IPv4 Unicast
BGP router identifier 192.0.2.1, local AS number 65007
BGP table version is 5, main routing table version 5
3 network entries using 744 bytes of memory

Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
192.0.2.2       4        65001    1000    1001        5    0    0 1d02h          12
192.0.2.6       4          1.2       0       0        1    0    0 never    Idle (Admin)
192.0.2.10      4        65003      10      11        1    0    0 00:01:02 Active
2001:DB8:0:7::2
                4        65001      44      45        5    0    0 3w4d            7

For address family: VPNv4 Unicast
BGP router identifier 192.0.2.1, local AS number 65007

Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
10.1.0.2        4        65100      20      21        5    0    0 00:10:00        3
`,
  'show bgp ipv4 unicast neighbors': `BGP neighbor is 192.0.2.2,  remote AS 65001, external link
 Description: core, not the other one
  BGP version 4, remote router ID 192.0.2.254
  BGP state = Established, up for 1d02h

 For address family: IPv4 Unicast
                                 Sent       Rcvd
  Prefix activity:               ----       ----
    Prefixes Current:               4         12 (Consumes 960 bytes)

BGP neighbor is 192.0.2.6,  remote AS 65538, external link
  Administratively shut down
  BGP state = Idle
`,
  'show bgp vpnv4 unicast all neighbors': `BGP neighbor is 10.1.0.2,  vrf BLUE,  remote AS 65100, external link
  BGP version 4, remote router ID 10.1.0.254
  BGP state = Established, up for 00:10:00

 For address family: VPNv4 Unicast
    Prefixes Current:               1          3 (Consumes 240 bytes)
`,
  'show ip bgp all sum': `For address family: IPv4 Unicast
BGP router identifier 192.0.2.1, local AS number 65007

Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
192.0.2.2       4        65001    1000    1001        5    0    0 1d02h          12
`,
  'show ip bgp ipv4 unicast neigh 192.0.2.2': `BGP neighbor is 192.0.2.2,  remote AS 65001, external link
  BGP version 4, remote router ID 192.0.2.254
  BGP state = Established, up for 1d02h
  Last read 00:00:08, last write 00:00:01, hold time is 90, keepalive interval is 30 seconds
  Configured hold time is 90, keepalive interval is 30 seconds
  Message statistics:
    OutQ depth is 3
                         Sent       Rcvd
    Updates:                5          6
    Total:               1001       1000
 For address family: IPv4 Unicast
  Private AS number removed from updates to this neighbor
  Route map for incoming advertisements is FROM-CORE
  Route map for outgoing advertisements is TO-CORE
    Prefixes Current:               4         12 (Consumes 960 bytes)
    Used as bestpath:             n/a          9
                                   Outbound    Inbound
  Local Policy Denied Prefixes:    --------    -------
    route-map:                            0          2
    Total:                                8          2
  Connections established 4; dropped 3
  Last reset 1d02h, due to Peer closed the session
  External BGP neighbor may be up to 2 hops away.
Local host: 192.0.2.1, Local port: 179
Foreign host: 192.0.2.2, Foreign port: 40001
`,
  'show running-config': `Building configuration...

Current configuration : 700 bytes
!
! Last configuration change at 10:00:00 UTC Fri Nov 20 2026 by noc
!
version 15.9
hostname edge-7
!
enable secret 9 $9$abcdefghijklmn
username noc privilege 15 secret 9 $9$opqrstuvwxyz
!
router bgp 65007
 bgp log-neighbor-changes
 maximum-paths 4
 neighbor CORE peer-group
 neighbor CORE remote-as 65001
 neighbor CORE ebgp-multihop 2
 neighbor CORE description the core
 neighbor 192.0.2.2 peer-group CORE
 neighbor 192.0.2.10 remote-as 65003
 neighbor 192.0.2.10 password 7 0822455D0A16
 neighbor 2001:DB8:0:7::2 remote-as 65001
 !
 address-family ipv4
  neighbor CORE route-map FROM-CORE in
  neighbor CORE route-map TO-CORE out
  neighbor CORE remove-private-as
  neighbor 192.0.2.10 maximum-prefix 500 80 restart 5
  neighbor 192.0.2.10 next-hop-self
 exit-address-family
!
ip forward-protocol nd
!
end
`,
  'show startup-config': `Using 690 out of 2097152 bytes
!
version 15.9
hostname edge-7
end
`,
  'show env temperature status': `System Temperature Value: 71 Degree Celsius
System Temperature State: YELLOW
Yellow Threshold : 70 Degree Celsius
Red Threshold    : 90 Degree Celsius
`,
  'show env all': `FAN 1 is OK
FAN 2 is NOT OK
SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts
--  ------------------  ----------  ---------------  -------  -------  -----
1A  PWR-C1-715WAC       LIT0000X00  OK               Good     Good     715
`,
  'show proc cpu': `CPU utilization for five seconds: 12%/2%; one minute: 11%; five minutes: 9%
 PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process
`,
  'show memory statistics': `                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)
Processor  7F1234560010   1000000      400000      600000      500000      550000
      I/O  7F2234560010    200000       50000      150000      140000      145000
`,
  'show vrf detail': `VRF BLUE (VRF Id = 2); default RD 65007:1; default VPNID <not set>
  New CLI format, supports multiple address-families
  Interfaces:
    Vl20                     Gi0/0/1
Address family ipv4 unicast (Table ID = 0x2):
  No Export VPN route-target communities

VRF MGMT (VRF Id = 1); default RD <not set>; default VPNID <not set>
  No interfaces
Address family ipv6 unicast not active
`,
  'show vrf': `  Name                             Default RD            Protocols   Interfaces
  BLUE                             65007:1               ipv4        Vl20
                                                                     Gi0/0/1
`,
  'show ntp associations': `
  address         ref clock       st   when   poll reach  delay  offset   disp
*~192.0.2.123     .GPS.            1     54   1024   377  1.186   0.122 18.659
 ~2001:DB8:0:1111:2222:3333:4444:5555
                  .INIT.          16      -     64     0  0.000   0.000 15937.
 * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured
`,
  'show run | include ntp server': `ntp server 192.0.2.123 prefer
ntp server vrf MGMT 198.51.100.123 source Loopback0
ntp server ip pool.example.net
`,
  'show run | include snmp-server': `snmp-server community s3cr3t-ro RO 11
snmp-server community s3cr3t-rw view ALL RW NOC-ONLY
snmp-server community s3cr3t-v6 RO ipv6 NOC6
snmp-server location Cairo, rack 4
snmp-server contact noc@example.net
snmp-server chassis-id edge-7
snmp-server enable traps snmp linkdown
`,
  'show run | section username': `username noc privilege 15 secret 9 $9$opqrstuvwxyz
username look password 7 0822455D0A16
username guest nopassword
  username noc
   key-hash ssh-rsa C792BBED783F3A3CB199BBDC6EACE6BC noc@laptop
  username ghost
   key-hash ssh-rsa 303CF59996FEA22B46DCC52324AACE7A
`,
  'show run | section ip sla [0-9]': `ip sla 7
 icmp-echo 192.0.2.2 source-ip 192.0.2.1
 tag core
 frequency 10
ip sla 8
 tcp-connect 192.0.2.9 443
 tag web
 history buckets-kept 60
ip sla schedule 7 life forever start-time now
`,
  'show interfaces transceiver': `If device is externally calibrated, only calibrated values are printed.
++ : high alarm, +  : high warning, -  : low warning, -- : low alarm.

                                           Optical   Optical
           Temperature  Voltage  Current   Tx Power  Rx Power
Port       (Celsius)    (Volts)  (mA)      (dBm)     (dBm)
---------  -----------  -------  --------  --------  --------
Gi0/0/0      34.6       3.29      6.1       -2.0      -3.5
Gi0/0/1      34.6       3.29      N/A       -40.0  --    N/A
`,
  'show vlan all-ports': `
VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
1    default                          active    Gi0/1/0, Gi0/1/7
20   a name with blanks               active    Gi0/1/3, Po2,
                                                Gi0/1/4
1002 fddi-default                     act/unsup

VLAN Type  SAID       MTU   Parent RingNo BridgeNo Stp  BrdgMode Trans1 Trans2
---- ----- ---------- ----- ------ ------ -------- ---- -------- ------ ------
1    enet  100001     1500  -      -      -        -    -        0      0
`,
  'show ip protocols | include bgp': 'Routing Protocol is "bgp 65007"\n',
  'show ip route 192.0.2.0 255.255.255.0': `Routing entry for 192.0.2.0/24
  Known via "bgp 65007", distance 20, metric 0
  Tag 65001, type external
  Last update from 192.0.2.2 1d02h ago
  Routing Descriptor Blocks:
  * 192.0.2.2, from 192.0.2.2, 1d02h ago
      Route metric is 0, traffic share count is 1
`,
  'show ip route vrf BLUE 192.0.2.0 255.255.255.0': `
Routing Table: BLUE
Routing entry for 192.0.2.0/24
  Known via "ospf 1", distance 110, metric 20, type intra area
  Last update from 10.1.0.2 on Vlan20, 00:10:00 ago
  Routing Descriptor Blocks:
  * 10.1.0.2, from 10.1.0.254, 00:10:00 ago, via Vlan20
      Route metric is 20, traffic share count is 1
    10.1.0.6, from 10.1.0.254, 00:10:00 ago, via Vlan30
      Route metric is 20, traffic share count is 1
`,
  'show ip bgp 192.0.2.0/24': `BGP routing table entry for 192.0.2.0/24, version 3
Paths: (2 available, best #2, table default)
  65003 65009
    192.0.2.10 from 192.0.2.10 (192.0.2.250)
      Origin IGP, localpref 90, valid, external
  65001 {65010,65011}
    192.0.2.2 (metric 3) from 192.0.2.2 (192.0.2.254)
      Origin IGP, metric 0, localpref 100, valid, external, best
      Community: 65001:1 no-export
      rx pathid: 0, tx pathid: 0x0
`,
  'show ip bgp neighbors | include is 192.0.2.2': 'BGP neighbor is 192.0.2.2,  remote AS 65001, external link\n',
};
