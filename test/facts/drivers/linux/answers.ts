import { neighbors } from '../frr/answers.ts';

const links = [
  { ifname: 'lo', flags: ['LOOPBACK', 'UP', 'LOWER_UP'], mtu: 65_536, operstate: 'UNKNOWN', link_type: 'loopback' },
  {
    ifname: 'eth0',
    flags: ['BROADCAST', 'UP', 'LOWER_UP'],
    mtu: 1500,
    operstate: 'UP',
    link_type: 'ether',
    address: '02:00:5e:00:00:01',
    ifalias: 'to the core',
  },
  { ifname: 'eth1', flags: ['BROADCAST'], mtu: 9000, operstate: 'DOWN', link_type: 'ether', master: 'RED' },
  { ifname: 'eth0.30', flags: ['UP'], operstate: 'UP', linkinfo: { info_kind: 'vlan', info_data: { id: 30 } } },
  { ifname: 'RED', flags: ['UP'], operstate: 'UP', linkinfo: { info_kind: 'vrf', info_data: { table: 1001 } } },
];

const unicast = { type: 'unicast', scope: 'global', flags: [] };
const routes = [
  { ...unicast, dst: 'default', gateway: '192.0.2.254', dev: 'eth0', table: 'main', protocol: 'dhcp', metric: 100 },
  {
    ...unicast,
    dst: '192.0.2.0/24',
    table: 'main',
    protocol: 'static',
    nexthops: [
      { gateway: '198.51.100.2', dev: 'eth0', weight: 1 },
      { gateway: '198.51.100.6', dev: 'eth0.30', weight: 1 },
    ],
  },
  { ...unicast, type: 'local', dst: '192.0.2.1', dev: 'eth0', table: 'local', protocol: 'kernel' },
];

const json = (value: unknown): string => JSON.stringify(value);

/** What a Debian host prints, of a network that nobody has. The commands of the driver are long and few. */
const structured = {
  'ip -j link': links,
  'ip -j -d link': links,
  'ip -j addr': [
    { ifname: 'lo', addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8 }] },
    {},
    {
      ifname: 'eth0',
      addr_info: [
        { family: 'inet', local: '192.0.2.1', prefixlen: 24 },
        { family: 'inet6', local: '2001:db8::1', prefixlen: 64 },
      ],
    },
  ],
  'ip -j -s link': [
    {
      ifname: 'eth0',
      stats64: {
        rx: { bytes: 100, packets: 10, errors: 1, dropped: 2, multicast: 3 },
        tx: { bytes: 200, packets: 20, errors: 4, dropped: 5 },
      },
    },
  ],
  'ip -j -s -4 neigh': [
    { dst: '192.0.2.9', dev: 'eth0', lladdr: '02:00:5e:00:00:09', confirmed: 12, state: ['REACHABLE'] },
    { dst: '192.0.2.10', dev: 'eth0', lladdr: '02:00:5e:00:00:10', confirmed: 1, state: ['PERMANENT'] },
    { dst: '192.0.2.11', dev: 'eth0', confirmed: 1, state: ['FAILED'] },
  ],
  'ip -j -s -6 neigh': [{ dst: 'fe80::9', dev: 'eth0', lladdr: '02:00:5e:00:00:09', confirmed: 7, state: ['STALE'] }],
  'PATH=$PATH:/usr/sbin:/sbin bridge -j fdb show': [
    { mac: '33:33:00:00:00:01', ifname: 'eth0', flags: ['self'], state: 'permanent' },
    { mac: '02:00:5e:00:aa:01', ifname: 'vnet0', vlan: 10, flags: [], master: 'br0', state: '' },
    { mac: '02:00:5e:00:aa:02', ifname: 'vnet0', vlan: 10, flags: [], master: 'br0', state: 'permanent' },
  ],
  'PATH=$PATH:/usr/sbin:/sbin bridge -j vlan show': [
    {
      ifname: 'vnet0',
      vlans: [
        { vlan: 1, flags: ['PVID'] },
        { vlan: 20, vlanEnd: 21 },
      ],
    },
    { ifname: 'vnet1', vlans: [{ vlan: 20 }] },
  ],
  'ip -j -d -4 route show table all exact 192.0.2.0/24': routes.slice(1, 2),
  'ip -j -d -4 route show table all match 192.0.2.9': routes,
};

