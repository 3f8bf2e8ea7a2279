/** What an IOS XR 6.6 router prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show version': `Mon Mar  4 10:04:11.123 UTC
Cisco IOS XR Software, Version 6.6.3
Copyright (c) 2013-2019 by Cisco Systems, Inc.

Build Information:
 Built By     : builder
 Version      : 6.6.3
 Location     : /opt/cisco/XR/packages/

cisco ASR9K () processor
System uptime is 2 weeks, 3 days, 4 hours, 5 minutes
`,
  'show inventory': `NAME: "0/RSP0", DESCR: "ASR9K Route Switch Processor with 440G/slot Fabric"
PID: A9K-RSP440-TR, VID: V06, SN: FOX0000AAAA

NAME: "Rack 0", DESCR: "ASR-9006 AC Chassis"
PID: ASR-9006-AC-V2, VID: V02, SN: FOX1111BBBB
`,
  'show running-config hostname': 'hostname pe1\n\n',
  'show interfaces | include line protocol': `Bundle-Ether1 is up, line protocol is up
Loopback0 is up, line protocol is up
GigabitEthernet0/0/0/1 is administratively down, line protocol is administratively down
`,
  'show interfaces': `Bundle-Ether1 is up, line protocol is up
  Interface state transitions: 3
  Hardware is Aggregated Ethernet interface(s), address is 0200.5e00.0101
  Description: to the core, "quoted"
  Internet address is 192.0.2.1/30
  MTU 9214 bytes, BW 20000000 Kbit (Max: 20000000 Kbit)
     reliability 255/255, txload 0/255, rxload 0/255
  Encapsulation ARPA,
  Full-duplex, 20000Mb/s
  Last link flapped 1d02h
  Last clearing of "show interface" counters never
  5 minute input rate 1000 bits/sec, 1 packets/sec
     123 packets input, 45678 bytes, 2 total input drops
     0 drops for unrecognized upper-level protocol
     Received 3 broadcast packets, 40 multicast packets
              0 runts, 0 giants, 0 throttles, 0 parity
     5 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort
     99 packets output, 8765 bytes, 1 total output drops
     Output 4 broadcast packets, 50 multicast packets
     6 output errors, 0 underruns, 0 applique, 0 resets
Loopback0 is up, line protocol is up
  Interface state transitions: 1
  Hardware is Loopback interface(s)
  Internet address is 198.51.100.1/32
  MTU 1500 bytes, BW 0 Kbit
  Last input Unknown, output Unknown
GigabitEthernet0/0/0/1 is administratively down, line protocol is administratively down
  Hardware is GigabitEthernet, address is 0200.5e00.0201 (bia 0200.5e00.0201)
  MTU 1514 bytes, BW 1000000 Kbit (Max: 1000000 Kbit)
     0 packets input, 0 bytes, 0 total input drops
     Received 0 broadcast packets, 0 multicast packets
     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort
     0 packets output, 0 bytes, 0 total output drops
     Output 0 broadcast packets, 0 multicast packets
     0 output errors, 0 underruns, 0 applique, 0 resets
`,
  'show ipv4 vrf all interface': `Bundle-Ether1 is Up, ipv4 protocol is Up
  Vrf is default (vrfid 0x60000000)
  Internet address is 192.0.2.1/30
  Secondary address 192.0.2.129/26
  MTU is 9214 (9200 is available to IP)
Loopback0 is Up, ipv4 protocol is Up
  Vrf is default (vrfid 0x60000000)
  Internet address is 198.51.100.1/32
GigabitEthernet0/0/0/1 is Shutdown, ipv4 protocol is Down
  Vrf is default (vrfid 0x60000000)
  Internet protocol processing disabled
`,
  'show ipv6 vrf all interface': `Bundle-Ether1 is Up, ipv6 protocol is Up, Vrfid is default (0x60000000)
  IPv6 is enabled, link-local address is fe80::5eff:fe00:101
  Global unicast address(es):
    2001:db8:1::1, subnet is 2001:db8:1::/64
  Joined group address(es): ff02::1 ff02::2
`,
  'show arp': `-------------------------------------------------------------------------------
0/0/CPU0
-------------------------------------------------------------------------------
Address         Age        Hardware Addr   State      Type  Interface
192.0.2.1       -          0200.5e00.0101  Interface  ARPA  Bundle-Ether1
192.0.2.2       01:05:32   0200.5e00.0999  Dynamic    ARPA  Bundle-Ether1
192.0.2.130     -          -               Incomplete ARPA  Bundle-Ether1
`,
  'show platform': `Node              Type                       State             Config state
--------------------------------------------------------------------------------
0/RSP0/CPU0       A9K-RSP440-TR(Active)      IOS XR RUN        PWR,NSHUT,MON
0/0/CPU0          A9K-MOD80-TR               IOS XR RUN        PWR,NSHUT,MON
0/0/0             A9K-MPA-20X1GE             OK                PWR,NSHUT,MON
0/1/CPU0          A9K-MOD80-TR               IOS XR RUN        PWR,NSHUT,MON
`,
  'show l2vpn forwarding bridge-domain mac-address location 0/0/CPU0': `To Resynchronize MAC table from the Network Processors, use the command...
    l2vpn resynchronize forwarding mac-address-table location <r/s/i>

Mac Address    Type    Learned from/Filtered on    LC learned Resync Age/Last Change Mapped to
-------------- ------- --------------------------- ---------- ---------------------- --------------
0200.5e00.0aaa dynamic Te0/0/0/1.100               0/0/CPU0   04 Mar 10:00:00        N/A
0200.5e00.0bbb static  BE1.200                     N/A        N/A                    N/A
`,
  'show l2vpn forwarding bridge-domain mac-address location 0/1/CPU0': `Mac Address    Type    Learned from/Filtered on    LC learned Resync Age/Last Change Mapped to
-------------- ------- --------------------------- ---------- ---------------------- --------------
0200.5e00.0aaa dynamic Te0/0/0/1.100               0/0/CPU0   04 Mar 10:00:00        N/A
`,
  'show lldp neighbors': `Capability codes:
	(R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
	(W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID       Local Intf          Hold-time  Capability     Port ID
leaf1           Gi0/0/0/0           120        B,R            Ethernet1
a-name-that-touchesTe0/0/0/3        120        N/A            0200.5e00.0c0c

Total entries displayed: 2
`,
  'show lldp neighbors detail': `Capability codes:
	(R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
	(W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

------------------------------------------------
Local Interface: GigabitEthernet0/0/0/0
Parent Interface: Bundle-Ether1
Chassis id: 0200.5e00.0c01
Port id: Ethernet1
Port Description: to pe1
System Name: leaf1

System Description:
An operating system, version 1
of two lines

Time remaining: 100 seconds
Hold Time: 120 seconds
System Capabilities: B,R
Enabled Capabilities: R
Management Addresses:
  IPv4 address: 192.0.2.77

------------------------------------------------
Local Interface: TenGigE0/0/0/3
Chassis id: rack7
Port id: 3
Port Description: not advertised
System Name: not advertised
System Capabilities: N/A
Enabled Capabilities: N/A

Total entries displayed: 2
`,
  'show bgp summary': `BGP router identifier 198.51.100.1, local AS number 64500
BGP generic scan interval 60 secs
Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd
`,
  'show bgp neighbors': `BGP neighbor is 192.0.2.2
 Remote AS 64501, local AS 64500, external link
 Description: a peer
 Remote router ID 198.51.100.2
  BGP state = Established, up for 1d02h
  Hold time is 90, keepalive interval is 30 seconds
  Configured hold time: 180, keepalive: 60, min acceptable hold time: 3
  Message stats:
    InQ depth: 0, OutQ depth: 2
                    Last_Sent               Sent  Last_Rcvd               Rcvd
    Open:           Mar  4 10:00:00.000        1  Mar  4 10:00:00.000        1
    Update:         Mar  4 10:00:05.000       12  Mar  4 10:00:09.000       34
    Total:                                   150                        160

 For Address Family: IPv4 Unicast
  Policy for incoming advertisements is IN
  Policy for outgoing advertisements is OUT
  5 accepted prefixes, 4 are bestpaths
  Cumulative no. of prefixes denied: 2.
  Prefix advertised 10, suppressed 0, withdrawn 2

 For Address Family: IPv6 Unicast
  1 accepted prefixes, 1 are bestpaths
  Prefix advertised 3, suppressed 0, withdrawn 0

  Connections established 3; dropped 2
  Local host: 192.0.2.1, Local port: 179, IF Handle: 0x00000000
  Foreign host: 192.0.2.2, Foreign port: 33333

BGP neighbor is 2001:db8:1::2
 Remote AS 4200000001, local AS 64500, external link
 Administratively shut down
 Remote router ID 0.0.0.0
  BGP state = Idle
  Hold time is 180, keepalive interval is 60 seconds

 For Address Family: IPv6 Unicast
  0 accepted prefixes, 0 are bestpaths
  Prefix advertised 0, suppressed 0, withdrawn 0
`,
  'show bgp vrf all summary': `VRF: CUST
---------
BGP VRF CUST, state: Active
BGP Route Distinguisher: 64500:1
BGP router identifier 198.51.100.9, local AS number 64500
`,
  'show bgp vrf all neighbors': `VRF: CUST
---------

BGP neighbor is 203.0.113.2, vrf CUST
 Remote AS 65010, local AS 64500, external link
 Remote router ID 203.0.113.2
  BGP state = Active

 For Address Family: IPv4 Unicast
  0 accepted prefixes, 0 are bestpaths
  Prefix advertised 0, suppressed 0, withdrawn 0
`,
  'show route 192.0.2.0/24': `
Routing entry for 192.0.2.0/24
  Known via "bgp 64500", distance 20, metric 0
  Tag 64501, type external
  Installed Mar  4 10:00:00.000 for 01:02:03
  Routing Descriptor Blocks
    192.0.2.2, from 192.0.2.2, BGP external
      Route metric is 0
    192.0.2.6, from 192.0.2.6, via Bundle-Ether2, BGP external
      Route metric is 0
  No advertising protos.
`,
  'show running-config': `Mon Mar  4 10:04:11.123 UTC
Building configuration...
!! IOS XR Configuration 6.6.3
hostname pe1
username admin
 group root-lr
 secret 5 $1$aaaa$bbbbbbbbbbbbbbbbbbbbbb
!
end
`,
  'show running-config username': `username admin
 group root-lr
 group cisco-support
 secret 5 $1$aaaa$bbbbbbbbbbbbbbbbbbbbbb
!
username guest
 group operator
 password 7 0000000000
!
`,
  'show running-config ntp': `ntp
 server 192.0.2.10
 server vrf MGMT 192.0.2.11 prefer
 peer 2001:db8::10
 authentication-key 1 md5 encrypted 0000
!
`,
  'show ntp associations': `
      address         ref clock       st  when  poll reach  delay  offset    disp
*~192.0.2.10       .GPS.            1    22   128  377   1.00  -0.123   0.512
 ~192.0.2.11 vrf MGMT
                 .INIT.          16     -  1024    0   0.00   0.000   15937
 * sys_peer, # selected, + candidate, - outlayer, x falseticker, ~ configured
`,
  'show running-config snmp-server': `snmp-server host 192.0.2.99 traps version 2c hidden
snmp-server community open RO
snmp-server community closed RW SystemOwner IPv4 MANAGEMENT
snmp-server contact somebody at home
snmp-server location Rack 1, Row 2
snmp-server chassis-id pe1
`,
  'show processes cpu | include CPU utilization':
    'CPU utilization for one minute: 3%; five minutes: 4%; fifteen minutes: 5%\n',
  'show memory summary': `node:      node0_RSP0_CPU0
------------------------------------------------------------------
Physical Memory: 12288M total (9000M available)
 Application Memory : 11926M (9000M available)
`,
  'show environment': `================================================================================
Location  TEMPERATURE                 Value   Crit Minor Major Minor Major  Crit
          Sensor                    (deg C)   (Lo) (Lo)  (Lo)  (Hi)  (Hi)   (Hi)
--------------------------------------------------------------------------------
0/RSP0/CPU0
          Inlet_Temp                     27     -10   -5     0    45    50    55
          Hotspot                        60     -10   -5     0    90    95   100
0/0/CPU0
          Inlet_Temp                     52     -10   -5     0    45    50    55
================================================================================
Location   FAN Type          Fan speed (rpm)
                             FAN_0   FAN_1
--------------------------------------------------------------------------------
0/FT0      ASR-9006-FAN       5200    5300
0/FT1      ASR-9006-FAN          0       0
================================================================================
CHASSIS LEVEL POWER INFO: 0
================================================================================
   Total output power capacity (N + 1)             :    6000W
   Power   Supply     ------Input----   ------Output---     Status
   Module  Type       Volts     Amps    Volts     Amps
================================================================================
   0/PT0-PM0  6kW-AC   206.2     10.4    53.6      37.6    OK
   0/PT0-PM1  6kW-AC     0.0      0.0     0.0       0.0    FAILED or NO PWR
`,
};
