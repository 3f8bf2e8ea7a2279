import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

const asText = { asText: true };
const host = async <G extends GetterName>(
  getter: G,
  args?: Parameters<typeof told<G>>[3],
  known: Readonly<Record<string, string>> = answers,
) => await told('vyos', getter, known, args, asText);
const vyos = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await host(getter, args)).value;

describe('VyOS', () => {
  test('facts', async () => {
    expect(await vyos('get_facts')).toEqual({
      vendor: 'VyOS',
      model: 'Standard PC',
      hostname: 'edge1',
      fqdn: 'edge1.example.net',
      os_version: 'VyOS 1.4.0',
      serial_number: '',
      uptime: 3 * 86_400 + 4 * 3600 + 5 * 60 + 6,
      interface_list: ['br0', 'eth0', 'eth0.30', 'eth1', 'lo'],
    });
  });

  test.each([
    [' 10:05:22 up 10 days,  2:33,  1 user,  load average: 0.01, 0.02, 0.00\n', 10 * 86_400 + 9180],
    [' 10:05:22 up 5 min,  0 users,  load average: 0.01, 0.02, 0.00\n', 300],
    ['something else\n', -1],
  ])('uptime of %j', async (output, seconds) => {
    expect((await host('get_facts', {}, { ...answers, 'show system uptime': output })).value.uptime).toBe(seconds);
  });

  test('interfaces, counters, addresses', async () => {
    const { value, warnings } = await host('get_interfaces');
    expect(warnings).toEqual([]);
    expect(value).toMatchObject({
      eth0: {
        is_up: true,
        is_enabled: true,
        description: 'to the "world"',
        mtu: 1500,
        mac_address: '02:00:5E:00:00:01',
      },
      'eth0.30': { is_up: true, mtu: 1400, description: '' },
      eth1: { is_up: false, is_enabled: false },
      lo: { is_up: true, mac_address: '' },
    });
    const counters = await vyos('get_interfaces_counters');
    expect(Object.keys(counters)).toEqual(['br0', 'eth0']);
    expect(counters['eth0']).toMatchObject({
      rx_octets: 100,
      rx_unicast_packets: 7,
      rx_errors: 1,
      rx_discards: 2,
      tx_octets: 200,
      tx_errors: 4,
      tx_discards: 5,
    });
    expect(await vyos('get_interfaces_ip')).toEqual({
      eth0: { ipv4: { '192.0.2.1': { prefix_length: 24 } }, ipv6: { '2001:db8::1': { prefix_length: 64 } } },
      'eth0.30': { ipv4: { '198.51.100.1': { prefix_length: 32 } } },
      lo: { ipv4: { '127.0.0.1': { prefix_length: 8 } } },
    });
  });

  test('neighbours in the tables of 1.4 and of 1.3', async () => {
    const arp = [{ interface: 'eth0', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: -1 }];
    const nd = [{ interface: 'eth0', mac: '02:00:5E:00:00:09', ip: 'fe80::9', age: -1, state: 'stale' }];
    expect(await host('get_arp_table')).toMatchObject({ value: arp, warnings: [] });
    expect(await host('get_ipv6_neighbors_table')).toMatchObject({ value: nd, warnings: [] });
    const old = {
      'show arp': `Address                  HWtype  HWaddress           Flags Mask            Iface
192.0.2.9                ether   02:00:5e:00:00:09   C                     eth0
192.0.2.10                       (incomplete)                              eth0
`,
      'show ipv6 neighbors': 'fe80::9 dev eth0 lladdr 02:00:5e:00:00:09 router STALE\nfe80::a dev eth0  FAILED\n',
    };
    expect(await host('get_arp_table', {}, old)).toMatchObject({ value: arp, warnings: [] });
    expect(await host('get_ipv6_neighbors_table', {}, old)).toMatchObject({ value: nd, warnings: [] });
  });

  test('the ARP table of an instance is asked of the shell', async () => {
    const known = {
      'ip -j -s -4 neigh show vrf RED':
        '[{"dst":"203.0.113.9","dev":"eth1","lladdr":"02:00:5e:00:00:03","confirmed":5,"state":["REACHABLE"]}]',
    };
    expect((await host('get_arp_table', { vrf: 'RED' }, known)).value).toEqual([
      { interface: 'eth1', mac: '02:00:5E:00:00:03', ip: '203.0.113.9', age: 5 },
    ]);
  });

  test('LLDP', async () => {
    expect(await vyos('get_lldp_neighbors')).toEqual({ eth0: [{ hostname: 'sw1', port: 'Ethernet1' }] });
    expect(await vyos('get_lldp_neighbors_detail', { interface: 'eth0' })).toEqual({
      eth0: [
        {
          parent_interface: '',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_port: 'Ethernet1',
          remote_port_description: 'to edge1',
          remote_system_name: 'sw1',
          remote_system_description: 'a switch',
          remote_system_capab: ['bridge', 'wlan-access-point'],
          remote_system_enable_capab: ['bridge'],
        },
      ],
    });
    const off = { 'show lldp neighbors detail': 'LLDP service is not configured\n' };
    expect(await host('get_lldp_neighbors', {}, off)).toMatchObject({ value: {}, notes: ['LLDP is not configured'] });
  });

  test('BGP and routes through vtysh', async () => {
    expect(Object.keys((await vyos('get_bgp_neighbors'))['global']!.peers)).toEqual(['192.0.2.2', 'eth9']);
    const [route] = (await vyos('get_route_to', { destination: '192.0.2.0/24' }))['192.0.2.0/24']!;
    expect(route).toMatchObject({ protocol: 'bgp', protocol_attributes: { as_path: '64501 64499', local_as: 64_500 } });
  });

  test('what the configuration tells', async () => {
    expect(await vyos('get_users')).toEqual({
      admin: { level: 15, password: '$6$hidden', sshkeys: ['ssh-ed25519 AAAAC3Nza laptop'] },
      watcher: { level: 5, password: '', sshkeys: [] },
    });
    expect(await vyos('get_vlans')).toEqual({
      '1': { name: '', interfaces: ['eth1'] },
      '10': { name: '', interfaces: ['eth1'] },
      '11': { name: '', interfaces: ['eth1'] },
      '30': { name: 'customers', interfaces: ['eth0.30'] },
    });
    expect(await vyos('get_network_instances', { name: 'RED' })).toEqual({
      RED: expect.objectContaining({ interfaces: { interface: { 'eth0.30': {} } } }),
    });
    expect(await vyos('get_ntp_servers')).toEqual({ '192.0.2.10': {}, 'pool.example.net': {} });
    expect(await vyos('get_snmp_information')).toEqual({
      chassis_id: '',
      contact: 'noc at example',
      location: 'Rack 1',
      community: { open: { mode: 'ro', acl: '' }, closed: { mode: 'rw', acl: '' } },
    });
  });

  test('configurations', async () => {
    expect(await vyos('get_config')).toEqual({
      running: answers['show configuration commands'],
      candidate: '',
      startup: answers['cat /config/config.boot'],
    });
    const { running } = await vyos('get_config', { sanitized: true });
    expect(running).toContain("encrypted-password '<removed>'");
  });
});

describe.each(await gettersOf('vyos'))('VyOS with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('vyos', getter, answers, asText);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('vyos', getter, answers, asText);
  });
});
