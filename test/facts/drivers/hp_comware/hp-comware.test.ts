import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const comware = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) => {
  const { value, warnings } = await told('hp_comware', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
};

describe('Comware', () => {
  test('facts', async () => {
    expect(await comware('get_facts')).toEqual({
      vendor: 'HPE',
      model: '5130 48G 4SFP+ EI Switch',
      hostname: 'access1',
      fqdn: 'access1',
      os_version: '7.1.070, Release 3507P18',
      serial_number: 'CN00INVENT',
      uptime: 16 * 604_800 + 6 * 86_400 + 23 * 3600 + 300,
      interface_list: ['Bridge-Aggregation1', 'GigabitEthernet1/0/1', 'GigabitEthernet1/0/2', 'Vlan-interface10'],
    });
  });

  test('facts of Comware 5', async () => {
    const older = {
      'display version': `H3C Comware Platform Software
Comware Software, Version 5.20, Feature 6709L25
H3C S7510E uptime is 309 weeks, 1 day, 16 hours, 15 minutes

LPU 0:
Uptime is 309 weeks,1 days,17 hours,37 minutes
`,
      'display interface': ` GigabitEthernet1/0/1 current state: DOWN ( Administratively )
 IP Packet Frame Type: PKTFMT_ETHNT_2, Hardware Address: 0200-5e00-0009
 Description: old port
 1000Mbps-speed mode, full-duplex mode
 The Maximum Frame Length is 9216
`,
    };
    expect((await told('hp_comware', 'get_facts', older)).value).toMatchObject({
      vendor: 'H3C',
      model: 'S7510E',
      os_version: '5.20, Feature 6709L25',
      interface_list: ['GigabitEthernet1/0/1'],
    });
    expect(await told('hp_comware', 'get_interfaces', older)).toMatchObject({
      value: {
        'GigabitEthernet1/0/1': {
          is_up: false,
          is_enabled: false,
          description: 'old port',
          speed: 1000,
          mtu: 9216,
          mac_address: '02:00:5E:00:00:09',
        },
      },
      warnings: [],
    });
  });

  test('interfaces', async () => {
    expect(await comware('get_interfaces')).toEqual({
      'Bridge-Aggregation1': {
        is_up: true,
        is_enabled: true,
        description: 'to core',
        last_flapped: -1,
        speed: 20_000,
        mtu: -1,
        mac_address: '02:00:5E:00:00:01',
      },
      'GigabitEthernet1/0/1': expect.objectContaining({ is_up: false, is_enabled: true, speed: -1, mtu: 9216 }),
      'GigabitEthernet1/0/2': expect.objectContaining({
        is_enabled: false,
        description: 'spare',
        speed: 1000,
        last_flapped: 6 * 3600 + 39 * 60 + 25,
      }),
      'Vlan-interface10': expect.objectContaining({ is_up: true, mtu: 1500 }),
    });
    expect(await comware('get_interfaces_ip')).toEqual({
      'Vlan-interface10': {
        ipv4: { '192.0.2.1': { prefix_length: 24 }, '198.51.100.1': { prefix_length: 25 } },
        ipv6: { 'fe80::200:5eff:fe00:1': { prefix_length: 10 }, '2001:db8::1': { prefix_length: 64 } },
      },
    });
  });

  test('ARP and MAC tables', async () => {
    expect(await comware('get_arp_table')).toEqual([
      { interface: 'GigabitEthernet1/0/1', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: 16 },
      { interface: 'Bridge-Aggregation1', mac: '02:00:5E:00:00:0A', ip: '192.0.2.10', age: -1 },
    ]);
    const entry = { moves: -1, last_move: -1 };
    expect(await comware('get_mac_address_table')).toEqual([
      { ...entry, mac: '02:00:5E:00:00:09', interface: 'GigabitEthernet1/0/1', vlan: 10, static: false, active: true },
      { ...entry, mac: '02:00:5E:00:00:0A', interface: 'Bridge-Aggregation1', vlan: 10, static: true, active: true },
      { ...entry, mac: '02:00:5E:00:00:0B', interface: '', vlan: 20, static: true, active: false },
    ]);
    const older = {
      'display mac-address': `MAC ADDR       VLAN ID  STATE          PORT INDEX               AGING TIME(s)
0200-5e00-0009 10       Learned        GigabitEthernet1/0/20    AGING
0200-5e00-000a 10       Config static  GigabitEthernet1/0/41    NOAGED

  ---  2 mac address(es) found  ---
`,
    };
    expect(await told('hp_comware', 'get_mac_address_table', older)).toMatchObject({
      value: [
        { interface: 'GigabitEthernet1/0/20', static: false },
        { interface: 'GigabitEthernet1/0/41', static: true },
      ],
      warnings: [],
    });
  });

  test('LLDP', async () => {
    expect(await comware('get_lldp_neighbors')).toEqual({
      'Ten-GigabitEthernet1/0/49': [{ hostname: 'core1', port: 'GigabitEthernet2/0/23' }],
    });
    expect(await comware('get_lldp_neighbors_detail')).toEqual({
      'Ten-GigabitEthernet1/0/49': [
        {
          parent_interface: '',
          remote_port: 'GigabitEthernet2/0/23',
          remote_chassis_id: '02:00:5E:00:00:FC',
          remote_port_description: 'GigabitEthernet2/0/23 Interface',
          remote_system_name: 'core1',
          remote_system_description: 'Invented Platform Software, Software Version 5.20.99, Release 1\nSecond line',
          remote_system_capab: ['bridge', 'router', 'customer bridge'],
          remote_system_enable_capab: ['bridge', 'router'],
        },
      ],
    });
  });

  test('BGP', async () => {
    const { global, RED } = await comware('get_bgp_neighbors');
    expect(global).toMatchObject({
      router_id: '192.0.2.255',
      peers: {
        '192.0.2.2': {
          local_as: 64_500,
          remote_as: 64_501,
          remote_id: '203.0.113.2',
          is_up: true,
          uptime: 286 * 3600 + 47 * 60,
          address_family: { ipv4: { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: 7 } },
        },
        '192.0.2.3': { is_up: false, remote_as: 64_502, uptime: -1 },
      },
    });
    expect(RED).toMatchObject({ router_id: '198.51.100.1', peers: { '198.51.100.2': { is_up: true } } });
  });

  test('the peers of Comware 5', async () => {
    const older = { 'display bgp peer': answers['display bgp peer ipv4']! };
    expect(Object.keys((await told('hp_comware', 'get_bgp_neighbors', older)).value['global']!.peers)).toEqual([
      '192.0.2.2',
      '192.0.2.3',
    ]);
  });

  test('routes', async () => {
    expect(await comware('get_route_to', { destination: '192.0.2.0/24' })).toEqual({
      '192.0.2.0/24': [
        {
          protocol: 'bgp',
          current_active: true,
          last_active: true,
          age: 4 * 3600 + 22 * 60 + 20,
          next_hop: '203.0.113.2',
          outgoing_interface: 'Vlan-interface10',
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
            communities: ['64500:1', '64500:2'],
            preference2: 0,
            metric: 5,
          },
        },
      ],
    });
  });

  test('VLANs, users, configurations', async () => {
    expect(await comware('get_vlans')).toEqual({
      '1': { name: 'VLAN 0001', interfaces: ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2'] },
      '10': { name: 'users', interfaces: ['Bridge-Aggregation1', 'Ten-GigabitEthernet1/0/49'] },
    });
    expect(await comware('get_users')).toEqual({
      admin: { level: 15, password: '$h$6$invented$hash==', sshkeys: [] },
      viewer: { level: 1, password: '$h$6$invented2$hash==', sshkeys: [] },
      old: { level: 15, password: '$c$3$invented3', sshkeys: [] },
    });
    const { running, startup } = await comware('get_config', { sanitized: true });
    expect(running).toContain('password hash <removed>');
    expect(running).not.toContain('invented');
    expect(startup).toContain('sysname access1');
  });
});

describe.each(await gettersOf('hp_comware'))('Comware with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('hp_comware', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('hp_comware', getter, answers);
  });
  test('reads long answers in time', { timeout: 60_000 }, async () => {
    await readsLongAnswersInTime('hp_comware', getter, answers);
  });
});
