import { describe, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import { type GetterName, readFacts } from '#facts';
import { recordedSource } from '../../recorded.ts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const junos = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await told('juniper_junos', getter, answers, args)).value;

describe('Junos', () => {
  test('facts of a virtual chassis: its first member speaks', async () => {
    expect(await junos('get_facts')).toEqual({
      vendor: 'Juniper',
      model: 'EX4300-48T',
      hostname: 'ex1',
      fqdn: 'ex1.example.net',
      os_version: '14.1X53-D51',
      serial_number: 'PE0000000001',
      uptime: 86_400,
      interface_list: ['xe-0/0/0', 'ge-0/0/1'],
    });
  });

  test('interfaces: logical ones take after those that carry them', async () => {
    expect(await junos('get_interfaces')).toEqual({
      'xe-0/0/0': {
        is_up: true,
        is_enabled: true,
        description: 'to the core & back',
        last_flapped: 3600,
        mtu: 9192,
        speed: 10_000,
        mac_address: '02:00:5E:00:01:00',
      },
      'xe-0/0/0.10': expect.objectContaining({ description: 'customer', is_enabled: false, speed: 10_000 }),
      'ge-0/0/1': {
        is_up: false,
        is_enabled: false,
        description: '',
        last_flapped: -1,
        mtu: 0,
        speed: 100,
        mac_address: '',
      },
    });
    const counters = await junos('get_interfaces_counters');
    expect(counters['xe-0/0/0']).toEqual({
      rx_octets: 100,
      tx_octets: 200,
      rx_errors: 1,
      rx_discards: 2,
      tx_errors: 3,
      tx_discards: 4,
      rx_unicast_packets: 5,
      tx_unicast_packets: 6,
      rx_broadcast_packets: 7,
      tx_broadcast_packets: 8,
      rx_multicast_packets: 9,
      tx_multicast_packets: 10,
    });
    expect(counters['xe-0/0/0.10']).toMatchObject({ rx_octets: 11, tx_octets: 12, rx_unicast_packets: -1 });
  });

  test('addresses of the two families that have them', async () => {
    expect(await junos('get_interfaces_ip')).toEqual({
      'xe-0/0/0.10': {
        ipv4: { '192.0.2.1': { prefix_length: 30 }, '198.51.100.1': { prefix_length: 24 } },
        ipv6: { '2001:db8::1': { prefix_length: 64 } },
      },
    });
  });

  test('neighbours of both families', async () => {
    expect(await junos('get_arp_table')).toEqual([
      { interface: 'xe-0/0/0.10', mac: '02:00:5E:00:00:01', ip: '192.0.2.2', age: 1031 },
      { interface: 'irb.1 [ae0.0]', mac: '02:00:5E:00:00:02', ip: '192.0.2.3', age: -1 },
    ]);
    expect(await junos('get_ipv6_neighbors_table')).toEqual([
      { interface: 'xe-0/0/0.10', mac: '02:00:5E:00:00:01', ip: 'fe80::2', age: 12, state: 'reachable' },
    ]);
  });

  test('LLDP: where no port id is told, its description is', async () => {
    expect(await junos('get_lldp_neighbors')).toEqual({ 'xe-0/0/0': [{ hostname: 'spine1', port: 'uplink' }] });
    expect(await junos('get_lldp_neighbors_detail')).toEqual({
      'xe-0/0/0': [
        {
          parent_interface: 'ae0',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_port: '527',
          remote_port_description: 'uplink',
          remote_system_name: 'spine1',
          remote_system_description: 'a system',
          remote_system_capab: ['bridge', 'router', 'wlan-access-point'],
          remote_system_enable_capab: ['bridge'],
        },
      ],
    });
  });

  test('BGP peers of the instances of the operator', async () => {
    const neighbors = await junos('get_bgp_neighbors');
    expect(Object.keys(neighbors)).toEqual(['global']);
    expect(neighbors['global']).toEqual({
      router_id: '198.51.100.1',
      peers: {
        '2001:db8::2': {
          local_as: 64_500,
          remote_as: 4_200_000_001,
          remote_id: '198.51.100.2',
          is_up: true,
          is_enabled: true,
          description: 'a peer',
          uptime: 7200,
          address_family: {
            ipv4: { received_prefixes: -1, accepted_prefixes: -1, sent_prefixes: -1 },
            ipv6: { received_prefixes: 3, accepted_prefixes: 2, sent_prefixes: 4 },
          },
        },
        '192.0.2.2': expect.objectContaining({ is_up: false, is_enabled: false, uptime: -1 }),
      },
    });
    const detail = await junos('get_bgp_neighbors_detail', { neighbor_address: '2001:db8:0::2' });
    expect(detail['global']).toEqual({
      '4200000001': [
        expect.objectContaining({
          local_port: 50_000,
          remote_port: 179,
          import_policy: 'IN',
          export_policy: 'OUT',
          multihop: true,
          multipath: true,
          configured_holdtime: 90,
          suppress_4byte_as: false,
          messages_queued_out: 11,
          received_prefix_count: 3,
        }),
      ],
    });
  });

  test('BGP that does not run says so itself', async () => {
    const off = {
      ...answers,
      'show bgp neighbor instance master': '<rpc-reply><output>BGP is not running</output></rpc-reply>',
    };
    const { value, notes } = await told('juniper_junos', 'get_bgp_neighbors', off);
    expect(value).toEqual({});
    expect(notes).toContain('show bgp neighbor instance master: BGP is not running');
  });

  test('a service that does not run is a note, a command that is unknown an error', async () => {
    const source = await recordedSource({ platform: 'juniper_junos', answers: {} });
    const refusing = (line: string) => ({
      ...source,
      xml: () =>
        Promise.reject(new NetwrightError('NW_COMMAND_REJECTED', `r1: refused: "${line}"`, { details: { line } })),
    });
    const off = await readFacts('get_lldp_neighbors', refusing('error: LLDP is not running'));
    expect([off.value, off.notes]).toEqual([{}, ['error: LLDP is not running']]);
    await expect(readFacts('get_lldp_neighbors', refusing('syntax error'))).rejects.toMatchObject({
      code: 'NW_COMMAND_REJECTED',
    });
  });

  test('BGP groups: reflectors, next-hop-self by policy, limits', async () => {
    const { _: none, CLIENTS: group } = await junos('get_bgp_config');
    expect(none).toMatchObject({ local_as: 64_500, neighbors: {} });
    expect(group).toMatchObject({
      type: 'internal',
      multihop_ttl: 64,
      import_policy: 'A B',
      prefix_limit: { inet: { unicast: { limit: 100, teardown: { threshold: 80, timeout: 5 } } } },
    });
    expect(group!.neighbors['198.51.100.7']).toMatchObject({
      authentication_key: '$9$hidden',
      nhs: true,
      route_reflector_client: true,
      local_as: 64_500,
    });
    expect(group!.neighbors['198.51.100.8']).toMatchObject({ nhs: false, local_as: 64_999, remote_as: 64_501 });
  });

  test('environment: alarms, supplies, the engine that answers', async () => {
    expect(await junos('get_environment')).toEqual({
      fans: { 'Fan 1': { status: false } },
      temperature: { CPU: { temperature: 86, is_alert: true, is_critical: false } },
      power: {
        'Power Supply 0': { status: true, capacity: 1100, output: 250.5 },
        'Power Supply 1': { status: false, capacity: -1, output: -1 },
      },
      cpu: { '0': { '%usage': 12 } },
      memory: { available_ram: 2048, used_ram: 1024 },
    });
  });

  test('switches and routers keep addresses and VLANs elsewhere', async () => {
    const learned = {
      mac: '02:00:5E:00:AA:01',
      interface: 'xe-0/0/0.0',
      vlan: 10,
      static: false,
      active: true,
      moves: 0,
      last_move: 0,
    };
    expect(await junos('get_mac_address_table')).toEqual([learned]);
    const router = {
      'show bridge mac-table extensive':
        '<l2ald-rtb-macdb><l2ald-mac-entry><l2-mac-address>02:00:5e:00:aa:01</l2-mac-address><l2-bridge-vlan>10</l2-bridge-vlan><l2-mac-logical-interface>xe-0/0/0.0</l2-mac-logical-interface></l2ald-mac-entry></l2ald-rtb-macdb>',
    };
    expect((await told('juniper_junos', 'get_mac_address_table', router)).value).toEqual([learned]);
    const old = {
      'show ethernet-switching table extensive':
        '<ethernet-switching-table-information><ethernet-switching-table><mac-table-entry><mac-vlan-tag>10</mac-vlan-tag><mac-address>*</mac-address><mac-type>Flood</mac-type></mac-table-entry><mac-table-entry><mac-vlan-tag>10</mac-vlan-tag><mac-address>02:00:5e:00:aa:01</mac-address><mac-type>Static</mac-type><mac-interface>xe-0/0/0.0</mac-interface></mac-table-entry></ethernet-switching-table></ethernet-switching-table-information>',
    };
    expect((await told('juniper_junos', 'get_mac_address_table', old)).value).toEqual([{ ...learned, static: true }]);
    expect(await junos('get_vlans')).toEqual({ '10': { name: 'servers', interfaces: ['xe-0/0/0.0'] } });
  });

  test('instances: what none of them has is in the default one', async () => {
    expect(await junos('get_network_instances')).toEqual({
      RED: {
        name: 'RED',
        type: 'L3VRF',
        state: { route_distinguisher: '64500:1' },
        interfaces: { interface: { 'xe-0/0/0.10': {} } },
      },
      VR: expect.objectContaining({ type: 'virtual-router' }),
      default: expect.objectContaining({ interfaces: { interface: { 'xe-0/0/0': {}, 'ge-0/0/1': {} } } }),
    });
  });

  test('NTP', async () => {
    expect(await junos('get_ntp_servers')).toEqual({ '192.0.2.10': {}, '2001:db8::10': {} });
    expect(await junos('get_ntp_peers')).toEqual({});
    expect(await junos('get_ntp_stats')).toEqual([
      expect.objectContaining({ remote: '192.0.2.10', synchronized: true, type: '-', hostpoll: 64 }),
    ]);
  });

  test('optics: a channel a lane, no light as 0', async () => {
    const { 'et-0/0/48': port, ...others } = await junos('get_optics');
    expect(others).toEqual({});
    expect(port!.physical_channels.channel.map(({ index, state }) => [index, state.input_power.instant])).toEqual([
      [0, 0],
      [1, -2.25],
    ]);
  });

  test('probes, in milliseconds', async () => {
    expect(await junos('get_probes_config')).toEqual({
      loops: {
        far: {
          probe_type: 'icmp-ping',
          target: '192.0.2.99',
          source: '192.0.2.1',
          probe_count: 5,
          test_interval: 60,
        },
      },
    });
    expect((await junos('get_probes_results'))['loops']!['far']).toMatchObject({
      rtt: 2.5,
      last_test_loss: 20,
      last_test_min_delay: 1,
      last_test_max_delay: 3,
      current_test_min_delay: 0,
      source: '',
    });
  });

  test('routes of the prefix, or of all inside it', async () => {
    const one = await junos('get_route_to', { destination: '192.0.2.0/24' });
    expect(one).toEqual({
      '192.0.2.0/24': [
        {
          protocol: 'BGP',
          current_active: true,
          last_active: true,
          age: 60,
          next_hop: '192.0.2.2',
          outgoing_interface: 'xe-0/0/0.10',
          selected_next_hop: true,
          preference: 170,
          inactive_reason: '',
          routing_table: 'inet.0',
          protocol_attributes: {
            local_as: 64_500,
            remote_as: null,
            local_preference: null,
            preference2: null,
            metric: null,
            metric2: null,
            as_path: '64501 64499',
            communities: [],
            remote_address: '192.0.2.2',
          },
        },
      ],
    });
    const all = await junos('get_route_to', { destination: '192.0.2.0/24', longer: true });
    expect(Object.keys(all)).toEqual(['192.0.2.0/24', '192.0.2.0/25']);
  });

  test('SNMP and users', async () => {
    expect(await junos('get_snmp_information')).toEqual({
      chassis_id: 'ex1',
      contact: 'noc',
      location: '',
      community: { open: { mode: 'ro', acl: '' }, closed: { mode: 'rw', acl: 'MANAGEMENT' } },
    });
    expect(await junos('get_users')).toEqual({
      admin: { level: 15, password: '$6$hidden', sshkeys: ['ssh-ed25519 AAAA admin'] },
      guest: { level: 0, password: '', sshkeys: [] },
      root: { level: 20, password: '$6$rooted', sshkeys: [] },
    });
  });

  test('the candidate stays empty where only the configuration mode has it', async () => {
    expect(await junos('get_config')).toEqual({ running: answers['show configuration'], candidate: '', startup: '' });
    expect((await junos('get_config', { sanitized: true })).running).toContain('encrypted-password <removed>; ##');
    const candidate = '<configuration-text>\nsystem;\n</configuration-text>';
    const both = { ...answers, 'show configuration candidate': candidate };
    expect((await told('juniper_junos', 'get_config', both)).value.candidate).toBe('\nsystem;\n');
  });

  test('an answer to something else is refused', async () => {
    const odd = { 'show arp expiration-time no-resolve': '<rpc-reply><vlan-information/></rpc-reply>' };
    await expect(told('juniper_junos', 'get_arp_table', { ...odd })).rejects.toMatchObject({
      code: 'NW_FACTS_INVALID',
    });
    const cut = { 'show arp expiration-time no-resolve': '<rpc-reply><arp-table-information><arp-table-entry>' };
    await expect(told('juniper_junos', 'get_arp_table', cut)).rejects.toMatchObject({ code: 'NW_XML_INVALID' });
  });
});

describe.each(await gettersOf('juniper_junos'))('Junos with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('juniper_junos', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('juniper_junos', getter, answers);
  });
});
