import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';
import { models } from './models.ts';

const xr = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await told('cisco_xr', getter, models, args)).value;

describe('IOS XR over NETCONF', () => {
  test('facts', async () => {
    expect(await xr('get_facts')).toEqual({
      vendor: 'Cisco',
      model: '8201',
      hostname: 'pe1',
      fqdn: 'pe1',
      os_version: '7.3.2',
      serial_number: 'FOX0',
      uptime: 3600,
      interface_list: ['Loopback0', 'TenGigE0/0/0/0'],
    });
  });

  test('interfaces, with descriptions from another list', async () => {
    expect(await xr('get_interfaces')).toEqual({
      Loopback0: expect.objectContaining({ is_up: true, is_enabled: true, description: '', mac_address: '', speed: 0 }),
      'TenGigE0/0/0/0': {
        is_up: false,
        is_enabled: false,
        description: 'core <1>',
        last_flapped: -1,
        mtu: 9214,
        speed: 10_000,
        mac_address: '02:00:5E:00:00:01',
      },
    });
    expect(await xr('get_interfaces_counters')).toEqual({
      'TenGigE0/0/0/0': {
        rx_unicast_packets: 1,
        rx_octets: 2,
        tx_unicast_packets: 3,
        tx_octets: 4,
        rx_multicast_packets: 5,
        rx_broadcast_packets: 6,
        tx_multicast_packets: 7,
        tx_broadcast_packets: 8,
        tx_discards: 9,
        rx_discards: 10,
        rx_errors: 11,
        tx_errors: 12,
      },
    });
    expect(await xr('get_interfaces_ip')).toEqual({
      'TenGigE0/0/0/0': {
        ipv4: { '192.0.2.1': { prefix_length: 30 }, '198.51.100.1': { prefix_length: 24 } },
        ipv6: { '2001:db8::1': { prefix_length: 64 } },
      },
    });
  });

  test('neighbours', async () => {
    expect(await xr('get_arp_table')).toEqual([
      { interface: 'TenGigE0/0/0/0', mac: '02:00:5E:00:00:02', ip: '192.0.2.2', age: 12 },
    ]);
    expect(await xr('get_lldp_neighbors')).toEqual({ 'TenGigE0/0/0/0': [{ hostname: 'leaf1', port: 'Ethernet1' }] });
    expect((await xr('get_lldp_neighbors_detail'))['TenGigE0/0/0/0']).toEqual([
      {
        parent_interface: 'None',
        remote_chassis_id: '02:00:5E:00:00:FF',
        remote_port: 'Ethernet1',
        remote_port_description: 'to pe1',
        remote_system_name: 'leaf1',
        remote_system_description: 'a switch',
        remote_system_capab: ['bridge', 'router'],
        remote_system_enable_capab: ['router'],
      },
    ]);
    expect((await xr('get_mac_address_table')).map(({ mac, vlan, interface: port }) => [mac, vlan, port])).toEqual([
      ['02:00:5E:00:AA:01', 100, 'TenGigE0/0/0/0.100'],
      ['02:00:5E:00:AA:02', 0, ''],
    ]);
  });

  test('BGP: every address family of every instance', async () => {
    expect(await xr('get_bgp_neighbors')).toEqual({
      global: {
        router_id: '198.51.100.1',
        peers: {
          '192.0.2.2': {
            local_as: 64_500,
            remote_as: 64_501,
            remote_id: '198.51.100.2',
            is_up: true,
            is_enabled: true,
            description: 'a peer',
            uptime: 600,
            address_family: {
              ipv4: { received_prefixes: 7, accepted_prefixes: 5, sent_prefixes: 4 },
              vpnv4: { received_prefixes: 1, accepted_prefixes: 1, sent_prefixes: 0 },
            },
          },
        },
      },
      RED: {
        router_id: '198.51.100.9',
        peers: { '2001:db8::2': expect.objectContaining({ is_up: false, is_enabled: false, uptime: -1 }) },
      },
    });
    const detail = await xr('get_bgp_neighbors_detail');
    expect(detail['global']!['64501']).toEqual([
      expect.objectContaining({
        previous_connection_state: 'OpenConfirm',
        connection_state: 'Established',
        local_address: '192.0.2.1',
        remote_port: 4000,
        import_policy: 'IN',
        export_policy: 'OUT',
        input_messages: 30,
        input_updates: 3,
        holdtime: 90,
        accepted_prefix_count: 6,
        received_prefix_count: 8,
        flap_count: 2,
      }),
    ]);
    expect(detail['RED']!['64501']![0]).toMatchObject({ holdtime: 180, connection_state: 'Idle' });
  });

  test('BGP groups, AS numbers of four bytes in halves', async () => {
    const groups = await xr('get_bgp_config');
    expect(groups['UP']).toMatchObject({ local_as: 65_546, remote_as: 64_501, multihop_ttl: 3, import_policy: 'IN' });
    expect(groups['UP']!.neighbors['192.0.2.2']).toMatchObject({
      description: 'a peer',
      authentication_key: 'hidden',
      prefix_limit: { inet: { unicast: { limit: 100, teardown: { threshold: 75, timeout: 5 } } } },
    });
    expect(Object.keys(groups['_']!.neighbors)).toEqual(['192.0.2.6']);
    expect(groups['_']!.neighbors['192.0.2.6']!.remote_as).toBe(65_547);
    expect(Object.keys(await xr('get_bgp_config', { group: 'UP', neighbor: '192.0.2.6' }))).toEqual(['UP']);
  });

  test('environment, by the model that the router has', async () => {
    expect(await xr('get_environment')).toEqual({
      fans: { FT0: { status: true }, FT1: { status: false } },
      temperature: { '0/RP0': { temperature: 51, is_alert: true, is_critical: false } },
      power: { '0/PM0': { status: true, capacity: 6000, output: 125 } },
      cpu: { '0/RP0/CPU0': { '%usage': 4 } },
      memory: { available_ram: 1000, used_ram: 600 },
    });
  });

  test('services', async () => {
    expect(await xr('get_ntp_servers')).toEqual({ '192.0.2.10': {} });
    expect(await xr('get_ntp_peers')).toEqual({ '2001:db8::10': {} });
    expect(await xr('get_ntp_stats')).toEqual([
      expect.objectContaining({ remote: '192.0.2.10', synchronized: true, delay: 1.5, offset: -0.25, jitter: 2.5 }),
    ]);
    expect(await xr('get_snmp_information')).toEqual({
      chassis_id: '',
      contact: 'noc',
      location: '',
      community: { open: { mode: 'ro', acl: 'FOUR' } },
    });
    expect(await xr('get_users')).toEqual({ admin: { level: 15, password: '', sshkeys: [] } });
  });

  test('probes', async () => {
    const test = {
      probe_type: 'icmp-ping',
      source: '192.0.2.1',
      target: '192.0.2.99',
      probe_count: 15,
    };
    expect(await xr('get_probes_config')).toEqual({ '10': { far: { ...test, test_interval: 30 } } });
    expect((await xr('get_probes_results'))['10']!['far']).toMatchObject({
      ...test,
      rtt: 3,
      last_test_loss: 50,
      last_test_min_delay: 1,
      last_test_max_delay: 5,
      last_test_avg_delay: 3,
      round_trip_jitter: 0,
    });
  });

  test('routes: the first path is the one in use', async () => {
    const routes = await xr('get_route_to', { destination: '192.0.2.0/24', protocol: 'ospf' });
    expect(routes['192.0.2.0/24']!.map(({ next_hop, current_active, age }) => [next_hop, current_active, age])).toEqual(
      [
        ['192.0.2.2', true, 60],
        ['192.0.2.6', false, 60],
      ],
    );
    expect(await xr('get_route_to', { destination: '192.0.2.0/24', protocol: 'bgp' })).toEqual({});
  });

  test('the configuration is lines of the command line', async () => {
    expect(await xr('get_config')).toEqual({
      running: 'hostname pe1\nusername admin\n secret 10 $6$hidden$hidden\n!',
      candidate: '',
      startup: '',
    });
    expect((await xr('get_config', { sanitized: true })).running).toContain(' secret 10 <removed>\n');
  });

  test('what the models do not tell is asked at the command line', async () => {
    const both = { ...models, 'show arp vrf CUST': answers['show arp']! };
    expect((await told('cisco_xr', 'get_arp_table', both, { vrf: 'CUST' })).value).toHaveLength(2);
  });

  test('a reply without data is refused', async () => {
    const odd = { 'show arp': '<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><ok/></rpc-reply>' };
    await expect(told('cisco_xr', 'get_arp_table', odd)).rejects.toMatchObject({ code: 'NW_FACTS_INVALID' });
  });
});

describe.each(await gettersOf('cisco_xr'))('models of IOS XR with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('cisco_xr', getter, models);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('cisco_xr', getter, models);
  });
});
