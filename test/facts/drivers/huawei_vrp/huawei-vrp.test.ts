import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const told5 = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3], more: object = {}) =>
  await told('huawei_vrp', getter, { ...answers, ...more }, args);
const vrp = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) => {
  const { value, warnings } = await told5(getter, args);
  expect(warnings).toEqual([]);
  return value;
};

describe('VRP', () => {
  test('facts', async () => {
    expect(await vrp('get_facts')).toEqual({
      vendor: 'Huawei',
      model: 'S5735-L24P4X-A',
      hostname: 'edge-sw1',
      fqdn: 'edge-sw1',
      os_version: '5.170 (S5735 V200R019C10SPC500)',
      serial_number: '2102310000AB10000001',
      uptime: 3 * 604_800 + 2 * 86_400 + 3600 + 300,
      interface_list: ['Eth-Trunk1', 'GigabitEthernet0/0/1', 'GigabitEthernet0/0/2', 'LoopBack0', 'Vlanif10'],
    });
  });

  test('the serial number where the ESN is not told', async () => {
    const { 'display esn': _, ...rest } = answers;
    const table = `Slot  Card  Type                      Serial-number         Manu-date
0     -     S5735-L24P4X-A            2102310000AB10000007  2020-01-02
`;
    const { value } = await told('huawei_vrp', 'get_facts', { ...rest, 'display device manufacture-info': table });
    expect(value.serial_number).toBe('2102310000AB10000007');
  });

  test('interfaces', async () => {
    expect(await vrp('get_interfaces')).toEqual({
      'Eth-Trunk1': {
        is_up: true,
        is_enabled: true,
        description: 'to core',
        last_flapped: -1,
        speed: 20_000,
        mtu: 9216,
        mac_address: '02:00:5E:00:00:01',
      },
      'GigabitEthernet0/0/1': {
        is_up: false,
        is_enabled: false,
        description: '',
        last_flapped: 65,
        speed: 1000,
        mtu: 9216,
        mac_address: '02:00:5E:00:00:02',
      },
      'GigabitEthernet0/0/2': expect.objectContaining({
        is_up: true,
        description: 'host 2: "printer"',
        last_flapped: 3600,
        speed: 100,
      }),
      LoopBack0: expect.objectContaining({ is_up: true, mtu: 1500, speed: -1, mac_address: '' }),
      Vlanif10: expect.objectContaining({ description: 'users', mtu: 1500 }),
    });
    expect(await vrp('get_interfaces_ip')).toEqual({
      LoopBack0: { ipv4: { '192.0.2.255': { prefix_length: 32 } } },
      Vlanif10: {
        ipv4: { '192.0.2.1': { prefix_length: 24 }, '198.51.100.1': { prefix_length: 25 } },
        ipv6: { 'fe80::200:5eff:fe00:1': { prefix_length: 10 }, '2001:db8::1': { prefix_length: 64 } },
      },
    });
  });

  test('ARP and MAC tables', async () => {
    expect(await vrp('get_arp_table')).toEqual([
      { interface: 'Vlanif10', mac: '02:00:5E:00:00:01', ip: '192.0.2.1', age: -1 },
      { interface: 'GigabitEthernet0/0/2', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: 19 },
      { interface: 'Eth-Trunk1', mac: '02:00:5E:00:00:0A', ip: '198.51.100.9', age: -1 },
    ]);
    const entry = { moves: -1, last_move: -1 };
    expect(await vrp('get_mac_address_table')).toEqual([
      { ...entry, mac: '02:00:5E:00:00:09', interface: 'GigabitEthernet0/0/2', vlan: 10, static: false, active: true },
      { ...entry, mac: '02:00:5E:00:00:0A', interface: 'Eth-Trunk1', vlan: 20, static: true, active: true },
      { ...entry, mac: '02:00:5E:00:00:0B', interface: '', vlan: 20, static: true, active: false },
    ]);
  });

  test('a row that is none is a warning with its line', async () => {
    const broken = { 'display mac-address': `${answers['display mac-address']}0200-5e00-000c something else\n` };
    expect((await told5('get_mac_address_table', {}, broken)).warnings).toEqual([
      { command: 'display mac-address', line: '0200-5e00-000c something else', number: 9, reason: 'unknown line' },
    ]);
  });

  test('LLDP', async () => {
    expect(await vrp('get_lldp_neighbors')).toEqual({
      'GigabitEthernet0/0/2': [
        { hostname: 'core1.example.net', port: 'Gi1/0/1' },
        { hostname: '02:00:5E:00:00:FE', port: '0200-5e00-00fe' },
      ],
    });
    const { 'GigabitEthernet0/0/2': neighbors = [] } = await vrp('get_lldp_neighbors_detail', {
      interface: 'GigabitEthernet0/0/2',
    });
    expect(neighbors[0]).toEqual({
      parent_interface: '',
      remote_port: 'Gi1/0/1',
      remote_chassis_id: '02:00:5E:00:00:FF',
      remote_port_description: 'to edge-sw1',
      remote_system_name: 'core1.example.net',
      remote_system_description:
        'A router, Version 1.0\nTechnical Support: http://www.example.net\nCompiled on a Monday',
      remote_system_capab: ['bridge', 'router'],
      remote_system_enable_capab: ['router'],
    });
    const off = { 'display lldp neighbor': 'Error: Global LLDP is not enabled.\n' };
    expect(await told5('get_lldp_neighbors', {}, off)).toMatchObject({
      value: {},
      notes: ['LLDP is not enabled'],
      warnings: [],
    });
  });

  test('BGP', async () => {
    const { global, RED } = await vrp('get_bgp_neighbors');
    expect(global?.router_id).toBe('192.0.2.255');
    expect(global?.peers['192.0.2.2']).toEqual({
      local_as: 64_500,
      remote_as: 64_501,
      remote_id: '203.0.113.2',
      is_up: true,
      is_enabled: true,
      description: 'to the upstream',
      uptime: 17 * 60 + 49,
      address_family: { ipv4: { sent_prefixes: 3, accepted_prefixes: 10, received_prefixes: 12 } },
    });
    expect(global?.peers['192.0.2.3']).toMatchObject({ is_up: false, remote_as: 65_546, uptime: -1 });
    expect(global?.peers['192.0.2.4']).toMatchObject({ is_enabled: false });
    expect(global?.peers['2001:db8::2']).toMatchObject({
      is_up: true,
      address_family: { ipv6: { received_prefixes: 6, sent_prefixes: -1 } },
    });
    expect(RED).toMatchObject({ router_id: '198.51.100.1', peers: { '198.51.100.2': { uptime: 3720, is_up: true } } });
    const off = { 'display bgp peer': 'Error: BGP is not enabled.\n' };
    const answered = await told('huawei_vrp', 'get_bgp_neighbors', off);
    expect(answered).toMatchObject({ value: {}, warnings: [] });
    expect(answered.notes).toContain('BGP is not running');
  });

  test('routes of every instance', async () => {
    const { '192.0.2.0/24': routes = [] } = await vrp('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes).toHaveLength(3);
    expect(routes[0]).toEqual({
      protocol: 'bgp',
      current_active: true,
      last_active: true,
      age: 86_400 + 3600 + 58 * 60 + 7,
      next_hop: '203.0.113.2',
      outgoing_interface: 'Vlanif10',
      selected_next_hop: true,
      preference: 255,
      inactive_reason: '',
      routing_table: 'default',
      protocol_attributes: {
        as_path: '64501 64499',
        remote_as: 64_501,
        local_as: 64_500,
        remote_address: '203.0.113.2',
        local_preference: 100,
        communities: ['64500:1', 'no-export'],
        preference2: 0,
        metric: 5,
      },
    });
    expect(routes[1]).toMatchObject({ protocol: 'static', current_active: false, inactive_reason: 'Inactive Adv' });
    expect(routes[2]).toMatchObject({ protocol: 'connected', routing_table: 'RED', protocol_attributes: {} });
    const only = await vrp('get_route_to', { destination: '192.0.2.0/24', protocol: 'direct' });
    expect(only['192.0.2.0/24']).toHaveLength(1);
    expect(await vrp('get_route_to', { destination: '2001:db8::/64' })).toEqual({
      '2001:db8::/64': [
        expect.objectContaining({ protocol: 'connected', outgoing_interface: 'Vlanif10', age: 93_545 }),
      ],
    });
  });

  test('VLANs', async () => {
    expect(await vrp('get_vlans')).toEqual({
      '1': { name: 'VLAN 0001', interfaces: ['GigabitEthernet0/0/1', 'GigabitEthernet0/0/3', 'Eth-Trunk1'] },
      '10': { name: 'office users', interfaces: ['GigabitEthernet0/0/2'] },
      '20': { name: 'VLAN 0020', interfaces: [] },
    });
  });

  test('users and configurations', async () => {
    expect(await vrp('get_users')).toEqual({
      admin: { level: 15, password: '$1a$invented$hash$', sshkeys: [] },
      viewer: { level: 1, password: '%^%#invented%^%#', sshkeys: [] },
      chief: { level: 15, password: '$1c$invented$', sshkeys: [] },
    });
    const { running, startup, candidate } = await vrp('get_config', { sanitized: true });
    expect(running).toContain('local-user admin password irreversible-cipher <removed>');
    expect(running).not.toContain('invented');
    expect(startup).toBe('#\nsysname edge-sw1\n#\nreturn');
    expect(candidate).toBe('');
  });
});

describe('VRP 8', () => {
  const cloudEngine: Readonly<Record<string, string>> = {
    'display interface': `2026-01-02 03:04:05.123
10GE1/0/1 current state : UP (ifindex: 6)
Line protocol current state : UP
Last line protocol up time : 2026-01-01 00:00:00
Description:
Switch Port, PVID :    1, TPID : 8100(Hex), The Maximum Frame Length is 9216
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0200-5e00-0011
Port Mode:                   COMMON FIBER, Port Split/Aggregate:          -
Speed:                  10000,             Loopback:                    NONE
`,
    'display vlan': `--------------------------------------------------------------------------------
U: Up;         D: Down;         TG: Tagged;         UT: Untagged;
MAC-LRN: MAC-address learning;  STAT: Statistic;
BC: Broadcast; MC: Multicast;   UC: Unknown-unicast;
FWD: Forward;  DSD: Discard;
--------------------------------------------------------------------------------

VID          Ports
--------------------------------------------------------------------------------
   3         TG:GE1/0/1(U)      10GE1/0/2(U)
                40GE1/0/3(D)

VID  Type     Status  Property  MAC-LRN STAT    BC  MC  UC  Description
--------------------------------------------------------------------------------
   3 common   enable  default   enable  disable FWD FWD FWD SERVERS
`,
    'display arp all': `IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN PVC
----------------------------------------------------------------------------------------
192.0.2.5       0200-5e00-0055  20        D-0         GE0/2/13.203     RED
                                           203/-
`,
    'display current-configuration': '#\nsysname core\n#\nreturn\n',
    'display configuration candidate': '#\nsysname core2\n#\nreturn\n',
  };
  const vrp8 = async <G extends GetterName>(getter: G) => await told('huawei_vrpv8', getter, cloudEngine);

  test('keeps the names of its ports', async () => {
    expect(await vrp8('get_interfaces')).toMatchObject({
      value: { '10GE1/0/1': { is_up: true, speed: 10_000, mac_address: '02:00:5E:00:00:11' } },
      warnings: [],
    });
    expect(await vrp8('get_vlans')).toMatchObject({
      value: { '3': { name: 'SERVERS', interfaces: ['GE1/0/1', '10GE1/0/2', '40GE1/0/3'] } },
      warnings: [],
    });
    expect(await vrp8('get_arp_table')).toMatchObject({
      value: [{ interface: 'GE0/2/13.203', age: 20 }],
      warnings: [],
    });
  });

  test('has a candidate', async () => {
    expect((await vrp8('get_config')).value.candidate).toContain('sysname core2');
  });
});

describe.each(await gettersOf('huawei_vrp'))('VRP with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('huawei_vrp', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('huawei_vrp', getter, answers);
  });
  test('reads long answers in time', { timeout: 60_000 }, async () => {
    await readsLongAnswersInTime('huawei_vrp', getter, answers);
  });
});
