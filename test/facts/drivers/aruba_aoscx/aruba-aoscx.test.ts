import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { recordedAtMs } from '../../recorded.ts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const aoscx = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) => {
  const { value, warnings } = await told('aruba_aoscx', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
};

describe('AOS-CX', () => {
  test('facts', async () => {
    expect(await aoscx('get_facts')).toEqual({
      vendor: 'Aruba',
      model: 'JL665A 6300F 48G CL4 PoE 4SFP56 Sw',
      hostname: 'dist1',
      fqdn: 'dist1.example.net',
      os_version: 'FL.10.11.1021',
      serial_number: 'SG00INVENT',
      uptime: 5 * 604_800 + 2 * 86_400 + 720,
      interface_list: ['1/1/1', '1/1/2', 'lag10', 'vlan10', 'mgmt'],
    });
  });

  test('interfaces', async () => {
    expect(await aoscx('get_interfaces')).toEqual({
      '1/1/1': {
        is_up: true,
        is_enabled: true,
        description: 'to core',
        last_flapped: recordedAtMs / 1000 - Date.UTC(2017, 6, 13, 12, 40) / 1000,
        speed: 10_000,
        mtu: 9198,
        mac_address: '02:00:5E:00:00:01',
      },
      '1/1/2': {
        is_up: false,
        is_enabled: false,
        description: '',
        last_flapped: -1,
        speed: -1,
        mtu: 1500,
        mac_address: '02:00:5E:00:00:02',
      },
      lag10: expect.objectContaining({ is_up: true, speed: 20_000, mac_address: '02:00:5E:00:00:00' }),
      vlan10: expect.objectContaining({ is_up: true, description: 'users', speed: -1, mtu: -1 }),
      mgmt: expect.objectContaining({ is_up: true, is_enabled: true, mac_address: '02:00:5E:00:00:0A' }),
    });
    expect(await aoscx('get_interfaces_ip')).toEqual({
      vlan10: { ipv4: { '192.0.2.1': { prefix_length: 24 } }, ipv6: { '2001:db8::1': { prefix_length: 64 } } },
      mgmt: { ipv4: { '198.51.100.40': { prefix_length: 26 } }, ipv6: { 'fe80::1': { prefix_length: 64 } } },
    });
  });

  test('ARP and MAC tables', async () => {
    expect(await aoscx('get_arp_table')).toEqual([
      { interface: 'vlan10', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: -1 },
      { interface: '1/1/28', mac: '02:00:5E:00:00:0B', ip: '203.0.113.9', age: -1 },
    ]);
    const entry = { active: true, static: false, moves: -1, last_move: -1 };
    expect(await aoscx('get_mac_address_table')).toEqual([
      { ...entry, mac: '02:00:5E:00:00:09', interface: '1/1/5', vlan: 10 },
      { ...entry, mac: '02:00:5E:00:00:0C', interface: 'lag10', vlan: 20 },
    ]);
    const empty = { 'show mac-address-table': 'No MAC entries found.\n' };
    expect(await told('aruba_aoscx', 'get_mac_address_table', empty)).toEqual(
      expect.objectContaining({ value: [], warnings: [], notes: ['the table is empty'] }),
    );
  });

  test('LLDP', async () => {
    expect(await aoscx('get_lldp_neighbors')).toEqual({
      '1/1/1': [{ hostname: 'core1.example.net', port: 'Gi1/1' }],
      '1/1/2': [{ hostname: 'ap1', port: '02:00:5e:00:00:fe' }],
    });
    expect(await aoscx('get_lldp_neighbors_detail', { interface: '1/1/1' })).toEqual({
      '1/1/1': [
        {
          parent_interface: '',
          remote_port: 'Gi1/1',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_port_description: 'Uplink',
          remote_system_name: 'core1.example.net',
          remote_system_description: 'A router, Version 1.0\nTechnical Support: http://www.example.net',
          remote_system_capab: ['bridge', 'router'],
          remote_system_enable_capab: ['router'],
        },
      ],
    });
  });

  test('BGP', async () => {
    const unknown = { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: -1 };
    expect(await aoscx('get_bgp_neighbors')).toEqual({
      global: {
        router_id: '192.0.2.255',
        peers: {
          '192.0.2.2': expect.objectContaining({ is_up: false, is_enabled: false, uptime: -1, remote_as: 64_501 }),
          '192.0.2.3': {
            local_as: 64_500,
            remote_as: 4_200_000_001,
            remote_id: '',
            is_up: true,
            is_enabled: true,
            description: '',
            uptime: 2 * 30 * 86_400 + 2 * 604_800 + 6 * 86_400,
            address_family: { ipv4: unknown, 'l2vpn evpn': unknown },
          },
        },
      },
      RED: { router_id: '203.0.113.1', peers: {} },
    });
  });

  test('routes of both forms', async () => {
    const { '192.0.2.0/24': routes = [] } = await aoscx('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes).toMatchObject([
      {
        protocol: 'bgp',
        age: 2 * 86_400 + 10 * 3600 + 900,
        next_hop: '203.0.113.2',
        outgoing_interface: 'vlan20',
        preference: 20,
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
      { next_hop: '203.0.113.3', age: 605, protocol_attributes: { as_path: '64502' } },
      { protocol: 'connected', outgoing_interface: 'vlan20', next_hop: '', routing_table: 'RED', preference: 0 },
      { protocol: 'static', next_hop: '203.0.113.9', preference: 1, age: -1 },
    ]);
    const only = await aoscx('get_route_to', { destination: '192.0.2.0/24', protocol: 'direct' });
    expect(only['192.0.2.0/24']).toHaveLength(1);
    await expect(aoscx('get_route_to', { destination: '192.0.2.0/24', longer: true })).rejects.toMatchObject({
      code: 'NW_NOT_SUPPORTED',
    });
  });

  test('VLANs, users, configurations', async () => {
    expect(await aoscx('get_vlans')).toEqual({
      '1': { name: 'DEFAULT_VLAN_1', interfaces: ['1/1/3', '1/1/4', '1/1/5', 'lag10'] },
      '10': { name: 'office users', interfaces: [] },
      '20': { name: 'servers', interfaces: ['1/1/1', '1/1/7', '1/1/8'] },
    });
    expect(await aoscx('get_users')).toEqual({
      admin: { level: 15, password: 'AQBinvented1', sshkeys: ['ssh-ed25519 AAAAC3Nza laptop'] },
      watcher: { level: 1, password: 'AQBinvented2', sshkeys: [] },
    });
    const { running, startup } = await aoscx('get_config', { sanitized: true });
    expect(running).toContain('password ciphertext <removed>');
    expect(running).not.toContain('invented');
    expect(startup).toBe('!\nhostname dist1');
  });
});

describe.each(await gettersOf('aruba_aoscx'))('AOS-CX with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('aruba_aoscx', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('aruba_aoscx', getter, answers);
  });
  test('reads long answers in time', { timeout: 60_000 }, async () => {
    await readsLongAnswersInTime('aruba_aoscx', getter, answers);
  });
});
