import { neighbors, path, routes } from '../frr/answers.ts';

/** What VyOS 1.4 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show version': `Version:          VyOS 1.4.0
Release train:    sagitta

Built by:         maintainers@example.net
System type:      KVM guest

Hardware vendor:  QEMU
Hardware model:   Standard PC
Hardware S/N:
Hardware UUID:    00000000-0000-0000-0000-000000000000

Copyright:        VyOS maintainers and contributors
`,
  'show host name': 'edge1\n',
  'show host domain': 'example.net\n',
  'show system uptime': 'Uptime: 3d 4h 5m 6s\n\nLoad averages:\n1  minute:   0.5%\n',
  'show interfaces detail': `br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 02:00:5e:00:00:b0 brd ff:ff:ff:ff:ff:ff

    RX:  bytes    packets  errors  dropped  overrun       mcast
             1          2       0        0        0           0
    TX:  bytes    packets  errors  dropped  carrier  collisions
             3          4       0        0        0           0

eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
    link/ether 02:00:5e:00:00:01 brd ff:ff:ff:ff:ff:ff
    altname enp0s3
    inet 192.0.2.1/24 brd 192.0.2.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet6 2001:db8::1/64 scope global
       valid_lft forever preferred_lft forever
    Description: to the "world"

    RX:  bytes    packets  errors  dropped  overrun       mcast
           100         10       1        2        0           3
    TX:  bytes    packets  errors  dropped  carrier  collisions
           200         20       4        5        0           0

eth0.30@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc noqueue state UP group default qlen 1000
    link/ether 02:00:5e:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 198.51.100.1 peer 198.51.100.2/32 scope global eth0.30
       valid_lft forever preferred_lft forever

eth1: <BROADCAST,MULTICAST> mtu 1500 qdisc mq state DOWN group default qlen 1000
    link/ether 02:00:5e:00:00:02 brd ff:ff:ff:ff:ff:ff

lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
`,
  'show arp': `Address      Interface    Link layer address    State
-----------  -----------  --------------------  ---------
192.0.2.9    eth0         02:00:5e:00:00:09     REACHABLE
192.0.2.10   eth0                               FAILED
`,
  'show ipv6 neighbors': `Address    Interface    Link layer address    State
---------  -----------  --------------------  -------
fe80::9    eth0         02:00:5e:00:00:09     STALE
`,
  'PATH=$PATH:/usr/sbin:/sbin bridge -j fdb show':
    '[{"mac":"02:00:5e:00:aa:01","ifname":"eth1","vlan":10,"flags":[],"master":"br0","state":""}]',
  'show lldp neighbors detail': `-------------------------------------------------------------------------------
LLDP neighbors:
-------------------------------------------------------------------------------
Interface:    eth0, via: LLDP, RID: 1, Time: 0 day, 00:01:23
  Chassis:
    ChassisID:    mac 02:00:5e:00:00:ff
    SysName:      sw1
    SysDescr:     a switch
    MgmtIP:       192.0.2.5
    Capability:   Bridge, on
    Capability:   Wlan, off
  Port:
    PortID:       ifname Ethernet1
    PortDescr:    to edge1
    TTL:          120
-------------------------------------------------------------------------------
`,
  'vtysh -c "show bgp vrf all neighbors json"': JSON.stringify(neighbors),
  'vtysh -c "show vrf"': '',
  'vtysh -c "show ip route 192.0.2.0/24 json"': JSON.stringify(routes),
  'vtysh -c "show bgp ipv4 unicast 192.0.2.0/24 json"': JSON.stringify(path),
  'vtysh -c "show bgp summary json"': '{"ipv4Unicast":{"as":64500}}',
  'show configuration commands': `set interfaces bridge br0 member interface eth1 allowed-vlan '10-11'
set interfaces bridge br0 member interface eth1 native-vlan '1'
set interfaces ethernet eth0 address '192.0.2.1/24'
set interfaces ethernet eth0 description 'to the "world", and '\\''back'\\'''
set interfaces ethernet eth0 vif 30 address '198.51.100.1/32'
set interfaces ethernet eth0 vif 30 description 'customers'
set interfaces ethernet eth0 vif 30 vrf 'RED'
set service ntp server 192.0.2.10
set service ntp server pool.example.net pool
set service snmp community open authorization 'ro'
set service snmp community closed authorization 'rw'
set service snmp contact 'noc at example'
set service snmp location 'Rack 1'
set system login user admin authentication encrypted-password '$6$hidden'
set system login user admin authentication plaintext-password ''
set system login user admin authentication public-keys laptop key 'AAAAC3Nza'
set system login user admin authentication public-keys laptop type 'ssh-ed25519'
set system login user watcher level 'operator'
set vrf name RED table '100'
`,
  'cat /config/config.boot': 'system {\n    login {\n        user admin {\n        }\n    }\n}\n',
};
