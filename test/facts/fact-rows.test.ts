import { describe, expect, test } from 'vitest';
import { factRows, getterNames, usualColumns } from '#facts';

describe('rows of facts', () => {
  test('a mapping by interface', () => {
    const value = {
      Eth1: { is_up: true, is_enabled: true, mtu: 1500 },
      Eth2: { is_up: false, is_enabled: false, mtu: -1 },
    };
    expect(factRows('get_interfaces', value)).toEqual([
      { interface: 'Eth1', is_up: true, is_enabled: true, mtu: 1500, state: 'up' },
      { interface: 'Eth2', is_up: false, is_enabled: false, mtu: -1, state: 'disabled' },
    ]);
  });

  test('peers of instances, their address families as paths and as one number', () => {
    const family = (received: number) => ({
      sent_prefixes: 1,
      accepted_prefixes: received,
      received_prefixes: received,
    });
    const peer = { is_up: false, is_enabled: true, uptime: -1, address_family: { ipv4: family(3), ipv6: family(-1) } };
    expect(
      factRows('get_bgp_neighbors', {
        global: { router_id: '192.0.2.1', peers: { '192.0.2.2': peer } },
        NONE: { router_id: '', peers: {} },
      }),
    ).toEqual([
      {
        vrf: 'global',
        router_id: '192.0.2.1',
        peer: '192.0.2.2',
        is_up: false,
        is_enabled: true,
        uptime: -1,
        'address_family.ipv4.sent_prefixes': 1,
        'address_family.ipv4.accepted_prefixes': 3,
        'address_family.ipv4.received_prefixes': 3,
        'address_family.ipv6.sent_prefixes': 1,
        'address_family.ipv6.accepted_prefixes': -1,
        'address_family.ipv6.received_prefixes': -1,
        state: 'down',
        prefixes: 3,
      },
      { vrf: 'NONE', router_id: '' },
    ]);
  });

  test('lists: of rows, of texts, of rows below a name', () => {
    expect(factRows('get_arp_table', [{ ip: '192.0.2.1' }, { ip: '192.0.2.2' }])).toHaveLength(2);
    expect(
      factRows('get_lldp_neighbors', {
        Eth1: [
          { hostname: 'a', port: '1' },
          { hostname: 'b', port: '2' },
        ],
      }),
    ).toEqual([
      { interface: 'Eth1', hostname: 'a', port: '1' },
      { interface: 'Eth1', hostname: 'b', port: '2' },
    ]);
    expect(factRows('get_vlans', { 20: { name: 'users', interfaces: ['Eth1', 'Eth2'] } })).toEqual([
      { vlan: '20', name: 'users', interfaces: 'Eth1, Eth2' },
    ]);
  });

  test('parts that are mappings, and one that is a row', () => {
    const value = {
      fans: { 'Fan 1': { status: false } },
      memory: { used_ram: 1, available_ram: 2 },
      cpu: { 0: { '%usage': 5 } },
    };
    expect(factRows('get_environment', value)).toEqual([
      { part: 'fans', name: 'Fan 1', status: false, state: 'failed' },
      { part: 'memory', name: '', used_ram: 1, available_ram: 2 },
      { part: 'cpu', name: '0', '%usage': 5 },
    ]);
  });

  test('names of nothing are a list of names; channels are rows', () => {
    const instance = {
      name: 'BLUE',
      type: 'L3VRF',
      state: { route_distinguisher: '1:1' },
      interfaces: { interface: { Eth1: {}, Eth2: {} } },
    };
    expect(factRows('get_network_instances', { BLUE: instance })).toEqual([
      {
        instance: 'BLUE',
        name: 'BLUE',
        type: 'L3VRF',
        'state.route_distinguisher': '1:1',
        'interfaces.interface': 'Eth1, Eth2',
      },
    ]);
    const channel = (index: number) => ({ index, state: { input_power: { instant: -3 } } });
    expect(factRows('get_optics', { Eth1: { physical_channels: { channel: [channel(0), channel(1)] } } })).toEqual([
      { interface: 'Eth1', index: 0, 'state.input_power.instant': -3 },
      { interface: 'Eth1', index: 1, 'state.input_power.instant': -3 },
    ]);
    expect(factRows('get_ntp_peers', { '192.0.2.1': {} })).toEqual([{ peer: '192.0.2.1' }]);
  });

  test('every getter has columns for people', () => {
    expect(Object.keys(usualColumns).sort()).toEqual([...getterNames].sort());
  });
});
