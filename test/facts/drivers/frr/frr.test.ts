import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers, interfaceText } from './answers.ts';

const frr = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await told('frr', getter, answers, args)).value;

describe('FRR', () => {
  test('facts', async () => {
    expect(await frr('get_facts')).toEqual({
      vendor: 'FRRouting',
      model: 'Linux(6.1.0)',
      hostname: 'r1',
      fqdn: 'r1',
      os_version: '8.4.4',
      serial_number: '',
      uptime: -1,
      interface_list: ['eth0', 'eth1', 'lo'],
    });
  });

  test('interfaces and addresses, also from the text of releases without JSON', async () => {
    const eth0 = {
      is_up: false,
      is_enabled: true,
      description: 'uplink',
      last_flapped: -1,
      mtu: 1500,
      speed: -1,
      mac_address: '02:00:5E:00:00:01',
    };
    const addresses = {
      eth0: { ipv4: { '192.0.2.1': { prefix_length: 24 } }, ipv6: { 'fe80::1': { prefix_length: 64 } } },
    };
    expect(await frr('get_interfaces')).toMatchObject({ eth0, lo: { speed: 0 }, eth1: { speed: 10_000 } });
    expect(await frr('get_interfaces_ip')).toEqual(addresses);
    const old = { 'show interface vrf all': interfaceText };
    expect((await told('frr', 'get_interfaces', old)).value).toEqual({
      eth0,
      lo: { ...eth0, is_up: true, description: '', mtu: 65_536, speed: 0, mac_address: '' },
    });
    expect((await told('frr', 'get_interfaces_ip', old)).value).toEqual(addresses);
  });

  test('BGP peers, by address or by interface', async () => {
    expect(await frr('get_bgp_neighbors')).toEqual({
      global: {
        router_id: '198.51.100.1',
        peers: {
          '192.0.2.2': {
            local_as: 64_500,
            remote_as: 64_501,
            remote_id: '198.51.100.2',
            is_up: true,
            is_enabled: true,
            description: 'القاهرة',
            uptime: 3600,
            address_family: {
              ipv4: { received_prefixes: 7, accepted_prefixes: 7, sent_prefixes: 4 },
              l2VpnEvpn: { received_prefixes: 1, accepted_prefixes: 1, sent_prefixes: 2 },
            },
          },
          eth9: expect.objectContaining({ is_up: false, is_enabled: false, uptime: -1 }),
        },
      },
    });
    const detail = await frr('get_bgp_neighbors_detail', { neighbor_address: '192.0.2.2' });
    expect(detail['global']!['64501']).toEqual([
      expect.objectContaining({
        local_address: '192.0.2.1',
        remote_port: 40_000,
        import_policy: 'IN',
        export_policy: 'OUT',
        multihop: true,
        holdtime: 90,
        configured_keepalive: 60,
        output_messages: 20,
        input_updates: 3,
        accepted_prefix_count: 8,
        advertised_prefix_count: 6,
        flap_count: 5,
      }),
    ]);
  });

  test('without BGP the reason is told', async () => {
    const none = { 'show bgp vrf all neighbors': { warning: 'BGP instance not found' } };
    const { value, notes } = await told('frr', 'get_bgp_neighbors', none);
    expect({ value, notes }).toEqual({ value: {}, notes: ['BGP instance not found'] });
  });

  test('routes of all instances, with what BGP knows of them', async () => {
    const routes = await frr('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes).toEqual({
      '192.0.2.0/24': [
        {
          protocol: 'bgp',
          current_active: true,
          last_active: true,
          age: 93_780,
          next_hop: '192.0.2.2',
          outgoing_interface: 'eth0',
          selected_next_hop: true,
          preference: 20,
          inactive_reason: '',
          routing_table: 'default',
          protocol_attributes: {
            as_path: '64501 64499',
            remote_as: 64_499,
            local_as: 64_500,
            remote_address: '192.0.2.2',
            local_preference: 150,
            communities: ['64500:1', '64500:2'],
            preference2: 0,
            metric: 5,
          },
        },
        expect.objectContaining({ protocol: 'static', current_active: false, inactive_reason: 'not selected' }),
      ],
    });
    expect(
      Object.values(await frr('get_route_to', { destination: '192.0.2.0/24', protocol: 'static' }))[0],
    ).toHaveLength(1);
  });

  test('no route is told as such', async () => {
    const none = { 'show vrf': '', 'show ip route 203.0.113.1': '{}' };
    const { value, notes } = await told('frr', 'get_route_to', none, { destination: '203.0.113.1' });
    expect({ value, notes }).toEqual({ value: {}, notes: ['no route to 203.0.113.1'] });
  });

  test('instances, those without an interface too', async () => {
    expect(await frr('get_network_instances')).toEqual({
      default: expect.objectContaining({ type: 'DEFAULT_INSTANCE', interfaces: { interface: { eth0: {}, lo: {} } } }),
      RED: expect.objectContaining({ type: 'L3VRF', interfaces: { interface: { eth1: {} } } }),
      BLUE: expect.objectContaining({ interfaces: { interface: {} } }),
    });
  });

  test('neighbours and MAC addresses of EVPN', async () => {
    const evpn = {
      'show evpn mac vni all': JSON.stringify({
        100: {
          numMacs: 2,
          macs: {
            '02:00:5e:00:00:01': { type: 'local', intf: 'eth1', vlan: 10, localSequence: 0, remoteSequence: 0 },
            '02:00:5e:00:00:02': { type: 'remote', remoteVtep: '198.51.100.2', stickyMac: true },
          },
        },
      }),
      'show evpn arp-cache vni all': JSON.stringify({
        100: {
          numArpNd: 2,
          '192.0.2.9': { type: 'local', state: 'active', mac: '02:00:5e:00:00:01' },
          'fe80::9': { type: 'remote', state: 'active', mac: '02:00:5e:00:00:02', remoteVtep: '198.51.100.2' },
        },
      }),
    };
    const one = async <G extends GetterName>(getter: G) => (await told('frr', getter, evpn)).value;
    expect(await one('get_mac_address_table')).toMatchObject([
      { mac: '02:00:5E:00:00:01', interface: 'eth1', vlan: 10, static: false },
      { mac: '02:00:5E:00:00:02', interface: '198.51.100.2', vlan: 0, static: true },
    ]);
    expect(await one('get_arp_table')).toEqual([
      { interface: 'vni 100', mac: '02:00:5E:00:00:01', ip: '192.0.2.9', age: -1 },
    ]);
    expect(await one('get_ipv6_neighbors_table')).toMatchObject([{ ip: 'fe80::9', state: 'active' }]);
    const { value, notes } = await told('frr', 'get_arp_table', { 'show evpn arp-cache vni all': '{}' });
    expect({ value, note: notes[0] }).toEqual({ value: [], note: expect.stringMatching(/`linux` tells those/) });
  });

  test('BGP as it is configured', async () => {
    expect(await frr('get_bgp_config')).toMatchObject({
      _: { local_as: 64_500, neighbors: { '192.0.2.2': { authentication_key: 'hidden' } } },
    });
  });

  test('the configuration begins with itself', async () => {
    const { running } = await frr('get_config');
    expect(running.startsWith('!\nfrr version')).toBe(true);
    expect((await frr('get_config', { sanitized: true })).running).toContain(' password <removed>\n');
  });
});

describe.each(await gettersOf('frr'))('FRR with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('frr', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('frr', getter, answers);
  });
});
