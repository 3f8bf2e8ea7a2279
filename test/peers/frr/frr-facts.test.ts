import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArgsOf, type GetterName, readFacts, SessionSource } from '#facts';
import { peer, root } from '../peers.ts';
import { peerWorkspace } from '../workspace.ts';
import { type FrrNetwork, startFrrNetwork } from './frr-network.ts';

const needs = [peer('vtysh'), peer('bgpd'), peer('sshd'), peer('ip'), root('make network namespaces')];

describe.skipIf(needs.some(({ isMissing }) => isMissing))('facts of two FRR routers behind OpenSSH', () => {
  let network: FrrNetwork;
  let kept: Awaited<ReturnType<typeof peerWorkspace>>;

  beforeAll(async () => {
    network = await startFrrNetwork();
    kept = await peerWorkspace(
      Object.fromEntries(
        network.routers.map(({ name, address, port }) => [name, { address, port, platform: 'frr', site: 'lab' }]),
      ),
      { user: 'root', privateKey: network.privateKey },
    );
    await network.routers[1].vtysh(
      'configure terminal',
      'router bgp 65002',
      'address-family ipv4 unicast',
      'redistribute connected',
    );
  }, 120_000);
  afterAll(async () => {
    await kept?.[Symbol.asyncDispose]();
    await network?.stop();
  }, 60_000);

  const ask = async <G extends GetterName>(getter: G, args?: Partial<ArgsOf<G>>) => {
    await using session = await kept.workspace.connect('frr1');
    return await readFacts(getter, new SessionSource(session), args);
  };

  it('names the router and its interfaces', async () => {
    const { value, warnings } = await ask('get_facts');
    expect(value).toMatchObject({ vendor: 'FRRouting', hostname: 'frr1', interface_list: ['bgp0', 'lo', 'mgmt'] });
    expect(value.os_version).toMatch(/^\d+\.\d/);
    expect(warnings).toEqual([]);
  });

  it('tells addresses as the kernel has them', async () => {
    const { value } = await ask('get_interfaces_ip');
    expect(Object.keys(value['mgmt']!.ipv4!)).toEqual([network.routers[0].address]);
    expect((await ask('get_interfaces')).value['bgp0']).toMatchObject({ is_up: true, is_enabled: true, mtu: 1500 });
  });

  it('has BGP as it was configured, and no neighbours of EVPN', async () => {
    const { value } = await ask('get_bgp_config');
    expect(Object.values(value['_']!.neighbors)).toEqual([
      expect.objectContaining({ remote_as: 65_002, description: 'القاهرة – Gîza' }),
    ]);
    for (const getter of ['get_arp_table', 'get_mac_address_table', 'get_ipv6_neighbors_table'] as const) {
      const { value: none, notes, warnings } = await ask(getter);
      expect({ none, warnings, note: notes[0] }).toEqual({
        none: [],
        warnings: [],
        note: expect.stringMatching(/EVPN/),
      });
    }
  });

  it('sees the session and what came over it', async () => {
    for (let tries = 0; ; tries += 1) {
      const { value } = await ask('get_bgp_neighbors');
      const [[, one]] = Object.entries(value['global']!.peers) as [[string, (typeof value)['']['peers']['']]];
      expect(one).toMatchObject({ local_as: 65_001, remote_as: 65_002, is_up: true, description: 'القاهرة – Gîza' });
      if (one.address_family['ipv4']!.accepted_prefixes >= 1) break;
      expect(tries).toBeLessThan(50);
      await sleep(200);
    }
    const { value } = await ask('get_bgp_neighbors_detail');
    expect(value['global']!['65002']).toEqual([
      expect.objectContaining({ up: true, holdtime: 180, connection_state: 'Established', routing_table: 'default' }),
    ]);
  }, 60_000);

  it('finds a route that BGP brought, with its attributes', async () => {
    const { address } = network.routers[1];
    const { value } = await ask('get_route_to', { destination: address, protocol: 'bgp' });
    const [[prefix, routes]] = Object.entries(value) as [[string, (typeof value)['']]];
    expect(prefix).toMatch(/\/30$/);
    expect(routes).toEqual([
      expect.objectContaining({
        protocol: 'bgp',
        preference: 20,
        outgoing_interface: 'bgp0',
        current_active: true,
        protocol_attributes: expect.objectContaining({ as_path: '65002', remote_as: 65_002, local_as: 65_001 }),
      }),
    ]);
  });

  it('reads the configuration whole', async () => {
    const { value } = await ask('get_config', { retrieve: 'running', sanitized: true });
    expect(value.running).toMatch(/^!\nfrr version [\s\S]*\nend\n?$/);
    expect(value.running).not.toContain('Bgp-Secret-Both');
  });
});
