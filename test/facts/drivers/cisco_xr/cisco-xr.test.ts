import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const xr = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  await told('cisco_xr', getter, answers, args);

describe('IOS XR at the command line', () => {
  test('facts', async () => {
    expect((await xr('get_facts')).value).toEqual({
      vendor: 'Cisco',
      model: 'ASR-9006-AC-V2',
      serial_number: 'FOX1111BBBB',
      hostname: 'pe1',
      fqdn: 'pe1',
      os_version: '6.6.3',
      uptime: 17 * 86_400 + 4 * 3600 + 5 * 60,
      interface_list: ['Bundle-Ether1', 'Loopback0', 'GigabitEthernet0/0/0/1'],
    });
  });

  test('interfaces, and that a loopback has no speed and no address', async () => {
    const { value, warnings } = await xr('get_interfaces');
    expect(value['Bundle-Ether1']).toEqual({
      is_up: true,
      is_enabled: true,
      description: 'to the core, "quoted"',
      last_flapped: 26 * 3600,
      mtu: 9214,
      speed: 20_000,
      mac_address: '02:00:5E:00:01:01',
    });
    expect(value['Loopback0']).toMatchObject({ speed: 0, mac_address: '', last_flapped: -1, is_up: true });
    expect(value['GigabitEthernet0/0/0/1']).toMatchObject({ is_up: false, is_enabled: false });
    expect(warnings).toEqual([]);
  });

  test('counters, none of a loopback', async () => {
    const { value } = await xr('get_interfaces_counters');
    expect(Object.keys(value)).toEqual(['Bundle-Ether1', 'GigabitEthernet0/0/0/1']);
    expect(value['Bundle-Ether1']).toEqual({
      tx_octets: 8765,
      rx_octets: 45_678,
      tx_unicast_packets: 99,
      rx_unicast_packets: 123,
      tx_multicast_packets: 50,
      rx_multicast_packets: 40,
      tx_broadcast_packets: 4,
      rx_broadcast_packets: 3,
      tx_discards: 1,
      rx_discards: 2,
      tx_errors: 6,
      rx_errors: 5,
    });
  });

  test('addresses, secondary ones and IPv6 too', async () => {
    expect((await xr('get_interfaces_ip')).value).toEqual({
      'Bundle-Ether1': {
        ipv4: { '192.0.2.1': { prefix_length: 30 }, '192.0.2.129': { prefix_length: 26 } },
        ipv6: { '2001:db8:1::1': { prefix_length: 64 } },
      },
      Loopback0: { ipv4: { '198.51.100.1': { prefix_length: 32 } } },
    });
  });

  test('ARP, without those that do not answer', async () => {
    expect((await xr('get_arp_table')).value).toEqual([
      { interface: 'Bundle-Ether1', mac: '02:00:5E:00:01:01', ip: '192.0.2.1', age: -1 },
      { interface: 'Bundle-Ether1', mac: '02:00:5E:00:09:99', ip: '192.0.2.2', age: 3932 },
    ]);
  });

  test('the ARP table of a VRF is asked for by name, and the name cannot be more than a word', async () => {
    const ofVrf = { 'show arp vrf CUST': answers['show arp']! };
    expect((await told('cisco_xr', 'get_arp_table', ofVrf, { vrf: 'CUST' })).value).toHaveLength(2);
    await expect(told('cisco_xr', 'get_arp_table', ofVrf, { vrf: 'CUST\nreload' })).rejects.toMatchObject({
      code: 'NW_USAGE',
    });
  });

  test('learned addresses, once though every card has them', async () => {
    expect((await xr('get_mac_address_table')).value).toEqual([
      entry('02:00:5E:00:0A:AA', 'Te0/0/0/1.100', false),
      entry('02:00:5E:00:0B:BB', 'BE1.200', true),
    ]);
  });

  test('LLDP: names that touch the next column, neighbours that tell little', async () => {
    expect((await xr('get_lldp_neighbors')).value).toEqual({
      'Gi0/0/0/0': [{ hostname: 'leaf1', port: 'Ethernet1' }],
      'Te0/0/0/3': [{ hostname: 'a-name-that-touches', port: '0200.5e00.0c0c' }],
    });
    expect((await xr('get_lldp_neighbors_detail')).value).toEqual({
      'GigabitEthernet0/0/0/0': [
        {
          parent_interface: 'Bundle-Ether1',
          remote_chassis_id: '02:00:5E:00:0C:01',
          remote_port: 'Ethernet1',
          remote_port_description: 'to pe1',
          remote_system_name: 'leaf1',
          remote_system_description: 'An operating system, version 1\nof two lines',
          remote_system_capab: ['bridge', 'router'],
          remote_system_enable_capab: ['router'],
        },
      ],
      'TenGigE0/0/0/3': [
        expect.objectContaining({ remote_chassis_id: 'rack7', remote_system_name: '', remote_system_capab: [] }),
      ],
    });
  });

  test('without LLDP the reason is told', async () => {
    const off = { 'show lldp neighbors': '% LLDP is not enabled\n' };
    const { value, notes, warnings } = await told('cisco_xr', 'get_lldp_neighbors', off);
    expect({ value, notes, warnings }).toEqual({ value: {}, notes: ['LLDP is not enabled'], warnings: [] });
  });

  test('BGP peers of all instances and families', async () => {
    const { value } = await xr('get_bgp_neighbors');
    expect(value['global']).toEqual({
      router_id: '198.51.100.1',
      peers: {
        '192.0.2.2': {
          local_as: 64_500,
          remote_as: 64_501,
          remote_id: '198.51.100.2',
          is_up: true,
          is_enabled: true,
          description: 'a peer',
          uptime: 26 * 3600,
          address_family: {
            ipv4: { received_prefixes: 7, accepted_prefixes: 5, sent_prefixes: 10 },
            ipv6: { received_prefixes: 1, accepted_prefixes: 1, sent_prefixes: 3 },
          },
        },
        '2001:db8:1::2': expect.objectContaining({
          remote_as: 4_200_000_001,
          is_up: false,
          is_enabled: false,
          uptime: -1,
        }),
      },
    });
    expect(value['CUST']).toMatchObject({ router_id: '198.51.100.9', peers: { '203.0.113.2': { is_up: false } } });
  });

  test('BGP peers in full', async () => {
    const { value } = await xr('get_bgp_neighbors_detail', { neighbor_address: '192.0.2.2' });
    expect(Object.keys(value)).toEqual(['global']);
    expect(value['global']!['64501']).toEqual([
      expect.objectContaining({
        up: true,
        local_address: '192.0.2.1',
        local_port: 179,
        remote_port: 33_333,
        import_policy: 'IN',
        export_policy: 'OUT',
        input_messages: 160,
        output_messages: 150,
        input_updates: 34,
        output_updates: 12,
        messages_queued_out: 2,
        holdtime: 90,
        configured_holdtime: 180,
        keepalive: 30,
        configured_keepalive: 60,
        active_prefix_count: 5,
        accepted_prefix_count: 6,
        suppressed_prefix_count: 2,
        advertised_prefix_count: 13,
        flap_count: 2,
      }),
    ]);
  });

  test('routes, one for each path', async () => {
    const { value, warnings } = await xr('get_route_to', { destination: '192.0.2.0/24', protocol: 'BGP' });
    expect(value).toEqual({
      '192.0.2.0/24': [
        route({ next_hop: '192.0.2.2', outgoing_interface: '' }),
        route({ next_hop: '192.0.2.6', outgoing_interface: 'Bundle-Ether2' }),
      ],
    });
    expect(warnings).toEqual([]);
    expect((await xr('get_route_to', { destination: '192.0.2.0/24', protocol: 'ospf' })).value).toEqual({});
  });

  test('longer prefixes come from the table', async () => {
    const table = `Codes: C - connected, S - static, B - BGP

Gateway of last resort is not set

B    192.0.2.0/25 [20/0] via 192.0.2.2, 1d02h
                  [20/0] via 192.0.2.6, 1d02h, Bundle-Ether2
C    192.0.2.128/30 is directly connected, 01:02:03, GigabitEthernet0/0/0/0
`;
    const { value } = await told(
      'cisco_xr',
      'get_route_to',
      { 'show route 192.0.2.0/24 longer-prefixes': table },
      { destination: '192.0.2.0/24', longer: true },
    );
    expect(value).toEqual({
      '192.0.2.0/25': [
        route({ protocol: 'bgp', age: 93_600, next_hop: '192.0.2.2' }),
        route({ protocol: 'bgp', age: 93_600, next_hop: '192.0.2.6', outgoing_interface: 'Bundle-Ether2' }),
      ],
      '192.0.2.128/30': [route({ protocol: 'connected', preference: 0, outgoing_interface: 'GigabitEthernet0/0/0/0' })],
    });
  });

  test('no route is told as such, and a destination is an address', async () => {
    const none = { 'show route 203.0.113.0/24': '% Network not in table\n' };
    const { value, notes } = await told('cisco_xr', 'get_route_to', none, { destination: '203.0.113.0/24' });
    expect({ value, notes }).toEqual({ value: {}, notes: ['no route to 203.0.113.0/24'] });
    await expect(xr('get_route_to', { destination: 'somewhere' })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  test('configuration without the time, sanitized when asked for', async () => {
    expect((await xr('get_config')).value).toEqual({
      running: answers['show running-config']!.split('\n').slice(2).join('\n'),
      candidate: '',
      startup: '',
    });
    const { running } = (await xr('get_config', { sanitized: true })).value;
    expect(running).toContain(' secret 5 <removed>\n');
    expect(running).not.toContain('bbbbb');
    expect((await xr('get_config', { retrieve: 'startup' })).value.running).toBe('');
  });

  test('users and their first group', async () => {
    expect((await xr('get_users')).value).toEqual({
      admin: { level: 15, password: '$1$aaaa$bbbbbbbbbbbbbbbbbbbbbb', sshkeys: [] },
      guest: { level: 5, password: '0000000000', sshkeys: [] },
    });
  });

  test('NTP servers, peers and associations, also those of a VRF', async () => {
    expect((await xr('get_ntp_servers')).value).toEqual({ '192.0.2.10': {}, '192.0.2.11': {} });
    expect((await xr('get_ntp_peers')).value).toEqual({ '2001:db8::10': {} });
    const { value, warnings } = await xr('get_ntp_stats');
    expect(value).toEqual([
      association({ remote: '192.0.2.10', synchronized: true, referenceid: '.GPS.', stratum: 1, when: '22' }),
      association({
        remote: '192.0.2.11',
        referenceid: '.INIT.',
        stratum: 16,
        when: '-',
        hostpoll: 1024,
        reachability: 0,
        delay: 0,
        offset: 0,
        jitter: 15_937,
      }),
    ]);
    expect(warnings).toEqual([]);
  });

  test('SNMP communities with their lists', async () => {
    expect((await xr('get_snmp_information')).value).toEqual({
      chassis_id: 'pe1',
      contact: 'somebody at home',
      location: 'Rack 1, Row 2',
      community: { open: { mode: 'ro', acl: '' }, closed: { mode: 'rw', acl: 'MANAGEMENT' } },
    });
  });

  test('environment: a hot inlet, a tray that stands still, a dead supply', async () => {
    expect((await xr('get_environment')).value).toEqual({
      fans: { FT0: { status: true }, FT1: { status: false } },
      temperature: {
        '0/RSP0/CPU0': { temperature: 27, is_alert: false, is_critical: false },
        '0/0/CPU0': { temperature: 52, is_alert: true, is_critical: false },
      },
      power: {
        '0/PT0-PM0': { status: true, capacity: 6000, output: 2015.36 },
        '0/PT0-PM1': { status: false, capacity: 6000, output: 0 },
      },
      cpu: { '0': { '%usage': 4 } },
      memory: { available_ram: 12_288 * 1_048_576, used_ram: 3288 * 1_048_576 },
    });
  });

  test('what is only to be had over NETCONF is refused by name', async () => {
    await expect(xr('get_bgp_config')).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
  });

  test('an unknown line is a warning with the line', async () => {
    const odd = { 'show arp': `${answers['show arp']!}192.0.2.9 something else\n` };
    const { value, warnings } = await told('cisco_xr', 'get_arp_table', odd);
    expect(value).toHaveLength(2);
    expect(warnings).toEqual([
      { command: 'show arp', line: '192.0.2.9 something else', number: 8, reason: 'unknown line' },
    ]);
  });
});

describe.each(await gettersOf('cisco_xr'))('IOS XR with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('cisco_xr', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('cisco_xr', getter, answers);
  });
});

const entry = (mac: string, port: string, isStatic: boolean) => ({
  mac,
  interface: port,
  vlan: 0,
  static: isStatic,
  active: true,
  moves: 0,
  last_move: 0,
});

const route = (fields: object) => ({
  protocol: 'bgp 64500',
  current_active: true,
  last_active: true,
  age: 3723,
  next_hop: '',
  outgoing_interface: '',
  selected_next_hop: true,
  preference: 20,
  inactive_reason: '',
  routing_table: 'default',
  protocol_attributes: {},
  ...fields,
});

const association = (fields: object) => ({
  remote: '',
  synchronized: false,
  referenceid: '',
  stratum: 0,
  type: '',
  when: '',
  hostpoll: 128,
  reachability: 377,
  delay: 1,
  offset: -0.123,
  jitter: 0.512,
  ...fields,
});
