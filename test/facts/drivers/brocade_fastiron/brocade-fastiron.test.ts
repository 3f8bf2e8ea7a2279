import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const fastiron = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) => {
  const { value, warnings } = await told('brocade_fastiron', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
};

describe('FastIron', () => {
  test('facts', async () => {
    expect(await fastiron('get_facts')).toEqual({
      vendor: 'Brocade',
      model: 'ICX6450-48-HPOE',
      hostname: 'closet1',
      fqdn: 'closet1',
      os_version: '08.0.30hT311',
      serial_number: 'BZT0INVENT',
      uptime: 730 * 86_400 + 11 * 3600 + 11,
      interface_list: ['GigabitEthernet1/1/1', 'GigabitEthernet1/1/2', '10GigabitEthernet1/2/1', 'Ve10'],
    });
  });

  test('interfaces', async () => {
    expect(await fastiron('get_interfaces')).toEqual({
      'GigabitEthernet1/1/1': {
        is_up: true,
        is_enabled: true,
        description: 'to core (1)',
        last_flapped: 2 * 86_400 + 3 * 3600 + 245,
        speed: 1000,
        mtu: 10_240,
        mac_address: '02:00:5E:00:00:01',
      },
      'GigabitEthernet1/1/2': expect.objectContaining({ is_up: false, is_enabled: false, speed: -1, description: '' }),
      '10GigabitEthernet1/2/1': expect.objectContaining({ is_up: false, is_enabled: true, mtu: -1 }),
      Ve10: expect.objectContaining({ is_up: true, description: 'users', mtu: 1500 }),
    });
    expect(await fastiron('get_interfaces_ip')).toEqual({
      '10GigabitEthernet1/2/1': { ipv4: { '203.0.113.1': { prefix_length: 30 } } },
      Ve10: { ipv4: { '192.0.2.1': { prefix_length: 24 } }, ipv6: { '2001:db8::1': { prefix_length: 64 } } },
    });
  });

  test('ARP and MAC tables', async () => {
    expect(await fastiron('get_arp_table')).toEqual([
      { interface: 'GigabitEthernet1/1/1', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: 3 },
      { interface: '10GigabitEthernet1/2/1', mac: '02:00:5E:00:00:0A', ip: '192.0.2.10', age: -1 },
    ]);
    expect(await fastiron('get_mac_address_table')).toMatchObject([
      { mac: '02:00:5E:00:00:09', interface: 'GigabitEthernet1/1/1', vlan: 10, static: false },
      { mac: '02:00:5E:00:00:0A', interface: '10GigabitEthernet1/2/1', vlan: 20, static: true },
    ]);
  });

  test('tables of other releases', async () => {
    const other = {
      ...answers,
      'show arp': `Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  192.0.2.9               94   0200.5e00.0009  ARPA   Vlan10
Internet  192.0.2.1               -    0200.5e00.0001  ARPA   Vlan10
`,
      'show mac-address': `Total active entries from all ports = 1
MAC Address     Port      Age      VLAN    Type

0200.5e00.0009   1/1/1      0        1000
`,
    };
    expect(await told('brocade_fastiron', 'get_arp_table', other)).toMatchObject({
      value: [
        { interface: 'Vlan10', age: 94 },
        { interface: 'Vlan10', age: -1 },
      ],
      warnings: [],
    });
    expect(await told('brocade_fastiron', 'get_mac_address_table', other)).toMatchObject({
      value: [{ interface: 'GigabitEthernet1/1/1', vlan: 1000, static: false }],
      warnings: [],
    });
  });

  test('LLDP', async () => {
    expect(await fastiron('get_lldp_neighbors')).toEqual({
      'GigabitEthernet1/1/1': [{ hostname: 'core1', port: 'Gi2/2' }],
    });
    expect((await fastiron('get_lldp_neighbors_detail'))['GigabitEthernet1/1/1']).toEqual([
      {
        parent_interface: '',
        remote_port: 'Gi2/2',
        remote_chassis_id: '02:00:5E:00:00:FF',
        remote_port_description: 'GigabitEthernet2/2',
        remote_system_name: 'core1',
        remote_system_description: 'A long description which the switch cuts into pieces',
        remote_system_capab: ['bridge', 'router'],
        remote_system_enable_capab: ['router'],
      },
    ]);
    const off = { ...answers, 'show lldp neighbors detail': 'LLDP is not running\n' };
    expect(await told('brocade_fastiron', 'get_lldp_neighbors', off)).toMatchObject({
      value: {},
      notes: ['LLDP is not running'],
      warnings: [],
    });
  });

  test('BGP', async () => {
    expect(await fastiron('get_bgp_neighbors')).toMatchObject({
      global: {
        router_id: '192.0.2.255',
        peers: {
          '192.0.2.2': {
            local_as: 64_500,
            remote_as: 64_501,
            is_up: true,
            is_enabled: true,
            uptime: 86_400 + 2 * 3600 + 180,
            address_family: { ipv4: { sent_prefixes: 4, accepted_prefixes: 12, received_prefixes: 15 } },
          },
          '192.0.2.3': { is_up: false, is_enabled: true, uptime: -1 },
          '192.0.2.4': { is_up: false, is_enabled: false },
        },
      },
    });
  });

  test('routes', async () => {
    const { '192.0.2.0/24': routes } = await fastiron('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes).toMatchObject([
      {
        protocol: 'bgp',
        next_hop: '203.0.113.2',
        outgoing_interface: 'Ve10',
        preference: 20,
        age: 2 * 86_400 + 36_000,
      },
      { protocol: 'connected', next_hop: '', outgoing_interface: '10GigabitEthernet1/2/1', age: 309 },
    ]);
    await expect(fastiron('get_route_to', { destination: '2001:db8::/64' })).rejects.toMatchObject({
      code: 'NW_NOT_SUPPORTED',
    });
  });

  test('VLANs, users, configurations', async () => {
    expect(await fastiron('get_vlans')).toEqual({
      '1': { name: 'DEFAULT-VLAN', interfaces: [] },
      '10': {
        name: 'office users',
        interfaces: ['10GigabitEthernet1/2/1', 'GigabitEthernet1/1/1', 'GigabitEthernet1/1/2'],
      },
    });
    expect(await fastiron('get_users')).toEqual({
      admin: { level: 15, password: '$1$invented$hash1', sshkeys: [] },
      viewer: { level: 1, password: '$1$invented$hash2', sshkeys: [] },
    });
    const { running, startup } = await fastiron('get_config', { sanitized: true });
    expect(running).toContain('<removed>');
    expect(running).not.toContain('invented');
    expect(startup).toContain('hostname closet1');
  });
});

describe.each(await gettersOf('brocade_fastiron'))('FastIron with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('brocade_fastiron', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('brocade_fastiron', getter, answers);
  });
  test('reads long answers in time', { timeout: 60_000 }, async () => {
    await readsLongAnswersInTime('brocade_fastiron', getter, answers);
  });
});
