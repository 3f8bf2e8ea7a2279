import { describe, expect, test } from 'vitest';
import type { ArgsOf, GetterName } from '#facts';
import { recordedAtMs } from '../../recorded.ts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { older, structured, texts } from './answers.ts';

const newer = { ...texts, ...structured };

async function nxos<G extends GetterName>(
  getter: G,
  args?: Partial<ArgsOf<G>>,
  answers: Parameters<typeof told<G>>[2] = newer,
) {
  const { value, warnings } = await told('cisco_nxos', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
}

const old = async <G extends GetterName>(getter: G) => await nxos(getter, {}, older);
const flappedAt = recordedAtMs / 1000 - 9 * 86_400;

describe('NX-OS in JSON', () => {
  test('facts', async () => {
    expect(await nxos('get_facts')).toEqual({
      vendor: 'Cisco',
      model: 'Nexus9000 C93180YC-EX Chassis',
      hostname: 'core1',
      fqdn: 'core1.example.net',
      os_version: '10.2(3)',
      serial_number: 'FDO0000CHAS',
      uptime: 2 * 86_400 + 3 * 3600 + 4 * 60 + 5,
      interface_list: ['mgmt0', 'Ethernet1/1', 'Vlan20'],
    });
  });

  test('interfaces, of ports and of VLANs', async () => {
    expect(await nxos('get_interfaces')).toEqual({
      mgmt0: expect.objectContaining({ is_up: true, is_enabled: true, speed: 1000, last_flapped: -1 }),
      'Ethernet1/1': {
        is_up: false,
        is_enabled: false,
        description: 'to edge-7',
        last_flapped: flappedAt,
        speed: 10_000,
        mtu: 9216,
        mac_address: '02:00:5E:00:01:01',
      },
      Vlan20: expect.objectContaining({ is_up: true, mac_address: '02:00:5E:00:00:20' }),
    });
  });

  test('counters: what is zero is left out by the device, VLANs by us', async () => {
    expect(await nxos('get_interfaces_counters')).toEqual({
      'Ethernet1/1': expect.objectContaining({
        rx_unicast_packets: 11,
        rx_octets: 1100,
        tx_broadcast_packets: 7,
        tx_octets: 0,
        rx_errors: 3,
        tx_discards: 4,
      }),
      mgmt0: expect.objectContaining({
        rx_octets: 6400,
        rx_unicast_packets: 60,
        rx_multicast_packets: 30,
        tx_multicast_packets: 5,
        tx_broadcast_packets: 2,
      }),
    });
  });

  test('addresses, borrowed ones too', async () => {
    expect(await nxos('get_interfaces_ip')).toEqual({
      loopback0: { ipv4: { '192.0.2.254': { prefix_length: 32 } } },
      'Ethernet1/1': {
        ipv4: { '192.0.2.2': { prefix_length: 30 }, '192.0.2.130': { prefix_length: 25 } },
        ipv6: { '2001:db8:0:7::2': { prefix_length: 64 } },
      },
      'Ethernet1/2': { ipv4: { '192.0.2.254': { prefix_length: 32 } } },
    });
  });

  test('tables', async () => {
    expect(await nxos('get_arp_table')).toEqual([
      { interface: 'Ethernet1/1', ip: '192.0.2.1', mac: '02:00:5E:00:00:FE', age: 125 },
      { interface: 'Vlan20', ip: '192.0.2.30', mac: '02:00:5E:00:00:30', age: -1 },
    ]);
    expect((await nxos('get_mac_address_table')).map((one) => [one.vlan, one.interface, one.static])).toEqual([
      [20, 'Ethernet1/3', false],
      [0, 'sup-eth1(R)', true],
    ]);
    expect(await nxos('get_vlans')).toEqual({
      20: { name: 'users', interfaces: ['Port-channel2', 'Ethernet1/3'] },
      30: { name: 'empty', interfaces: [] },
    });
  });

  test('BGP', async () => {
    const { global, EMPTY } = await nxos('get_bgp_neighbors');
    expect(global?.peers['192.0.2.1']).toEqual({
      local_as: 65_001,
      remote_as: 65_007,
      remote_id: '',
      is_up: true,
      is_enabled: true,
      description: '',
      uptime: 93_600,
      address_family: { ipv4: { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: 4 } },
    });
    expect(global?.peers['192.0.2.5']).toMatchObject({
      remote_as: 65_538,
      is_up: false,
      is_enabled: false,
      uptime: -1,
    });
    expect(EMPTY).toEqual({ router_id: '0.0.0.0', peers: {} });
  });

  test('the environment', async () => {
    expect(await nxos('get_environment')).toEqual({
      fans: { 'Fan1(sys_fan1)': { status: true } },
      temperature: {
        '1-1 FRONT': { temperature: 61, is_alert: true, is_critical: false },
        '1-2 CPU': { temperature: 91, is_alert: true, is_critical: true },
      },
      power: { 1: { status: true, capacity: 650, output: 103 }, 2: { status: false, capacity: 650, output: 0 } },
      cpu: { 0: { '%usage': 12.25 } },
      memory: { available_ram: 400_000, used_ram: 50_000 },
    });
  });

  test('instances and time', async () => {
    const instances = await nxos('get_network_instances');
    expect(instances['BLUE']).toEqual({
      name: 'BLUE',
      type: 'L3VRF',
      state: { route_distinguisher: '65001:1' },
      interfaces: { interface: { Vlan20: {} } },
    });
    expect(Object.keys(await nxos('get_network_instances', { name: 'default' }))).toEqual(['default']);
    expect(await nxos('get_ntp_servers')).toEqual({ '192.0.2.123': {} });
    expect(await nxos('get_ntp_peers')).toEqual({ '192.0.2.124': {} });
    expect(await nxos('get_ntp_stats')).toMatchObject([
      { remote: '192.0.2.123', synchronized: true, reachability: 377 },
    ]);
  });
});

describe('NX-OS in text', () => {
  test('LLDP, whose neighbours have descriptions of several lines', async () => {
    expect(await nxos('get_lldp_neighbors')).toEqual({
      'Ethernet1/7': [{ hostname: 'edge-7.example.net', port: 'Gi0/0/0' }],
    });
    const { 'Ethernet1/7': [neighbor] = [] } = await nxos('get_lldp_neighbors_detail', { interface: 'Eth1/7' });
    expect(neighbor).toMatchObject({
      remote_chassis_id: '0200.5e00.0001',
      remote_system_description: 'Cisco IOS Software, ISR Software',
      remote_system_enable_capab: ['router'],
    });
  });

  test('a feature that is off is no mistake; a refusal for another reason is', async () => {
    const off = { 'show feature | include lldp': 'lldp                  1          disabled\n' };
    const lldp = await told('cisco_nxos', 'get_lldp_neighbors', off);
    expect(lldp).toMatchObject({ value: {}, notes: ['feature lldp is disabled'], warnings: [] });
    const on = { 'show feature | include lldp': 'lldp                  1          enabled\n' };
    await expect(told('cisco_nxos', 'get_lldp_neighbors', on)).rejects.toMatchObject({ code: 'NW_COMMAND_REJECTED' });
  });

  test('users and SNMP from the configuration', async () => {
    expect(await nxos('get_users')).toEqual({
      admin: { level: 15, password: '$5$ABCDEF$ghijkl', sshkeys: ['ssh-rsa AAAAB3Nza admin@laptop'] },
      watch: { level: 7, password: '', sshkeys: [] },
    });
    expect(await nxos('get_snmp_information')).toEqual({
      chassis_id: '',
      contact: 'noc@example.net',
      location: 'Cairo',
      community: { s3cr3t: { acl: 'NOC', mode: 'network-operator' } },
    });
  });

  test('configurations', async () => {
    const { running, startup } = await nxos('get_config');
    expect(running.startsWith('version 10.2(3)\nhostname core1')).toBe(true);
    expect(startup).toBe('version 10.2(3)\nhostname core1');
    const { running: clean } = await nxos('get_config', { sanitized: true });
    expect(clean).toContain('username admin password 5 <removed>  role network-admin');
    expect(clean).not.toMatch(/\$5\$|s3cr3t/);
  });

  test('light, by lane', async () => {
    const optics = await nxos('get_optics');
    expect(Object.keys(optics)).toEqual(['Ethernet1/1', 'Ethernet1/2']);
    expect(optics['Ethernet1/1']).toMatchObject({
      state: { vendor: 'ACME', connector_type: 'LC_CONNECTOR' },
      physical_channels: {
        channel: [{ index: 0, state: { output_power: { instant: -1.72 }, input_power: { instant: -100 } } }],
      },
    });
    expect(
      optics['Ethernet1/2']?.physical_channels.channel.map(({ index, state }) => [
        index,
        state.laser_bias_current.instant,
      ]),
    ).toEqual([
      [0, 6],
      [1, 7],
    ]);
  });

  test('routes, hidden ones too, and the path of BGP', async () => {
    const { '192.0.2.0/24': routes = [] } = await nxos('get_route_to', { destination: '192.0.2.0/24' });
    expect(
      routes.map((route) => [
        route.protocol,
        route.next_hop,
        route.outgoing_interface,
        route.preference,
        route.current_active,
      ]),
    ).toEqual([
      ['bgp', '192.0.2.1', '', 20, true],
      ['ospf', '192.0.2.5', 'Ethernet1/2', 110, false],
      ['static', '', 'Null0', 1, true],
    ]);
    expect(routes[0]?.protocol_attributes).toEqual({
      as_path: '65007 65100',
      remote_address: '192.0.2.1',
      communities: ['65007:1', 'no-export', 'RT:65007:1', 'SOO:1:2'],
      local_preference: 100,
      remote_as: 65_007,
      local_as: 65_001,
    });
  });
});

describe('NX-OS of a release without JSON', () => {
  test('facts and interfaces', async () => {
    expect(await old('get_facts')).toEqual({
      vendor: 'Cisco',
      model: 'Nexus 3548 Chassis',
      hostname: 'core2',
      fqdn: 'core2.example.net',
      os_version: '6.0(2)A8(1)',
      serial_number: 'FOC0000R0R0',
      uptime: 2_030_983,
      interface_list: ['Management0', 'Ethernet1/1', 'Port-channel2'],
    });
    expect(await old('get_interfaces')).toEqual({
      Management0: expect.objectContaining({ is_up: true, is_enabled: true, mac_address: '02:00:5E:00:00:01' }),
      'Ethernet1/1': expect.objectContaining({
        is_up: false,
        is_enabled: true,
        description: 'to edge-7',
        last_flapped: flappedAt,
      }),
      Vlan20: expect.objectContaining({ is_up: false, is_enabled: false, mac_address: '02:00:5E:00:00:20' }),
    });
    expect(await old('get_interfaces_ip')).toEqual({
      'Ethernet1/1': {
        ipv4: { '192.0.2.2': { prefix_length: 30 }, '192.0.2.130': { prefix_length: 25 } },
        ipv6: { '2001:db8:0:7::2': { prefix_length: 64 }, 'fe80::2': { prefix_length: 64 } },
      },
      Management0: { ipv4: { '198.51.100.2': { prefix_length: 24 } } },
    });
  });

  test('tables', async () => {
    expect(await old('get_arp_table')).toEqual([
      { interface: 'Ethernet1/1', ip: '192.0.2.1', mac: '02:00:5E:00:00:FE', age: 125 },
    ]);
    expect((await old('get_mac_address_table')).map((one) => [one.vlan, one.interface, one.static])).toEqual([
      [20, 'Port-channel2', false],
      [20, 'vPC-Peer-Link', false],
      [0, 'sup-eth1(R)', true],
    ]);
    expect(await old('get_vlans')).toEqual({
      1: { name: 'default', interfaces: ['Ethernet1/1', 'Ethernet1/2', 'Port-channel2'] },
      20: { name: 'users', interfaces: [] },
    });
    const { global } = await old('get_bgp_neighbors');
    expect(global?.peers).toMatchObject({
      '192.0.2.1': { is_up: true, uptime: 93_600, address_family: { ipv4: { received_prefixes: 4 } } },
      '2001:db8:0:7::1': { is_up: false, remote_id: '0.0.0.0' },
    });
  });

  test('the environment and time', async () => {
    expect(await old('get_environment')).toMatchObject({
      temperature: { 'Intake Left-1': { temperature: 45, is_alert: true }, 'CPU-1': { is_alert: false } },
      cpu: { 0: { '%usage': 1.04 } },
      memory: { available_ram: 16_401_224, used_ram: 4_798_280 },
    });
    expect(await old('get_ntp_peers')).toEqual({ '192.0.2.124': {} });
    expect((await old('get_ntp_stats')).map(({ remote, synchronized }) => [remote, synchronized])).toEqual([
      ['192.0.2.123', true],
      ['192.0.2.124', false],
    ]);
  });
});

const getters = await gettersOf('cisco_nxos');
const asTexts = Object.fromEntries(
  Object.entries(structured).map(([asked, answer]) => [asked, JSON.stringify(answer)]),
);

describe.each([
  ['JSON', { ...texts, ...asTexts }],
  ['text', older],
] as const)('NX-OS with noise in %s', (_, answers) => {
  test.each(getters)('%s survives it', { timeout: 30_000 }, async (getter) => {
    await survivesNoise('cisco_nxos', getter, answers);
  });
});

test.each(getters)('NX-OS: %s takes no prose for nothing', async (getter) => {
  await neverTakesProseForNothing('cisco_nxos', getter, older);
});

test.each(getters)('NX-OS: %s reads long answers in time', { timeout: 30_000 }, async (getter) => {
  await readsLongAnswersInTime('cisco_nxos', getter, older);
});
