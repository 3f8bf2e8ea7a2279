/** What NX-OS 10.2 answers in JSON, of a network that nobody has. */
export const structured: Readonly<Record<string, object>> = {
  'show version': {
    host_name: 'core1',
    chassis_id: 'Nexus9000 C93180YC-EX Chassis',
    nxos_ver_str: '10.2(3)',
    proc_board_id: 'FDO0000N9K1',
    kern_uptm_days: 2,
    kern_uptm_hrs: 3,
    kern_uptm_mins: 4,
    kern_uptm_secs: 5,
  },
  'show hostname': { hostname: 'core1.example.net' },
  'show inventory': { TABLE_inv: { ROW_inv: [{ name: '"Chassis"', serialnum: 'FDO0000CHAS' }, { name: 'Slot 1' }] } },
  'show interface': {
    TABLE_interface: {
      ROW_interface: [
        {
          interface: 'mgmt0',
          state: 'up',
          admin_state: 'up',
          eth_hw_addr: '0200.5e00.0001',
          eth_mtu: '1500',
          eth_bw: 1000000,
          vdc_lvl_in_pkts: '100',
          vdc_lvl_in_ucast: '60',
          vdc_lvl_in_bcast: '10',
          vdc_lvl_out_ucast: '50',
          vdc_lvl_out_mcast: '5',
          vdc_lvl_out_bcast: '2',
        },
        {
          interface: 'Ethernet1/1',
          state: 'down',
          state_rsn_desc: 'Administratively down',
          desc: 'to edge-7',
          eth_hw_addr: '0200.5e00.0101',
          eth_mtu: '9216',
          eth_bw: '10000000',
          eth_link_flapped: '1week(s) 2day(s)',
          eth_inerr: '3',
          eth_outdiscard: '4',
        },
        {
          interface: 'Vlan20',
          svi_admin_state: 'up',
          svi_line_proto: 'up',
          svi_mac: '0200.5e00.0020',
          svi_mtu: '1500',
          svi_bw: '1000000',
        },
      ],
    },
  },
  'show interface counters detailed': {
    TABLE_interface: {
      ROW_interface: [
        { interface: 'mgmt0', mgmt_in_bytes: '6400', mgmt_in_mcast: '30', mgmt_out_bytes: '3200' },
        { interface: 'Ethernet1/1', eth_inucast: '11', eth_inbytes: '1100', eth_outbcast: '7' },
      ],
    },
  },
  'show ip interface vrf all': {
    TABLE_intf: [
      { ROW_intf: { 'intf-name': 'loopback0', prefix: '192.0.2.254', masklen: '32' } },
      {
        ROW_intf: {
          'intf-name': 'Ethernet1/1',
          prefix: '192.0.2.2',
          masklen: 30,
          TABLE_secondary_address: { ROW_secondary_address: [{ prefix1: '192.0.2.130', masklen1: '25' }] },
        },
      },
      { ROW_intf: { 'intf-name': 'Ethernet1/2', 'unnum-intf': 'loopback0' } },
    ],
  },
  'show ipv6 interface vrf all': {
    TABLE_intf: { ROW_intf: { 'intf-name': 'Ethernet1/1', addr: '2001:DB8:0:7::2/64' } },
  },
  'show ip arp vrf all': {
    TABLE_vrf: {
      ROW_vrf: [
        {
          'vrf-name-out': 'default',
          TABLE_adj: {
            ROW_adj: [
              {
                'intf-out': 'Ethernet1/1',
                'ip-addr-out': '192.0.2.1',
                mac: '0200.5e00.00fe',
                'time-stamp': '00:02:05',
              },
              { 'intf-out': 'Ethernet1/2', 'ip-addr-out': '192.0.2.9', mac: 'INCOMPLETE', 'time-stamp': '00:00:01' },
              { 'intf-out': 'Vlan20', 'ip-addr-out': '192.0.2.30', mac: '0200.5e00.0030', 'time-stamp': '-' },
            ],
          },
        },
        { 'vrf-name-out': 'MGMT' },
      ],
    },
  },
  'show mac address-table': {
    TABLE_mac_address: {
      ROW_mac_address: [
        {
          disp_mac_addr: '0200.5e00.0a01',
          disp_type: '*',
          disp_vlan: '20',
          disp_is_static: 'disabled',
          disp_port: 'Ethernet1/3',
        },
        {
          disp_mac_addr: '0200.5e00.0a02',
          disp_type: 'G',
          disp_vlan: '-',
          disp_is_static: 'enabled',
          disp_port: 'sup-eth1(R)',
        },
      ],
    },
  },
  'show bgp all summary vrf all': {
    TABLE_vrf: {
      ROW_vrf: [
        {
          'vrf-name-out': 'default',
          'vrf-router-id': '192.0.2.254',
          'vrf-local-as': '65001',
          TABLE_af: {
            ROW_af: {
              TABLE_saf: {
                ROW_saf: {
                  'af-name': 'IPv4 Unicast',
                  TABLE_neighbor: {
                    ROW_neighbor: [
                      {
                        neighborid: '192.0.2.1',
                        neighboras: '65007',
                        time: '1d02h',
                        state: 'Established',
                        prefixreceived: '4',
                      },
                      { neighborid: '192.0.2.5', neighboras: '1.2', time: '3w4d', state: 'Shut (Admin)' },
                    ],
                  },
                },
              },
            },
          },
        },
        { 'vrf-name-out': 'EMPTY', 'vrf-router-id': '0.0.0.0', 'vrf-local-as': '65001' },
      ],
    },
  },
  'show environment': {
    TABLE_tempinfo: {
      ROW_tempinfo: [
        { tempmod: '1  ', sensor: 'FRONT', curtemp: '61', minthres: '60 ', majthres: '80 ' },
        { tempmod: '1  ', sensor: 'CPU', curtemp: '91', minthres: '80', majthres: '90' },
      ],
    },
    fandetails: {
      TABLE_faninfo: {
        ROW_faninfo: [
          { fanname: 'Fan1(sys_fan1)', fanstatus: 'Ok' },
          { fanname: 'Fan_in_PS1', fanstatus: 'Ok' },
        ],
      },
    },
    powersup: {
      TABLE_psinfo: {
        ROW_psinfo: [
          { psnum: 1, psmodel: 'NXA-PAC-650W-PI', actual_out: '103 W', tot_capa: '650 W', ps_status: 'Ok' },
          { psnum: 2, psmodel: 'NXA-PAC-650W-PI', actual_out: '0 W', tot_capa: '650 W', ps_status: 'Fail/Shutdown' },
        ],
      },
    },
  },
  'show processes cpu': { idle_percent: '87.75' },
  'show processes memory shared': {
    TABLE_process_tag: {
      ROW_process_tag: { 'process-memory-share-total-shm-avail': 400, 'process-memory-share-total-shm-used': 50 },
    },
  },
  'show vrf detail': {
    TABLE_vrf: {
      ROW_vrf: [
        { vrf_name: 'default', rd: '0:0' },
        { vrf_name: 'BLUE', rd: '65001:1' },
      ],
    },
  },
  'show vrf interface': {
    TABLE_if: {
      ROW_if: [
        { if_name: 'Ethernet1/1', vrf_name: 'default' },
        { if_name: 'Vlan20', vrf_name: 'BLUE' },
      ],
    },
  },
  'show ntp peers': {
    TABLE_peers: {
      ROW_peers: [
        { PeerIPAddress: '192.0.2.123', serv_peer: 'Server' },
        { PeerIPAddress: '192.0.2.124', serv_peer: 'Peer' },
      ],
    },
  },
  'show ntp peer-status': {
    TABLE_peersstatus: {
      ROW_peersstatus: { syncmode: '*', remote: '192.0.2.123', st: '2', poll: '64', reach: '377', delay: '0.012' },
    },
  },
  'show vlan brief': {
    TABLE_vlanbriefxbrief: {
      ROW_vlanbriefxbrief: [
        {
          'vlanshowbr-vlanid-utf': '20',
          'vlanshowbr-vlanname': 'users',
          'vlanshowplist-ifidx': 'port-channel2,Ethernet1/3',
        },
        { 'vlanshowbr-vlanid': 30, 'vlanshowbr-vlanname': 'empty' },
      ],
    },
  },
};

