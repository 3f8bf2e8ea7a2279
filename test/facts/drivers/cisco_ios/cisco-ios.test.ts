import { describe, expect, test } from 'vitest';
import type { ArgsOf, GetterName } from '#facts';
import { RecordingAsk } from '../../../../src/facts/recording-ask.ts';
import { readCdp } from '../../../../src/facts/values/cdp.ts';
import { recordedSource } from '../../recorded.ts';
import { gettersOf, neverTakesProseForNothing, readsLongAnswersInTime, survivesNoise, told } from '../asked.ts';
import { answers } from './answers.ts';

/** Nothing is left over: every line of these answers is known. */
async function ios<G extends GetterName>(getter: G, args?: Partial<ArgsOf<G>>) {
  const { value, warnings } = await told('cisco_ios', getter, answers, args);
  expect(warnings).toEqual([]);
  return value;
}

describe('IOS', () => {
  test('facts, an uptime of years, and a preface before the output', async () => {
    expect(await ios('get_facts')).toEqual({
      vendor: 'Cisco',
      model: 'ISR4331/K9',
      hostname: 'edge-7',
      fqdn: 'edge-7.example.net',
      os_version: 'ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.9(3)M7, RELEASE SOFTWARE (fc2)',
      serial_number: 'FDO0000X001',
      uptime: (365 + 14 + 3) * 86_400 + 4 * 3600 + 300,
      interface_list: ['GigabitEthernet0/0/0', 'GigabitEthernet0/0/1', 'Vlan20'],
    });
  });

  test('the version of IOS XE stands in the second line', async () => {
    const xe = {
      ...answers,
      'show version': `Cisco IOS XE Software, Version 17.09.04a
Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a, RELEASE SOFTWARE (fc3)
sw uptime is 5 minutes
cisco C9300-48P (X86) processor with 1338934K/6147K bytes of memory.
Processor board ID FOC0000X0X0
`,
    };
    const { value } = await told('cisco_xe', 'get_facts', xe);
    expect(value).toMatchObject({ model: 'C9300-48P', hostname: 'sw', uptime: 300 });
    expect(value.os_version).toBe('Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a, RELEASE SOFTWARE (fc3)');
  });

  test('interfaces', async () => {
    expect(await ios('get_interfaces')).toEqual({
      'GigabitEthernet0/0/0': {
        is_up: true,
        is_enabled: true,
        description: 'to core1: 10G later',
        last_flapped: -1,
        speed: 1000,
        mtu: 1500,
        mac_address: '02:00:5E:00:00:01',
      },
      'GigabitEthernet0/0/1': expect.objectContaining({ is_up: false, is_enabled: false, speed: 2.5, mtu: 9216 }),
      Loopback0: expect.objectContaining({ is_up: true, speed: 8000, mac_address: '' }),
    });
  });

  test('counters: what is left of the packets is unicast, drops come from the summary', async () => {
    expect((await ios('get_interfaces_counters'))['GigabitEthernet0/0/0']).toEqual({
      rx_octets: 64_000,
      rx_unicast_packets: 700,
      rx_multicast_packets: 200,
      rx_broadcast_packets: 100,
      rx_errors: 4,
      rx_discards: 17,
      tx_octets: 57_600,
      tx_unicast_packets: 850,
      tx_multicast_packets: 20,
      tx_broadcast_packets: 30,
      tx_errors: 5,
      tx_discards: 19,
    });
    const { value } = await told('cisco_ios', 'get_interfaces_counters', {
      'show interfaces': answers['show interfaces']!,
    });
    expect(value['GigabitEthernet0/0/0']).toMatchObject({ rx_discards: 7, tx_discards: 9 });
    expect(value['Loopback0']).toMatchObject({ rx_octets: -1, rx_unicast_packets: -1 });
  });

  test('addresses, second ones and those of IPv6 in their usual form', async () => {
    expect(await ios('get_interfaces_ip')).toEqual({
      'GigabitEthernet0/0/0': {
        ipv4: { '192.0.2.1': { prefix_length: 30 }, '192.0.2.129': { prefix_length: 25 } },
        ipv6: { 'fe80::200:5eff:fe00:1': { prefix_length: 10 }, '2001:db8:0:7::1': { prefix_length: 64 } },
      },
    });
  });

  test('tables of neighbours', async () => {
    expect(await ios('get_arp_table')).toEqual([
      { interface: 'GigabitEthernet0/0/0', mac: '02:00:5E:00:00:01', ip: '192.0.2.1', age: -1 },
      { interface: 'GigabitEthernet0/0/0', mac: '02:00:5E:00:00:FE', ip: '192.0.2.2', age: 12 },
    ]);
    expect(await ios('get_ipv6_neighbors_table')).toEqual([
      { interface: 'Gi0/0/0', mac: '02:00:5E:00:00:FE', ip: '2001:db8:0:7::2', age: 3, state: 'REACH' },
      { interface: 'Gi0/0/0', mac: '', ip: 'fe80::2', age: -1, state: 'INCMP' },
    ]);
  });

  test('MAC addresses in the forms of several switches, one entry a port', async () => {
    const table = await ios('get_mac_address_table');
    expect(table.map(({ vlan, mac, interface: port, static: isStatic }) => [vlan, mac, port, isStatic])).toEqual([
      [0, '01:00:0C:CC:CC:CC', 'CPU', true],
      [20, '02:00:5E:00:0A:01', 'GigabitEthernet0/1/3', false],
      [30, '02:00:5E:00:0A:02', 'Port-channel2', false],
      [40, '01:00:5E:00:00:01', 'GigabitEthernet0/1/1', true],
      [40, '01:00:5E:00:00:01', 'GigabitEthernet0/1/2', true],
      [40, '01:00:5E:00:00:01', 'GigabitEthernet0/1/4', true],
    ]);
    const { 'show mac address-table': old, ...others } = answers;
    const older = await told('cisco_ios', 'get_mac_address_table', { ...others, 'show mac-address-table': old! });
    expect(older.value).toEqual(table);
  });

  test('LLDP: the local interface from the detail, or from the row of the table', async () => {
    const detail = await ios('get_lldp_neighbors_detail');
    expect(Object.keys(detail)).toEqual(['GigabitEthernet0/0/0', 'GigabitEthernet0/1/1', 'GigabitEthernet0/1/2']);
    expect(detail['GigabitEthernet0/0/0']).toEqual([
      {
        parent_interface: '',
        remote_chassis_id: '02:00:5E:00:0C:01',
        remote_port: 'Ethernet1/7',
        remote_port_description: 'to edge-7',
        remote_system_name: 'core1.example.net',
        remote_system_description: 'Cisco Nexus Operating System (NX-OS) Software 10.2(3)',
        remote_system_capab: ['bridge', 'router'],
        remote_system_enable_capab: ['router'],
      },
    ]);
    expect(await ios('get_lldp_neighbors')).toMatchObject({
      'GigabitEthernet0/1/1': [{ hostname: 'a-very-long-name-of-a-switch.example.net', port: '15' }],
      'GigabitEthernet0/1/2': [{ hostname: '02:00:5E:00:0B:01' }],
    });
    expect(Object.keys(await ios('get_lldp_neighbors_detail', { interface: 'Gi0/1/1' }))).toEqual([
      'GigabitEthernet0/1/1',
    ]);
  });

  test('what is off is no empty table without a word', async () => {
    const off = {
      'show lldp neighbors': '% LLDP is not enabled\n',
      'show lldp neighbors detail': '% LLDP is not enabled\n',
      'show bgp all summary': '% BGP not active\n',
    };
    const lldp = await told('cisco_ios', 'get_lldp_neighbors', off);
    expect(lldp).toMatchObject({ value: {}, warnings: [], notes: ['LLDP is not enabled'] });
    const bgp = await told('cisco_ios', 'get_bgp_neighbors', off);
    expect(bgp).toMatchObject({ value: {}, warnings: [], notes: ['BGP not active'] });
  });

  test('BGP peers, of a VRF too, in one line or two', async () => {
    const { global, BLUE } = await ios('get_bgp_neighbors');
    expect(global?.router_id).toBe('192.0.2.1');
    expect(global?.peers['192.0.2.2']).toEqual({
      local_as: 65_007,
      remote_as: 65_001,
      remote_id: '192.0.2.254',
      is_up: true,
      is_enabled: true,
      description: 'core, not the other one',
      uptime: 93_600,
      address_family: { 'ipv4 unicast': { sent_prefixes: 4, accepted_prefixes: 12, received_prefixes: 12 } },
    });
    expect(global?.peers['192.0.2.6']).toMatchObject({
      remote_as: 65_538,
      is_up: false,
      is_enabled: false,
      uptime: -1,
    });
    expect(global?.peers['192.0.2.10']).toMatchObject({ is_up: false, is_enabled: true });
    expect(global?.peers['2001:db8:0:7::2']).toMatchObject({ is_up: true, uptime: 25 * 86_400 });
    expect(BLUE?.peers['10.1.0.2']).toMatchObject({ remote_as: 65_100, is_up: true });
    expect(global?.peers['10.1.0.2']).toBeUndefined();
  });

  test('BGP in detail', async () => {
    const { global } = await ios('get_bgp_neighbors_detail');
    expect(global?.['65001']).toEqual([
      {
        up: true,
        local_as: 65_007,
        remote_as: 65_001,
        router_id: '192.0.2.254',
        local_address: '192.0.2.1',
        local_address_configured: true,
        local_port: 179,
        remote_address: '192.0.2.2',
        remote_port: 40_001,
        routing_table: 'global',
        multihop: true,
        multipath: false,
        remove_private_as: true,
        import_policy: 'FROM-CORE',
        export_policy: 'TO-CORE',
        input_messages: 1000,
        output_messages: 1001,
        input_updates: 6,
        output_updates: 5,
        messages_queued_out: 3,
        connection_state: 'Established',
        previous_connection_state: '',
        last_event: '1d02h, due to Peer closed the session',
        suppress_4byte_as: false,
        local_as_prepend: false,
        holdtime: 90,
        configured_holdtime: 90,
        keepalive: 30,
        configured_keepalive: 30,
        active_prefix_count: 9,
        received_prefix_count: 14,
        accepted_prefix_count: 12,
        suppressed_prefix_count: 2,
        advertised_prefix_count: 4,
        flap_count: 3,
      },
    ]);
    expect(await ios('get_bgp_neighbors_detail', { neighbor_address: '192.0.2.99' })).toEqual({});
  });

  test('BGP as configured, groups and neighbours of none', async () => {
    const { CORE, _: none } = await ios('get_bgp_config');
    expect(CORE).toMatchObject({
      type: 'external',
      remote_as: 65_001,
      multihop_ttl: 2,
      remove_private_as: true,
      import_policy: 'FROM-CORE',
      export_policy: 'TO-CORE',
      description: 'the core',
      neighbors: { '192.0.2.2': { remote_as: 0 } },
    });
    expect(none?.multipath).toBe(true);
    expect(none?.neighbors['192.0.2.10']).toMatchObject({
      remote_as: 65_003,
      nhs: true,
      authentication_key: '0822455D0A16',
      prefix_limit: { inet: { unicast: { limit: 500, teardown: { threshold: 80, timeout: 5 } } } },
    });
    expect(none?.neighbors['2001:db8:0:7::2']?.prefix_limit).toHaveProperty('inet6');
    expect(Object.keys(await ios('get_bgp_config', { neighbor: '192.0.2.10' }))).toEqual(['_']);
    expect(Object.keys(await ios('get_bgp_config', { group: 'CORE' }))).toEqual(['CORE']);
  });

  test('the environment, with an alarm, and what nobody tells said as such', async () => {
    const { value, notes } = await told('cisco_ios', 'get_environment', answers);
    expect(value).toEqual({
      fans: { 'FAN 1': { status: true }, 'FAN 2': { status: false } },
      temperature: { system: { temperature: 71, is_alert: true, is_critical: false } },
      power: { '1A': { status: true, capacity: 715, output: -1 } },
      cpu: { 0: { '%usage': 11 } },
      memory: { available_ram: 1_200_000, used_ram: 450_000 },
    });
    expect(notes).toEqual([]);
    const { 'show env all': _all, 'show env temperature status': _t, ...less } = answers;
    const poor = await told('cisco_ios', 'get_environment', less);
    expect(poor.value.fans).toEqual({ invalid: { status: true } });
    expect(poor.notes).toHaveLength(3);
  });

  test('instances, services, users', async () => {
    const instances = await ios('get_network_instances');
    expect(Object.keys(instances['BLUE']!.interfaces.interface)).toEqual(['Vlan20', 'GigabitEthernet0/0/1']);
    expect(Object.keys(instances['default']!.interfaces.interface)).toEqual(['GigabitEthernet0/0/0']);
    expect(instances['MGMT']).toMatchObject({ type: 'L3VRF', state: { route_distinguisher: '' } });
    expect(Object.keys(await ios('get_network_instances', { name: 'MGMT' }))).toEqual(['MGMT']);
    expect(await ios('get_ntp_servers')).toEqual({ '192.0.2.123': {}, '198.51.100.123': {}, 'pool.example.net': {} });
    expect(await ios('get_ntp_peers')).toEqual({ '192.0.2.123': {}, '2001:DB8:0:1111:2222:3333:4444:5555': {} });
    expect((await ios('get_ntp_stats')).map(({ remote, synchronized, when }) => [remote, synchronized, when])).toEqual([
      ['192.0.2.123', true, '54'],
      ['2001:DB8:0:1111:2222:3333:4444:5555', false, '-'],
    ]);
    expect(await ios('get_snmp_information')).toEqual({
      chassis_id: 'edge-7',
      contact: 'noc@example.net',
      location: 'Cairo, rack 4',
      community: {
        's3cr3t-ro': { acl: '11', mode: 'ro' },
        's3cr3t-rw': { acl: 'NOC-ONLY', mode: 'rw' },
        's3cr3t-v6': { acl: 'N/A', mode: 'ro' },
      },
    });
    expect(await ios('get_users')).toEqual({
      noc: {
        level: 15,
        password: '$9$opqrstuvwxyz',
        sshkeys: ['ssh-rsa C792BBED783F3A3CB199BBDC6EACE6BC noc@laptop'],
      },
      look: { level: 1, password: '0822455D0A16', sshkeys: [] },
      guest: { level: 1, password: '', sshkeys: [] },
    });
    expect(await ios('get_probes_config')).toEqual({
      7: {
        core: { probe_type: 'icmp-ping', target: '192.0.2.2', source: '192.0.2.1', probe_count: 15, test_interval: 10 },
      },
      8: { web: { probe_type: 'tcp-ping', target: '192.0.2.9', source: '', probe_count: 60, test_interval: 60 } },
    });
  });

  test('light, with and without the column of the bias', async () => {
    const optics = await ios('get_optics');
    const state = (name: string) => optics[name]?.physical_channels.channel[0]?.state;
    expect(state('GigabitEthernet0/0/0')).toMatchObject({
      output_power: { instant: -2 },
      input_power: { instant: -3.5 },
      laser_bias_current: { instant: 6.1 },
    });
    expect(state('GigabitEthernet0/0/1')).toMatchObject({
      output_power: { instant: -40 },
      input_power: { instant: -100 },
      laser_bias_current: { instant: 0 },
    });
  });

  test('VLANs, and a warning where a release tells of access ports only', async () => {
    const vlans = await ios('get_vlans');
    expect(vlans).toEqual({
      1: { name: 'default', interfaces: ['GigabitEthernet0/1/0', 'GigabitEthernet0/1/7'] },
      20: { name: 'a name with blanks', interfaces: ['GigabitEthernet0/1/3', 'Port-channel2', 'GigabitEthernet0/1/4'] },
      1002: { name: 'fddi-default', interfaces: [] },
    });
    const older = await told('cisco_ios', 'get_vlans', { 'show vlan brief': answers['show vlan all-ports']! });
    expect(older.value).toEqual(vlans);
    expect(older.warnings).toMatchObject([{ reason: 'trunk ports are not in this answer' }]);
  });

  test('routes: every next hop of every instance, with the path that BGP chose', async () => {
    const routes = await ios('get_route_to', { destination: '192.0.2.0/24' });
    expect(routes['192.0.2.0/24']).toEqual([
      expect.objectContaining({
        routing_table: 'BLUE',
        protocol: 'ospf',
        next_hop: '10.1.0.2',
        outgoing_interface: 'Vlan20',
        preference: 110,
        age: 600,
      }),
      expect.objectContaining({ routing_table: 'BLUE', next_hop: '10.1.0.6', outgoing_interface: 'Vlan30' }),
      {
        protocol: 'bgp',
        current_active: true,
        last_active: true,
        age: 93_600,
        next_hop: '192.0.2.2',
        outgoing_interface: '',
        selected_next_hop: true,
        preference: 20,
        inactive_reason: '',
        routing_table: 'default',
        protocol_attributes: {
          as_path: '65001 {65010,65011}',
          remote_address: '192.0.2.2',
          communities: ['65001:1', 'no-export'],
          local_preference: 100,
          remote_as: 65_001,
          local_as: 65_007,
        },
      },
    ]);
    const bgp = await ios('get_route_to', { destination: '192.0.2.0/24', protocol: 'bgp' });
    expect(bgp['192.0.2.0/24']).toHaveLength(1);
    await expect(ios('get_route_to', { destination: 'elsewhere' })).rejects.toMatchObject({ code: 'NW_USAGE' });
    await expect(ios('get_route_to', { destination: '2001:db8::/32' })).rejects.toMatchObject({
      code: 'NW_NOT_SUPPORTED',
    });
  });

  test('configurations, whole, one of them, and without secrets', async () => {
    const { running, startup, candidate } = await ios('get_config');
    expect(running.startsWith('!\n\n!\nversion 15.9\nhostname edge-7\n')).toBe(true);
    expect(running.endsWith('\n!\nend')).toBe(true);
    expect(startup).toBe('!\nversion 15.9\nhostname edge-7\nend');
    expect(candidate).toBe('');
    const sanitized = await ios('get_config', { retrieve: 'running', sanitized: true });
    expect(sanitized.startup).toBe('');
    expect(sanitized.running).toContain('enable secret 9 <removed>');
    expect(sanitized.running).toContain('neighbor 192.0.2.10 password 7 <removed>');
    expect(sanitized.running).not.toMatch(/\$9\$|0822455D0A16/);
  });

  test('neighbours by CDP', async () => {
    const source = await recordedSource({
      platform: 'cisco_ios',
      answers: {
        'show cdp neighbors detail': `-------------------------
Device ID: core1.example.net(FDO00000001)
Entry address(es):
  IP address: 192.0.2.2
Platform: cisco WS-C6509,  Capabilities: Router Switch IGMP
Interface: GigabitEthernet0/0/0,  Port ID (outgoing port): TenGigabitEthernet1/1
Holdtime : 140 sec
-------------------------
Device ID: phone7
Platform: Cisco IP Phone 8845,  Capabilities: Host Phone
Interface: GigabitEthernet0/1/3,  Port ID (outgoing port): Port 1
`,
      },
    });
    expect(await readCdp(new RecordingAsk(source))).toMatchObject({
      'GigabitEthernet0/0/0': [
        {
          remote_system_name: 'core1.example.net',
          remote_port: 'TenGigabitEthernet1/1',
          remote_system_capab: ['router', 'bridge'],
        },
      ],
      'GigabitEthernet0/1/3': [{ remote_system_name: 'phone7', remote_port: 'Port 1' }],
    });
  });
});

describe.each(await gettersOf('cisco_ios'))('IOS with noise: %s', (getter) => {
  test('survives it', { timeout: 30_000 }, async () => {
    await survivesNoise('cisco_ios', getter, answers);
  });
  test('takes no prose for nothing', async () => {
    await neverTakesProseForNothing('cisco_ios', getter, answers);
  });
  test('reads long answers in time', { timeout: 30_000 }, async () => {
    await readsLongAnswersInTime('cisco_ios', getter, answers);
  });
});
