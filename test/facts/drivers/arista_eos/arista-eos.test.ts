import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers, bgpTexts, structured } from './answers.ts';

const eos = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await told('arista_eos', getter, answers, args)).value;

describe('EOS', () => {
  test('facts, names in the order of people', async () => {
    expect(await eos('get_facts')).toEqual({
      vendor: 'Arista',
      model: 'DCS-7050X',
      hostname: 'leaf1',
      fqdn: 'leaf1.example.net',
      os_version: '4.29.2F-1.4292F',
      serial_number: 'JPE0000000',
      uptime: 9999,
      interface_list: ['Ethernet2', 'Ethernet10', 'Loopback0'],
    });
  });

  test('a release that tells no uptime was started when it says', async () => {
    const old: Partial<(typeof structured)['show version']> = { ...structured['show version'] };
    delete old.uptime;
    const { value } = await told('arista_eos', 'get_facts', { ...answers, 'show version': old });
    expect(value.uptime).toBe(9999);
  });

  test('interfaces', async () => {
    expect(await eos('get_interfaces')).toEqual({
      Ethernet10: {
        is_up: false,
        is_enabled: false,
        description: '',
        last_flapped: 1_499_999_000.25,
        mtu: 9214,
        speed: 0,
        mac_address: '02:00:5E:00:01:0A',
      },
      Ethernet2: expect.objectContaining({ is_up: true, speed: 25_000, description: 'to spine1 ', last_flapped: -1 }),
      Loopback0: expect.objectContaining({ speed: -1, mac_address: '', mtu: 65_535 }),
    });
    expect(await eos('get_interfaces_counters')).toEqual({
      Ethernet10: {
        tx_octets: 20,
        rx_octets: 10,
        tx_unicast_packets: 2,
        rx_unicast_packets: 1,
        tx_multicast_packets: 4,
        rx_multicast_packets: 3,
        tx_broadcast_packets: 6,
        rx_broadcast_packets: 5,
        tx_discards: 8,
        rx_discards: 7,
        tx_errors: 11,
        rx_errors: 9,
      },
    });
  });

  test('addresses, also where IPv6 is refused', async () => {
    const vlan10 = { ipv4: { '192.0.2.1': { prefix_length: 24 }, '198.51.100.1': { prefix_length: 25 } } };
    expect(await eos('get_interfaces_ip')).toEqual({
      Vlan10: { ...vlan10, ipv6: { '2001:db8::1': { prefix_length: 64 }, 'fe80::1': { prefix_length: 64 } } },
    });
    const rest = { ...answers };
    delete (rest as Record<string, string>)['show ipv6 interface'];
    expect((await told('arista_eos', 'get_interfaces_ip', rest)).value).toEqual({ Vlan10: vlan10 });
  });

  test('ARP of all instances or one', async () => {
    expect(await eos('get_arp_table')).toEqual([
      { interface: 'Vlan10, Ethernet2', mac: '02:00:5E:00:00:01', ip: '192.0.2.9', age: 12 },
      { interface: 'Vlan10', mac: '02:00:5E:00:00:02', ip: '192.0.2.10', age: -1 },
      { interface: 'Vlan20', mac: '02:00:5E:00:00:03', ip: '203.0.113.9', age: 1 },
    ]);
    expect(await eos('get_arp_table', { vrf: 'RED' })).toHaveLength(1);
  });

  test('LLDP', async () => {
    expect(await eos('get_lldp_neighbors')).toEqual({
      Ethernet2: [
        { hostname: 'spine1', port: 'Ethernet1' },
        { hostname: 'phone', port: '0200.5e00.0099' },
      ],
    });
    expect(await eos('get_lldp_neighbors_detail')).toEqual({
      Ethernet2: [
        {
          parent_interface: 'Ethernet2',
          remote_port: 'Ethernet1',
          remote_port_description: 'to leaf1',
          remote_system_name: 'spine1',
          remote_system_description: 'a switch ',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_system_capab: ['bridge', 'router', 'wlan-access-point'],
          remote_system_enable_capab: ['bridge', 'router'],
        },
      ],
    });
  });

  test('tables of addresses, instances, VLANs, optics, users', async () => {
    expect(await eos('get_mac_address_table')).toEqual([
      {
        mac: '02:00:5E:00:AA:01',
        interface: 'Ethernet2',
        vlan: 10,
        static: false,
        active: true,
        moves: 3,
        last_move: 1.5,
      },
      {
        mac: '02:00:5E:00:AA:02',
        interface: 'Router',
        vlan: 10,
        static: true,
        active: true,
        moves: 0,
        last_move: 0,
      },
    ]);
    expect(await eos('get_network_instances', { name: 'RED' })).toEqual({
      RED: {
        name: 'RED',
        type: 'L3VRF',
        state: { route_distinguisher: '64500:1' },
        interfaces: { interface: { Vlan20: {}, Vlan21: {} } },
      },
    });
    expect(await eos('get_vlans')).toEqual({
      '10': { name: 'servers', interfaces: ['Ethernet2', 'Cpu'] },
      '20': { name: 'RED', interfaces: [] },
    });
    expect(Object.keys(await eos('get_optics'))).toEqual(['Ethernet2']);
    expect(await eos('get_users')).toEqual({
      admin: { level: 15, password: '$6$aaaa$bbbb', sshkeys: ['ssh-ed25519 AAAA admin'] },
      guest: { level: 1, password: '', sshkeys: [] },
    });
  });

  test('environment: alarms, a failed tray, a supply without power, memory in kilobytes', async () => {
    expect(await eos('get_environment')).toEqual({
      fans: { '1': { status: true }, '2': { status: false } },
      temperature: {
        TempSensor1: { temperature: 96, is_alert: true, is_critical: true },
        'TempSensor1/1': { temperature: 91.5, is_alert: true, is_critical: false },
      },
      power: { '1': { status: true, capacity: 500, output: 120.5 }, '2': { status: false, capacity: 500, output: -1 } },
      cpu: { '0': { '%usage': 14.2 } },
      memory: { available_ram: 3_977_728, used_ram: 2_048_000 },
    });
  });

  test('a virtual switch has no sensors', async () => {
    const { cpu, fans } = (
      await told('arista_eos', 'get_environment', { 'show processes top once': answers['show processes top once']! })
    ).value;
    expect({ cpu, fans }).toEqual({ cpu: { '0': { '%usage': 14.2 } }, fans: {} });
  });

  test('BGP peers: both families, AS numbers with a dot, one that is shut down', async () => {
    const { global } = await eos('get_bgp_neighbors');
    expect(global).toEqual({
      router_id: '198.51.100.1',
      peers: {
        '192.0.2.2': {
          local_as: 64_500,
          remote_as: 65_546,
          remote_id: '198.51.100.2',
          is_up: true,
          is_enabled: true,
          description: 'spine',
          // 600 seconds before the recordings were asked.
          uptime: 600,
          address_family: {
            ipv4: { received_prefixes: 9, accepted_prefixes: 7, sent_prefixes: 4 },
            ipv6: { received_prefixes: 6, accepted_prefixes: 6, sent_prefixes: 5 },
          },
        },
        '192.0.2.6': expect.objectContaining({ is_up: false, is_enabled: false, uptime: -1 }),
      },
    });
  });

  test('BGP peers in full, by their AS', async () => {
    const asked = { ...answers, ...bgpTexts };
    const { value } = await told('arista_eos', 'get_bgp_neighbors_detail', asked);
    expect(value['default']!['65546']).toEqual([
      expect.objectContaining({
        up: true,
        multihop: true,
        local_address: '192.0.2.1',
        remote_port: 45_048,
        input_messages: 9371,
        output_updates: 6,
        messages_queued_out: 2,
        holdtime: 90,
        configured_keepalive: 60,
        received_prefix_count: 15,
        advertised_prefix_count: 9,
        import_policy: 'IN',
      }),
    ]);
    expect(value['RED']!['64502']![0]).toMatchObject({ up: false, connection_state: 'Idle', local_address: '' });
    const one = await told('arista_eos', 'get_bgp_neighbors_detail', asked, { neighbor_address: '192.0.2.6' });
    expect(Object.keys(one.value)).toEqual(['RED']);
  });

  test('without BGP the reason is told', async () => {
    const { value, notes } = await told('arista_eos', 'get_bgp_neighbors', {});
    expect({ value, notes }).toEqual({
      value: {},
      notes: ['the switch refused every question about BGP: it does not run'],
    });
  });

  test('BGP that is called inactive is none', async () => {
    const inactive = {
      'show ip bgp neighbors vrf all': '% BGP inactive\n',
      'show ipv6 bgp peers vrf all': '% BGP inactive\n',
    };
    const { notes, warnings } = await told('arista_eos', 'get_bgp_neighbors_detail', inactive);
    expect({ notes, warnings }).toMatchObject({ notes: [expect.stringContaining('does not run')], warnings: [] });
  });

  test('BGP groups, their members inherit', async () => {
    const config = await eos('get_bgp_config');
    expect(Object.keys(config)).toEqual(['_', 'SPINES']);
    expect(config['SPINES']).toMatchObject({ remote_as: 64_501, multihop_ttl: 3, import_policy: 'IN' });
    expect(config['SPINES']!.neighbors['192.0.2.2']).toEqual({
      description: 'first spine',
      import_policy: 'SPECIAL',
      export_policy: '',
      local_address: '',
      authentication_key: '',
      nhs: true,
      route_reflector_client: false,
      local_as: 64_500,
      remote_as: 64_501,
      prefix_limit: {},
    });
    expect(config['_']!.neighbors['203.0.113.1']).toMatchObject({
      local_as: 64_999,
      remote_as: 65_546,
      authentication_key: 'hidden',
    });
    expect(Object.keys(await eos('get_bgp_config', { group: 'SPINES' }))).toEqual(['SPINES']);
  });

  test('routes: attributes come from the path with the same next hop', async () => {
    const routes = await eos('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes['192.0.2.0/24']).toEqual([
      expect.objectContaining({
        protocol: 'iBGP',
        outgoing_interface: 'Ethernet2',
        protocol_attributes: {
          as_path: '64501 64499 i',
          remote_as: 64_499,
          local_as: 64_500,
          remote_address: '192.0.2.2',
          local_preference: 150,
          communities: ['64500:1'],
          preference2: 0,
          metric: 5,
        },
      }),
      expect.objectContaining({ next_hop: '192.0.2.6', protocol_attributes: {} }),
    ]);
  });

  test('NTP, with every option of a server, and names that take a line of their own', async () => {
    expect(await eos('get_ntp_servers')).toEqual({
      '192.0.2.10': {
        port: 123,
        version: 3,
        association_type: 'SERVER',
        iburst: true,
        prefer: true,
        network_instance: 'MGMT',
        source_address: 'Management1',
        key_id: 1,
        address: '192.0.2.10',
      },
      'pool.example.net': expect.objectContaining({ address: '', network_instance: 'default', key_id: -1, version: 4 }),
    });
    expect((await eos('get_ntp_stats')).map(({ remote, synchronized }) => [remote, synchronized])).toEqual([
      ['192.0.2.10', true],
      ['a-server-with-a-long-name.example.net', false],
    ]);
  });

  test('SNMP: the list for IPv4 of two', async () => {
    expect(await eos('get_snmp_information')).toEqual({
      chassis_id: 'leaf1',
      contact: 'noc',
      location: '',
      community: { open: { mode: 'ro', acl: '' }, both: { mode: 'rw', acl: 'four' } },
    });
  });

  test('a sanitized configuration is asked for as such', async () => {
    expect((await eos('get_config', { retrieve: 'running' })).startup).toBe('');
    const sanitized = { 'show running-config sanitized': answers['show running-config']! };
    const { running } = (await told('arista_eos', 'get_config', sanitized, { sanitized: true, retrieve: 'running' }))
      .value;
    expect(running).toContain('snmp-server community <removed> ro');
  });

  test('JSON of another command is refused', async () => {
    await expect(
      told('arista_eos', 'get_vlans', { 'show vlan': { errors: ['Unavailable command'] } }),
    ).rejects.toMatchObject({ code: 'NW_FACTS_INVALID' });
  });
});

describe.each(await gettersOf('arista_eos'))('EOS with noise: %s', (getter) => {
  const asked = getter === 'get_bgp_neighbors_detail' ? { ...answers, ...bgpTexts } : answers;
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('arista_eos', getter, asked);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('arista_eos', getter, asked);
  });
});
