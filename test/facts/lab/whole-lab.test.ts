import { beforeAll, describe, expect, test } from 'vitest';
import type { GetterName } from '#facts';
import { askLab, isEmpty, type LabFacts, type Told } from './lab-facts.ts';

/** Systems without a driver: nobody is asked, and it is said so. */
const driverless = [
  'cisco_asa',
  'dell_os10',
  'extreme_exos',
  'fortinet',
  'hp_procurve',
  'nokia_sros',
  'paloalto_panos',
] as const;

/** What every driver tells: rows, or in brackets of which systems it is empty by nature, as the lab has them. */
const everywhere: Readonly<Partial<Record<GetterName, readonly string[]>>> = {
  get_facts: [],
  get_interfaces: [],
  get_interfaces_ip: [],
  get_config: [],
  get_lldp_neighbors: ['frr'],
  get_users: ['frr'],
  get_arp_table: ['frr'],
  // Routers that switch nothing.
  get_mac_address_table: ['cisco_ios', 'cisco_xr', 'juniper_junos', 'frr', 'vyos', 'linux'],
  get_vlans: ['cisco_ios', 'cisco_xr', 'juniper_junos', 'frr', 'vyos'],
  // Switches without BGP.
  get_bgp_neighbors: [
    'cisco_xe',
    'huawei_vrp',
    'huawei_vrpv8',
    'hp_comware',
    'brocade_fastiron',
    'aruba_aoscx',
    'linux',
  ],
  // A switch image, and routers whose transit is all they have.
  get_route_to: ['brocade_fastiron', 'juniper_junos', 'vyos'],
};

const options = { devices: 44, seed: 4, telnetShare: 0.1 };

