import { describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { createPlatformRegistry } from '#platforms';
import { gettersOf, neverTakesProseForNothing, survivesNoise, told } from '../asked.ts';
import { answers, lldp } from './answers.ts';

const lldpctl = 'PATH=$PATH:/usr/sbin:/sbin lldpctl -f json';
const asText = { asText: true };
const host = async <G extends GetterName>(
  getter: G,
  args?: Parameters<typeof told<G>>[3],
  known: Readonly<Record<string, string>> = answers,
) => await told('linux', getter, known, args, asText);
const linux = async <G extends GetterName>(getter: G, args?: Parameters<typeof told<G>>[3]) =>
  (await host(getter, args)).value;

describe('Linux', () => {
  test('facts', async () => {
    expect(await linux('get_facts')).toEqual({
      vendor: 'A Maker',
      model: 'Box 2000',
      hostname: 'host1',
      fqdn: 'host1.example.net',
      os_version: 'Debian GNU/Linux 12 (bookworm)',
      serial_number: '',
      uptime: 12_345,
      interface_list: ['eth0', 'eth0.30', 'eth1', 'lo', 'RED'],
    });
  });

  test('interfaces, counters, addresses', async () => {
    expect(await linux('get_interfaces')).toMatchObject({
      eth0: {
        is_up: true,
        is_enabled: true,
        description: 'to the core',
        mtu: 1500,
        speed: 25_000,
        mac_address: '02:00:5E:00:00:01',
      },
      eth1: { is_up: false, is_enabled: false, speed: -1 },
      lo: { is_up: true, mac_address: '' },
    });
    expect((await linux('get_interfaces_counters'))['eth0']).toMatchObject({
      rx_octets: 100,
      rx_unicast_packets: 7,
      rx_multicast_packets: 3,
      rx_errors: 1,
      rx_discards: 2,
      tx_octets: 200,
      tx_unicast_packets: 20,
      tx_errors: 4,
      tx_discards: 5,
      tx_broadcast_packets: -1,
    });
    expect(await linux('get_interfaces_ip')).toEqual({
      lo: { ipv4: { '127.0.0.1': { prefix_length: 8 } } },
      eth0: { ipv4: { '192.0.2.1': { prefix_length: 24 } }, ipv6: { '2001:db8::1': { prefix_length: 64 } } },
    });
  });

  test('neighbours that answered', async () => {
    expect(await linux('get_arp_table')).toEqual([
      { interface: 'eth0', mac: '02:00:5E:00:00:09', ip: '192.0.2.9', age: 12 },
      { interface: 'eth0', mac: '02:00:5E:00:00:10', ip: '192.0.2.10', age: -1 },
    ]);
    expect(await linux('get_ipv6_neighbors_table')).toEqual([
      { interface: 'eth0', mac: '02:00:5E:00:00:09', ip: 'fe80::9', age: 7, state: 'stale' },
    ]);
    await expect(linux('get_arp_table', { vrf: 'RED; reboot' })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  test('bridges: what they learned, the VLANs they let through', async () => {
    expect(
      (await linux('get_mac_address_table')).map(({ mac, vlan, static: isStatic }) => [mac, vlan, isStatic]),
    ).toEqual([
      ['02:00:5E:00:AA:01', 10, false],
      ['02:00:5E:00:AA:02', 10, true],
    ]);
    expect(await linux('get_vlans')).toEqual({
      '1': { name: '', interfaces: ['vnet0'] },
      '20': { name: '', interfaces: ['vnet0', 'vnet1'] },
      '21': { name: '', interfaces: ['vnet0'] },
      '30': { name: '', interfaces: ['eth0.30'] },
    });
  });

  test.each(['one', 'verbose'] as const)('LLDP in the form of %s', async (form) => {
    const known = { ...answers, [lldpctl]: lldp[form] };
    expect((await host('get_lldp_neighbors_detail', {}, known)).value).toEqual({
      eth0: [
        {
          parent_interface: '',
          remote_chassis_id: '02:00:5E:00:00:FF',
          remote_port: 'Ethernet1',
          remote_port_description: 'to host',
          remote_system_name: 'spine1',
          remote_system_description: 'a switch',
          remote_system_capab: ['bridge', 'router'],
          remote_system_enable_capab: ['bridge'],
        },
      ],
    });
    expect((await host('get_lldp_neighbors', {}, known)).value).toEqual({
      eth0: [{ hostname: 'spine1', port: 'Ethernet1' }],
    });
  });

  test('LLDP: several at one port, one without a name, as root, not at all', async () => {
    const of = async (known: Readonly<Record<string, string>>) => await host('get_lldp_neighbors', {}, known);
    const { value } = await of({ [lldpctl]: lldp.several });
    expect(Object.entries(value).map(([name, { length }]) => [name, length])).toEqual([
      ['eth0', 2],
      ['eth1', 1],
    ]);
    expect((await of({ [lldpctl]: lldp.nameless })).value).toEqual({
      eth0: [{ hostname: '02:00:5E:00:00:FF', port: '' }],
    });
    const refused = { [lldpctl]: 'unable to connect to socket /run/lldpd.socket: Permission denied\n' };
    expect((await of({ ...refused, 'sudo -n lldpctl -f json': lldp.one })).value['eth0']).toHaveLength(1);
    const missing = { 'sudo -n lldpctl -f json': 'sudo: lldpctl: command not found\n' };
    expect((await of(missing)).value).toEqual({});
    expect((await of(refused)).notes).toEqual(['lldpd does not run, or does not talk to this user']);
  });

  test('BGP through vtysh, a line before its JSON aside', async () => {
    const { global } = await linux('get_bgp_neighbors');
    expect(Object.keys(global!.peers)).toEqual(['192.0.2.2', 'eth9']);
    expect((await host('get_bgp_neighbors', {}, {})).notes).toEqual([
      'FRR does not answer here: it does not run, or not the daemon that would know',
    ]);
  });

  test('routes: a prefix, or the most specific ones to an address', async () => {
    const exact = await linux('get_route_to', { destination: '192.0.2.0/24' });
    expect(exact).toEqual({
      '192.0.2.0/24': [
        expect.objectContaining({ next_hop: '198.51.100.2', outgoing_interface: 'eth0', protocol: 'static' }),
        expect.objectContaining({ next_hop: '198.51.100.6', outgoing_interface: 'eth0.30' }),
      ],
    });
    expect(await linux('get_route_to', { destination: '192.0.2.9' })).toEqual(exact);
    expect((await host('get_route_to', { destination: '192.0.2.9', protocol: 'bgp' })).notes).toEqual([
      'no route to 192.0.2.9',
    ]);
  });

  test('people, who may become root, and their keys', async () => {
    expect(await linux('get_users')).toEqual({
      root: { level: 15, password: '', sshkeys: [] },
      alice: { level: 15, password: '', sshkeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA alice@home'] },
      bob: { level: 1, password: '', sshkeys: [] },
    });
  });

  test('environment and instances', async () => {
    expect(await linux('get_environment')).toEqual({
      fans: { 'nct-isa-0290 fan1': { status: false } },
      temperature: { 'coretemp-isa-0000 Core 0': { temperature: 85, is_alert: true, is_critical: false } },
      power: {},
      cpu: { '0': { '%usage': 14.2 } },
      memory: { available_ram: 4_000_000, used_ram: 2_500_000 },
    });
    expect(await linux('get_network_instances', { name: 'RED' })).toEqual({
      RED: expect.objectContaining({ type: 'L3VRF', interfaces: { interface: { eth1: {} } } }),
    });
  });

  test('the configuration is the files that backups keep', async () => {
    const platform = await createPlatformRegistry().get('linux');
    const { run } = platform.backup.commands.find((command) => command.as === 'configuration')!;
    const file = '==> /etc/wireguard/wg0.conf <==\nPrivateKey = hidden\n# end of files\n';
    const known = { [run]: file };
    expect((await host('get_config', {}, known)).value.running).toBe(file);
    expect((await host('get_config', { sanitized: true }, known)).value.running).toContain('PrivateKey = <removed>');
  });

  test('an ip that knows no JSON is refused, not taken for an empty host', async () => {
    const busybox = { 'ip -j addr': 'ip: unrecognized option: j\nBusyBox v1.36 multi-call binary.\n' };
    await expect(host('get_interfaces_ip', {}, busybox)).rejects.toMatchObject({ code: 'NW_FACTS_INVALID' });
  });
});

describe.each((await gettersOf('linux')).filter((getter) => getter !== 'get_config'))(
  'Linux with noise: %s',
  (getter) => {
    test('survives it', { timeout: 30_000 }, async () => {
      await survivesNoise('linux', getter, answers, asText);
    });
    test('takes no prose for nothing', async () => {
      await neverTakesProseForNothing('linux', getter, answers, asText);
    });
  },
);