const lldpNeighbor = {
  via: 'LLDP',
  chassis: {
    spine1: {
      id: { type: 'mac', value: '02:00:5e:00:00:ff' },
      descr: 'a switch',
      capability: [
        { type: 'Bridge', enabled: true },
        { type: 'Router', enabled: false },
      ],
    },
  },
  port: { id: { type: 'ifname', value: 'Ethernet1' }, descr: 'to host' },
};

/** lldpctl leaves lists out where there is one of a thing; `json0` never does. */
export const lldp = {
  one: json({ lldp: { interface: { eth0: lldpNeighbor } } }),
  several: json({ lldp: { interface: [{ eth0: lldpNeighbor }, { eth0: lldpNeighbor }, { eth1: lldpNeighbor }] } }),
  verbose: json({
    lldp: [
      {
        interface: [
          {
            name: 'eth0',
            chassis: [
              {
                id: [{ type: 'mac', value: '02:00:5e:00:00:ff' }],
                name: [{ value: 'spine1' }],
                descr: [{ value: 'a switch' }],
                capability: [
                  { type: 'Bridge', enabled: true },
                  { type: 'Router', enabled: false },
                ],
              },
            ],
            port: [{ id: [{ type: 'ifname', value: 'Ethernet1' }], descr: [{ value: 'to host' }] }],
          },
        ],
      },
    ],
  }),
  nameless: json({ lldp: { interface: { eth0: { chassis: { id: { type: 'mac', value: '02:00:5e:00:00:ff' } } } } } }),
};

const texts: Readonly<Record<string, string>> = {
  'cat /etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n',
  'tail -v -n +1 /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/class/dmi/id/product_serial 2>/dev/null':
    '==> /sys/class/dmi/id/sys_vendor <==\nA Maker\n\n==> /sys/class/dmi/id/product_name <==\nBox 2000\n\n==> /sys/class/dmi/id/product_serial <==\n',
  'cat /proc/uptime': '12345.67 23456.78\n',
  'hostname; hostname -f': 'host1\nhost1.example.net\n',
  'tail -v -n +1 /sys/class/net/*/speed 2>/dev/null':
    '==> /sys/class/net/eth0/speed <==\n25000\n\n==> /sys/class/net/eth1/speed <==\n',
  'PATH=$PATH:/usr/sbin:/sbin lldpctl -f json': lldp.one,
  'vtysh -c "show bgp vrf all neighbors json"': `% Can't open configuration file /etc/frr/vtysh.conf\n${json(neighbors)}`,
  "top -bn2 -d 0.5 | grep -E '^(%?Cpu|([KMG]iB )?Mem)' | tail -n 2":
    '%Cpu(s): 12.4 us,  1.6 sy,  0.0 ni, 85.8 id,  0.0 wa\nKiB Mem :  4000000 total,  1000000 free,  2500000 used\n',
  'sensors -j 2>/dev/null': json({
    'coretemp-isa-0000': { Adapter: 'ISA', 'Core 0': { temp2_input: 85, temp2_max: 80, temp2_crit: 100 } },
    'nct-isa-0290': { fan1: { fan1_input: 0 } },
  }),
  'getent passwd': `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
alice:x:1000:1000:Alice,,,:/home/alice:/bin/zsh
bob:x:1001:1001::/home/bob:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`,
  'getent group sudo wheel': 'sudo:x:27:alice\n',
  'tail -v -n +1 ~root/.ssh/authorized_keys /home/*/.ssh/authorized_keys 2>/dev/null': `==> /home/alice/.ssh/authorized_keys <==
# mine
from="192.0.2.0/24" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA alice@home
`,
};

export const answers: Readonly<Record<string, string>> = {
  ...texts,
  ...Object.fromEntries(Object.entries(structured).map(([command, rows]) => [command, json(rows)])),
};