/** What is told in text only. */
export const texts: Readonly<Record<string, string>> = {
  'show lldp neighbors detail': `Capability codes:
  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
Device ID            Local Intf      Hold-time  Capability  Port ID

Chassis id: 0200.5e00.0001
Port id: Gi0/0/0
Local Port id: Eth1/7
Port Description: to core1
System Name: edge-7.example.net
System Description: Cisco IOS Software, ISR Software
Technical Support: http://www.cisco.com/techsupport
Time remaining: 103 seconds
System Capabilities: B, R
Enabled Capabilities: R
Management Address: 192.0.2.1
Vlan ID: 1

Total entries displayed: 1
`,
  'show running-config': `!Command: show running-config
!Running configuration last done at: Fri Nov 20 10:00:00 2026
!Time: Fri Nov 20 11:00:00 2026

version 10.2(3)
hostname core1
username admin password 5 $5$ABCDEF$ghijkl  role network-admin
username watch password 5 !  role network-operator
username watch role priv-7
username admin sshkey ssh-rsa AAAAB3Nza admin@laptop
username admin passphrase  lifetime 99999 warntime 14 gracetime 3
snmp-server contact noc@example.net
snmp-server location Cairo
snmp-server community s3cr3t group network-operator
snmp-server community s3cr3t use-ipv4acl NOC
`,
  'show startup-config': `!Command: show startup-config
!Startup config saved at: Fri Nov 20 10:00:00 2026
version 10.2(3)
hostname core1
`,
  'show interface transceiver details': `Ethernet1/1
    transceiver is present
    type is 10Gbase-LR
    name is ACME
    part number is LR-1
    revision is A
    serial number is ABC0001
  Current       41.98 mA       85.00 mA    15.00 mA    80.00 mA      20.00 mA
  Tx Power      -1.72 dBm       2.49 dBm  -10.22 dBm    0.49 dBm     -8.21 dBm
  Rx Power        N/A     --    2.49 dBm  -16.57 dBm    0.49 dBm    -14.43 dBm

Ethernet1/2
    transceiver is present
    type is QSFP-40G-SR4
    name is ACME
 Lane Number:1 Network Lane
  Current        6.00 mA
  Tx Power      -1.00 dBm
 Lane Number:2 Network Lane
  Current        7.00 mA

Ethernet1/3
    transceiver is not present
`,
  'show bgp process | include "BGP Protocol Tag"': 'BGP Protocol Tag               : 65001\n',
  'show ip route vrf all 192.0.2.0/24': `IP Route Table for VRF "default"
'*' denotes best ucast next-hop

192.0.2.0/24, ubest/mbest: 1/0
    *via 192.0.2.1, [20/0], 1d15h, bgp-65001, external, tag 65007
     via 192.0.2.5, Eth1/2, [110/41], 5d23h, ospf-1, intra
192.0.2.0/24, ubest/mbest: 1/0, attached
    *via Null0, [1/0], 00:10:00, static

IP Route Table for VRF "BLUE"
Route not found
`,
  'show ip bgp vrf default 192.0.2.0/24': `BGP routing table information for VRF default, address family IPv4 Unicast
BGP routing table entry for 192.0.2.0/24, version 11
  Path type: external, path is valid, is best path
  AS-Path: 65007 65100 , path sourced external to AS
    192.0.2.1 (metric 0) from 192.0.2.1 (192.0.2.250)
      Origin IGP, MED 0, localpref 100, weight 0
      Community: 65007:1 no-export
      Extcommunity:
          RT:65007:1
          SOO:1:2
`,
  'show ip bgp neighbors vrf default | include "is 192.0.2.1,"':
    'BGP neighbor is 192.0.2.1,  remote AS 65007, ebgp link, Peer index 1\n',
};

