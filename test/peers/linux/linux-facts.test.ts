import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArgsOf, type GetterName, readFacts, SessionSource } from '#facts';
import { peer } from '../peers.ts';
import { type Sshd, startSshd } from '../transport/sshd.ts';
import { peerWorkspace } from '../workspace.ts';

const needs = [peer('sshd'), peer('ip')];

describe.skipIf(needs.some(({ isMissing }) => isMissing))('facts of this very host through OpenSSH', () => {
  let sshd: Sshd;
  let kept: Awaited<ReturnType<typeof peerWorkspace>>;

  beforeAll(async () => {
    sshd = await startSshd();
    kept = await peerWorkspace(
      { host: { address: '127.0.0.1', port: sshd.port, platform: 'linux' } },
      { user: sshd.user, privateKey: sshd.clientKey },
    );
  }, 60_000);
  afterAll(async () => {
    await kept?.[Symbol.asyncDispose]();
    await sshd?.[Symbol.asyncDispose]();
  });

  const ask = async <G extends GetterName>(getter: G, args?: Partial<ArgsOf<G>>) => {
    await using session = await kept.workspace.connect('host');
    return await readFacts(getter, new SessionSource(session), args);
  };

  it('tells the addresses that Node knows too', async () => {
    const { value } = await ask('get_interfaces_ip');
    for (const [name, addresses] of Object.entries(networkInterfaces())) {
      for (const { address, family, cidr } of addresses ?? []) {
        const length = Number(cidr?.split('/')[1]);
        expect(value[name]?.[family === 'IPv6' ? 'ipv6' : 'ipv4']?.[address]).toEqual({ prefix_length: length });
      }
    }
  });

  it('is up, has a name and a release', async () => {
    const { value, warnings } = await ask('get_facts');
    expect(value.uptime).toBeGreaterThan(0);
    expect(value.hostname).not.toBe('');
    expect(value.os_version).not.toBe('');
    expect(value.interface_list).toContain('lo');
    expect(warnings).toEqual([]);
    expect((await ask('get_interfaces')).value['lo']).toMatchObject({ is_up: true, mac_address: '' });
    expect((await ask('get_interfaces_counters')).value['lo']!.rx_octets).toBeGreaterThan(0);
  });

  it('answers every other question, or says why there is nothing to tell', async () => {
    const others: readonly GetterName[] = [
      'get_arp_table',
      'get_ipv6_neighbors_table',
      'get_mac_address_table',
      'get_vlans',
      'get_users',
      'get_environment',
      'get_network_instances',
      'get_lldp_neighbors',
      'get_bgp_neighbors',
    ];
    for (const getter of others)
      expect({ getter, warnings: (await ask(getter)).warnings }).toEqual({ getter, warnings: [] });
    const { value } = await ask('get_route_to', { destination: '127.0.0.1' });
    expect(
      Object.values(value)
        .flat()
        .every(({ routing_table }) => routing_table !== 'local'),
    ).toBe(true);
  }, 60_000);
});