describe('every getter, asked of a lab with every system', () => {
  let facts: LabFacts;
  beforeAll(async () => {
    facts = await askLab(options);
  }, 120_000);

  const platformOf = (device: string): string => facts.lab.devices.find(({ name }) => name === device)!.platform;
  const answers = function* (): Generator<{ device: string; platform: string; getter: GetterName; told: Told }> {
    for (const [device, byGetter] of facts.told) {
      for (const [getter, told] of byGetter) yield { device, platform: platformOf(device), getter, told };
    }
  };
  const toldBy = <T>(device: string, getter: GetterName): T | undefined => {
    const told = facts.told.get(device)?.get(getter);
    return told !== undefined && 'value' in told ? (told.value as T) : undefined;
  };

  test('has nothing that fails, and no line that is not understood', () => {
    expect([...facts.unreached]).toEqual([]);
    const wrong = [...answers()].flatMap(({ device, platform, getter, told }): readonly string[] => {
      const of = `${platform} ${device} ${getter}`;
      if (!('error' in told))
        return told.warnings.map(({ command, reason, line }) => `${of}: ${command}: ${reason}: ${line}`);
      return told.error.code === 'NW_NOT_SUPPORTED' ? [] : [`${of}: ${told.error.message}`];
    });
    expect(wrong).toEqual([]);
  });

  test('says plainly where there is no driver', () => {
    const said = [...answers()].filter(({ told }) => 'error' in told && /no facts driver/.test(told.error.message));
    expect([...new Set(said.map(({ platform }) => platform))].sort()).toEqual(driverless);
    for (const { told } of said) {
      expect((told as { error: Error }).error.message).toMatch(/drivers: arista_eos, aruba_aoscx, .*, vyos$/);
    }
  });

  test('tells what every system has the notion of', () => {
    const missing = [...answers()].flatMap(({ device, platform, getter, told }) => {
      const exceptions = everywhere[getter];
      if (exceptions === undefined || exceptions.includes(platform) || driverless.some((one) => one === platform))
        return [];
      return 'value' in told && !isEmpty(told.value) ? [] : [`${platform} ${device} ${getter}`];
    });
    expect(missing).toEqual([]);
  });

  test('says why where an answer is empty, unless the device showed an empty table', () => {
    const tables = /^get_(?:mac_address_table|ipv6_neighbors_table|vlans|ntp_peers|probes_config|probes_results)$/;
    const silent = [...answers()].flatMap(({ platform, getter, told }) =>
      'value' in told && isEmpty(told.value) && told.notes.length === 0 && !tables.test(getter)
        ? [`${platform} ${getter}`]
        : [],
    );
    expect([...new Set(silent)]).toEqual([]);
  });

  test('knows the fans, supplies and temperatures of a router and of a switch with IOS', () => {
    for (const platform of ['cisco_ios', 'cisco_xe']) {
      const { name } = facts.lab.devices.find((device) => device.platform === platform)!;
      const told = toldBy<Record<'fans' | 'temperature' | 'power', Record<string, object>>>(name, 'get_environment')!;
      for (const part of ['fans', 'temperature', 'power'] as const) {
        expect(Object.keys(told[part]), `${platform} ${part}`).not.toContain('invalid');
        expect(Object.keys(told[part]).length).toBeGreaterThan(0);
      }
      expect(Object.values(told.fans)).toContainEqual({ status: true });
    }
  });

  test('prints the table of who tells what', () => {
    const table = new Map<string, string[]>();
    for (const { platform, getter, told } of answers()) {
      const row = table.get(getter) ?? [];
      table.set(getter, row);
      const word =
        'error' in told ? 'no such notion' : isEmpty(told.value) ? 'empty, and says why or shows the table' : 'answers';
      row.push(`${platform}: ${word}`);
    }
    const answered = [...table].map(([getter, row]) => [
      getter,
      new Set(row.filter((cell) => cell.endsWith(': answers'))).size,
    ]);
    console.log(answered.map(([getter, count]) => `${String(getter).padEnd(28)} ${count} systems answer`).join('\n'));
    expect(table.size).toBe(26);
    expect(answered.find(([getter]) => getter === 'get_interfaces')?.[1]).toBe(15);
  });

  test('shows a cable the same from both ends, where both can tell', () => {
    type Neighbors = Record<string, { hostname: string; port: string }[]>;
    let checked = 0;
    for (const { name } of facts.lab.devices) {
      for (const [port, neighbors] of Object.entries(toldBy<Neighbors>(name, 'get_lldp_neighbors') ?? {})) {
        for (const { hostname, port: theirs } of neighbors) {
          const back = toldBy<Neighbors>(hostname, 'get_lldp_neighbors');
          if (back === undefined || Object.keys(back).length === 0) continue;
          const ends = Object.entries(back).filter(([, all]) => all.some((one) => one.hostname === name));
          const seen = ends.flatMap(([end, all]) => all.map((one) => `${short(end)} ${short(one.port)}`));
          expect(seen, `${name} ${port} to ${hostname} ${theirs}`).toContain(`${short(theirs)} ${short(port)}`);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  test('has both ends of a BGP session of one mind', () => {
    type Bgp = Record<string, { router_id: string; peers: Record<string, Record<string, unknown>> }>;
    const addresses = new Map<string, string>();
    type Addresses = Record<string, { ipv4?: Record<string, unknown> }>;
    for (const { name } of facts.lab.devices) {
      for (const { ipv4 = {} } of Object.values(toldBy<Addresses>(name, 'get_interfaces_ip') ?? {})) {
        for (const address of Object.keys(ipv4)) addresses.set(address, name);
      }
    }
    let checked = 0;
    for (const { name } of facts.lab.devices) {
      const own = toldBy<Bgp>(name, 'get_bgp_neighbors')?.['global'];
      for (const [address, peer] of Object.entries(own?.peers ?? {})) {
        const other = toldBy<Bgp>(addresses.get(address) ?? '', 'get_bgp_neighbors')?.['global'];
        if (peer['is_up'] !== true || other === undefined) continue;
        const back = Object.values(other.peers).filter((one) => one['remote_as'] === peer['local_as']);
        expect(back.some((one) => one['local_as'] === peer['remote_as'] && one['is_up'] === true)).toBe(true);
        if (peer['remote_id'] !== '') expect(peer['remote_id']).toBe(other.router_id);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(10);
  });

  test('resolves the address of a neighbour to the MAC address of its port', () => {
    type Arp = { ip: string; mac: string }[];
    type Addresses = Record<string, { ipv4?: Record<string, unknown> }>;
    type Ports = Record<string, { mac_address: string }>;
    const macs = new Map<string, string>();
    for (const { name } of facts.lab.devices) {
      const ports = toldBy<Ports>(name, 'get_interfaces') ?? {};
      for (const [port, { ipv4 = {} }] of Object.entries(toldBy<Addresses>(name, 'get_interfaces_ip') ?? {})) {
        // Junos has addresses on units, and its MAC address on the port.
        const mac = ports[port]?.mac_address || ports[port.replace(/\.0$/, '')]?.mac_address;
        if (mac !== undefined && mac !== '') for (const address of Object.keys(ipv4)) macs.set(address, mac);
      }
    }
    let checked = 0;
    for (const { name } of facts.lab.devices) {
      for (const { ip, mac } of toldBy<Arp>(name, 'get_arp_table') ?? []) {
        if (!ip.startsWith('172.') || !macs.has(ip)) continue;
        expect(mac, `${ip} on ${name}`).toBe(macs.get(ip));
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(10);
  });

  test('says the same again, of the same seed', { timeout: 120_000 }, async () => {
    const again = await askLab({ ...options, telnetShare: 0 });
    const stable: readonly GetterName[] = [
      'get_interfaces_ip',
      'get_lldp_neighbors',
      'get_arp_table',
      'get_mac_address_table',
      'get_vlans',
      'get_route_to',
      'get_optics',
    ];
    for (const { device, getter, told } of answers()) {
      if (!stable.includes(getter) || !('value' in told)) continue;
      const second = again.told.get(device)?.get(getter);
      expect(second !== undefined && 'value' in second ? second.value : undefined, `${device} ${getter}`).toEqual(
        told.value,
      );
    }
  });
});

/** `Gi0/1/0` and `GigabitEthernet0/1/0`, `1/2/1` and `ethernet 1/2/1` are one. */
const short = (port: string): string =>
  port
    .replace(/^(?:10)?GigabitEthernet(?=1\/2\/)/, '')
    .replace(/^ethernet /, '')
    .replace(/^(?:GigabitEthernet|Gi)/, 'Gi')
    .replace(/^(?:TenGigabitEthernet|TenGigE|Te)(?=\d)/, 'Te')
    .replace(/^(?:XGigabitEthernet|XGE)/, 'XGE')
    .replace(/^(?:Ethernet|Eth|Et)(?=\d)/, 'Eth')
    .replace(/\.0$/, '');

describe('a lab that fails', () => {
  test.each([
    'cut',
    'garbage',
    'reset',
    'no-prompt',
    'wrong-password',
    'mute',
    'refused',
    'endless',
    'truncated',
  ] as const)('says so, and never that there is nothing: %s', { timeout: 60_000 }, async (fault) => {
    const facts = await askLab(
      {
        devices: 8,
        seed: 6,
        telnetShare: 0,
        platforms: [
          'cisco_ios',
          'juniper_junos',
          'huawei_vrp',
          'linux',
          'mikrotik_routeros',
          'aruba_aoscx',
          'vyos',
          'frr',
        ],
        faults: { [fault]: 1 },
      },
      4_000,
    );
    for (const { name } of facts.lab.devices) {
      const told = [...(facts.told.get(name) ?? [])];
      const answered = told.flatMap(([getter, one]) => ('value' in one ? [{ getter, ...one }] : []));
      // Whatever was answered before it failed holds something, or says why not.
      for (const { getter, value, notes, warnings } of answered) {
        const hasTable = /(?:mac_address|ipv6_neighbors|probes|ntp|vlans|bgp_config)/.test(getter);
        if (isEmpty(value) && !hasTable) expect([...notes, ...warnings], `${name} ${getter}`).not.toEqual([]);
      }
      if (fault !== 'truncated' && fault !== 'cut' && fault !== 'endless')
        expect(facts.unreached.has(name), name).toBe(true);
    }
    const codes = [...facts.unreached.values()].map(({ code }) => code);
    expect(codes.every((code) => /^NW_/.test(code) && code !== 'NW_INTERNAL')).toBe(true);
  });
});