/** What a release without JSON (6.0) answers. */
export const older: Readonly<Record<string, string>> = {
  ...texts,
  'show version': `Cisco Nexus Operating System (NX-OS) Software
Software
  kickstart: version 6.0(2)A8(1)
  system:    version 6.0(2)A8(1)
Hardware
  cisco Nexus 3548 Chassis ("48x10GE Supervisor")
  Processor Board ID FOC0000R0R0
  Device name: core2
Kernel uptime is 23 day(s), 12 hour(s), 9 minute(s), 43 second(s)
`,
  'show hosts': 'DNS lookup enabled\nDefault domain is example.net\n',
  'show interface status': `--------------------------------------------------------------------------------
Port             Name            Status    Vlan      Duplex  Speed   Type
--------------------------------------------------------------------------------
mgmt0            --              connected routed    full    a-1000  --
Eth1/1           to edge-7       connected 20        full    10G     10Gbase-LR
Po2              --              down      1         full    auto    --
`,
  'show interface': `mgmt0 is up
admin state is up
  Hardware: GigabitEthernet, address: 0200.5e00.0001 (bia 0200.5e00.0001)
  MTU 1500 bytes, BW 1000000 Kbit, DLY 10 usec
Ethernet1/1 is down (Link not connected)
admin state is up, Dedicated Interface
  Hardware: 1000/10000 Ethernet, address: 0200.5e00.0101 (bia 0200.5e00.0101)
  Description: to edge-7
  MTU 9216 bytes,  BW 10000000 Kbit, DLY 10 usec
  Last link flapped 1week(s) 2day(s)
Vlan20 is down (Administratively down), line protocol is down, autostate enabled
  Hardware is EtherSVI, address is  0200.5e00.0020
  MTU 1500 bytes, BW 1000000 Kbit, DLY 10 usec,
`,
  'show ip interface vrf all': `IP Interface Status for VRF "default"
Ethernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 37,
  IP address: 192.0.2.2, IP subnet: 192.0.2.0/30 route-preference: 0, tag: 0
  IP address: 192.0.2.130, IP subnet: 192.0.2.128/25 secondary route-preference: 0, tag: 0
IP Interface Status for VRF "MGMT"
mgmt0, Interface status: protocol-up/link-up/admin-up, iod: 2,
  IP address: 198.51.100.2, IP subnet: 198.51.100.0/24
`,
  'show ipv6 interface vrf all': `IPv6 Interface Status for VRF "default"
Ethernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 37
  IPv6 address:
    2001:db8:0:7::2/64 [VALID]
  IPv6 link-local address: fe80::2 (default) [VALID]
`,
  'show ip arp vrf all | exc INCOMPLETE': `
Flags: * - Adjacencies learnt on non-active FHRP router
       + - Adjacencies synced via CFSoE

IP ARP Table for context default
Total number of entries: 1
Address         Age       MAC Address     Interface
192.0.2.1       00:02:05  0200.5e00.00fe  Ethernet1/1     *
`,
  'show mac address-table': `Legend:
        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC
   VLAN     MAC Address      Type      age     Secure NTFY Ports
---------+-----------------+--------+---------+------+----+------------------
* 20       0200.5e00.0a01    dynamic      -       F    F    po2
* 20       0200.5e00.0a03    dynamic      10      F    F    vPC Peer-Link
G -        0200.5e00.0a02    static       -       F    F    sup-eth1(R)
`,
  'show bgp all summary vrf all': `BGP summary information for VRF default, address family IPv4 Unicast
BGP router identifier 192.0.2.254, local AS number 65001
BGP table version is 12, IPv4 Unicast config peers 2, capable peers 1
0 network entries and 0 paths using 0 bytes of memory

Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
192.0.2.1       4 65007     100     101       12    0    0    1d02h 4
2001:db8:0:7::1
                4 65007       0       0        0    0    0 00:00:10 Idle

BGP summary information for VRF BLUE, address family IPv4 Unicast
`,
  'show environment temperature': `Temperature:
--------------------------------------------------------------------
Module   Sensor        MajorThresh   MinorThres   CurTemp     Status
                       (Celsius)     (Celsius)    (Celsius)
--------------------------------------------------------------------
1        Intake Left     70              42          45         Alarm
1        CPU             -               -           44         Ok
`,
  'show system resources': `Load average:   1 minute: 0.05   5 minutes: 0.07   15 minutes: 0.14
Processes   :   627 total, 1 running
CPU states  :   2.31% user,   1.28% kernel,   96.39% idle
        CPU0 states  :   0.00% user,   1.03% kernel,   98.96% idle
Memory usage:   16401224K total,   4798280K used,   11602944K free
Current memory status: OK
`,
  'show ntp peers': `--------------------------------------------------
  Peer IP Address               Serv/Peer
--------------------------------------------------
  192.0.2.123                   Server (configured)
  192.0.2.124                   Peer (configured)
`,
  'show ntp peer-status': `Total peers : 2
* - selected for sync, + -  peer mode(active),
- - peer mode(passive), = - polled in client mode
    remote               local                 st   poll   reach delay   vrf
-------------------------------------------------------------------------------
*192.0.2.123            192.0.2.254             2   64     377   0.01200 default
=192.0.2.124            192.0.2.254            16   64       0   0.00000 default
`,
  'show vlan brief': `VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
1    default                          active    Eth1/1, Eth1/2
                                                Po2
20   users                            suspended
`,
};
