import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const routeros = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) => {
  const { value, warnings } = await told('mikrotik_routeros', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
};

describe('RouterOS', () => {
  test('facts', async () => {
    expect(await routeros('get_facts')).toEqual({
      vendor: 'MikroTik',
      model: 'RB5009UG+S+IN',
      hostname: 'gw1',
      fqdn: 'gw1',
      os_version: '7.16 (stable)',
      serial_number: 'HE00INVENT',
      uptime: 604_800 + 5 * 86_400 + 2 * 3600 + 31 * 60 + 30,
      interface_list: ['ether1', 'ether2', 'bridge 1'],
    });
  });

  test('interfaces', async () => {
    expect(await routeros('get_interfaces')).toEqual({
      ether1: {
        is_up: true,
        is_enabled: true,
        description: 'to the "upstream"',
        last_flapped: 60,
        speed: -1,
        mtu: 1500,
        mac_address: '02:00:5E:00:00:01',
      },
      ether2: expect.objectContaining({ is_up: false, is_enabled: false, description: 'two lines\nof comment' }),
      'bridge 1': expect.objectContaining({ is_up: true, mtu: 1500, last_flapped: -1 }),
    });
    expect(await routeros('get_interfaces_ip')).toEqual({
      'bridge 1': { ipv4: { '192.0.2.1': { prefix_length: 24 } } },
      ether1: {
        ipv4: { '198.51.100.9': { prefix_length: 30 } },
        ipv6: { '2001:db8::1': { prefix_length: 64 }, 'fe80::1': { prefix_length: 64 } },
      },
    });
  });

  test('ARP table and hosts of bridges', async () => {
    expect(await routeros('get_arp_table')).toEqual([
      { interface: 'bridge 1', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: -1 },
    ]);
    await expect(routeros('get_arp_table', { vrf: 'RED' })).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    expect(await routeros('get_mac_address_table')).toMatchObject([
      { mac: '02:00:5E:00:00:09', interface: 'ether2', vlan: 10, static: false },
      { mac: '02:00:5E:00:00:0A', interface: 'ether3', vlan: 0, static: true },
      { mac: '02:00:5E:00:00:03', interface: 'bridge 1', static: false },
    ]);
  });

  test('LLDP, without what other protocols found', async () => {
    const { value, notes } = await told('mikrotik_routeros', 'get_lldp_neighbors', answers);
    expect(value).toEqual({ ether1: [{ hostname: 'core 1', port: 'ether5' }] });
    expect(notes).toEqual(['1 neighbours were found by other protocols than LLDP']);
    expect(await routeros('get_lldp_neighbors_detail', { interface: 'ether1' })).toEqual({
      ether1: [
        {
          parent_interface: 'bridge 1',
          remote_port: 'ether5',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_port_description: '',
          remote_system_name: 'core 1',
          remote_system_description: 'MikroTik RouterOS 7.15.1 (stable)',
          remote_system_capab: ['bridge', 'wlan-access-point', 'router'],
          remote_system_enable_capab: ['router'],
        },
      ],
    });
  });

  test('BGP of 7', async () => {
    expect(await routeros('get_bgp_neighbors')).toEqual({
      global: {
        router_id: '192.0.2.1',
        peers: {
          '192.0.2.2': {
            local_as: 64_500,
            remote_as: 64_501,
            remote_id: '203.0.113.2',
            is_up: true,
            is_enabled: true,
            description: 'the upstream',
            uptime: 3723,
            address_family: { ipv4: { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: 12 } },
          },
          '2001:db8::2': expect.objectContaining({
            is_up: false,
            is_enabled: false,
            remote_as: 64_502,
            uptime: -1,
            address_family: { ipv6: { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: -1 } },
          }),
        },
      },
    });
  });

  test('BGP of 6', async () => {
    const older = {
      '/routing bgp peer print status without-paging': `Flags: X - disabled, E - established
 0 E name="hub" instance=default remote-address=192.0.2.2 remote-as=64501 tcp-md5-key="" address-families=ip remote-id=203.0.113.2 local-address=192.0.2.1 uptime=5w3d1h12m48s prefix-count=8
     used-hold-time=9s state=established
`,
      '/routing bgp instance print detail without-paging': `Flags: * - default, X - disabled
 0 *  name="default" as=64500 router-id=192.0.2.1 redistribute-connected=no
`,
    };
    expect(await told('mikrotik_routeros', 'get_bgp_neighbors', older)).toMatchObject({
      value: {
        global: {
          router_id: '192.0.2.1',
          peers: {
            '192.0.2.2': {
              local_as: 64_500,
              remote_as: 64_501,
              is_up: true,
              uptime: 5 * 604_800 + 3 * 86_400 + 3600 + 12 * 60 + 48,
              address_family: { ipv4: { received_prefixes: 8 } },
            },
          },
        },
      },
      warnings: [],
    });
  });

  test('routes of 7', async () => {
    const { '192.0.2.0/24': routes } = await routeros('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes).toMatchObject([
      {
        protocol: 'bgp',
        current_active: true,
        next_hop: '203.0.113.2',
        outgoing_interface: 'ether1',
        preference: 20,
        routing_table: 'main',
        protocol_attributes: {
          as_path: '64501 64499',
          remote_as: 64_501,
          local_preference: 100,
          communities: ['64500:1', '64500:2'],
          metric: 5,
        },
      },
      { protocol: 'static', current_active: false, next_hop: '203.0.113.9', inactive_reason: 'not active' },
      { protocol: 'connected', next_hop: '', outgoing_interface: 'bridge1', routing_table: 'RED' },
    ]);
  });

  test('routes of 6', async () => {
    const older = {
      '/ip route print detail without-paging where 192.0.2.9 in dst-address': `Flags: X - disabled, A - active, D - dynamic, C - connect, S - static, r - rip, b - bgp, o - ospf
 0 ADb  dst-address=192.0.2.0/24 gateway=203.0.113.2 gateway-status=203.0.113.2 reachable via  ether1 distance=20 scope=40 target-scope=10 bgp-as-path="64501" bgp-local-pref=300 received-from=peer1
 1 ADC  dst-address=192.0.2.8/30 pref-src=192.0.2.10 gateway=ether2 gateway-status=ether2 reachable distance=0 scope=10
`,
    };
    expect(await told('mikrotik_routeros', 'get_route_to', older, { destination: '192.0.2.9' })).toMatchObject({
      value: {
        '192.0.2.0/24': [{ protocol: 'bgp', outgoing_interface: 'ether1', protocol_attributes: { as_path: '64501' } }],
        '192.0.2.8/30': [{ protocol: 'connected', outgoing_interface: 'ether2', next_hop: '' }],
      },
      warnings: [],
    });
  });

  test('users, VLANs, the configuration', async () => {
    expect(await routeros('get_users')).toEqual({
      admin: { level: 15, password: '', sshkeys: [] },
      watcher: { level: 1, password: '', sshkeys: [] },
    });
    expect(await routeros('get_vlans')).toEqual({
      '10': { name: 'offices', interfaces: ['bridge1', 'ether3', 'ether2'] },
      '20': { name: 'offices', interfaces: ['bridge1', 'ether3', 'ether2'] },
      '21': { name: 'offices', interfaces: ['bridge1', 'ether3', 'ether2'] },
      '30': { name: 'users', interfaces: ['bridge1'] },
    });
    const { running } = await routeros('get_config', { sanitized: true });
    expect(running).toContain('wpa2-pre-shared-key=<removed>');
    expect(running).toContain('set name=gw1');
  });
});

describe.each(await gettersOf('mikrotik_routeros'))('RouterOS with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('mikrotik_routeros', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('mikrotik_routeros', getter, answers);
  });
  test('reads long answers in time', { timeout: 60_000 }, async () => {
    await readsLongAnswersInTime('mikrotik_routeros', getter, answers);
  });
});
