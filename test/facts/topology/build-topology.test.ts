import { describe, expect, test } from 'vitest';
import { buildTopology, topologySummary } from '#facts';
import { neighbor, network, observer } from './network.ts';

describe('a topology', () => {
  test('two sightings at the same ports are one cable, however the ports are written', () => {
    const { links, nodes } = buildTopology([
      observer('r1', { 'GigabitEthernet1/0/1': [neighbor('sw1.example.net', 'Eth1/7')] }),
      observer('sw1', { 'Ethernet1/7': [neighbor('R1', 'Gi1/0/1')] }),
    ]);
    expect(nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['r1', 'device'],
      ['sw1', 'device'],
    ]);
    expect(links).toEqual([
      {
        a: 'r1',
        b: 'sw1',
        cables: [{ a: 'GigabitEthernet1/0/1', b: 'Ethernet1/7', seenBy: 'both', protocol: 'lldp' }],
      },
    ]);
  });

  test('parallel cables are told apart by their ports', () => {
    const { links } = buildTopology([
      observer('a', { Eth1: [neighbor('b', 'Eth2')], Eth3: [neighbor('b', 'Eth4')] }),
      observer('b', { Eth4: [neighbor('a', 'Eth3')], Eth2: [neighbor('a', 'Eth1')] }),
    ]);
    expect(links[0]?.cables.map(({ a, b, seenBy }) => [a, b, seenBy])).toEqual([
      ['Eth1', 'Eth2', 'both'],
      ['Eth3', 'Eth4', 'both'],
    ]);
  });

  test('a port that is told as a number or an address fits by its description, or when nothing else is left', () => {
    const { links } = buildTopology([
      observer('junos', { 'xe-0/0/1': [neighbor('ios', 'Gi0/1')], 'xe-0/0/2': [neighbor('mac', '02:00:5e:00:00:fe')] }),
      observer('ios', { 'GigabitEthernet0/1': [neighbor('junos', '517', { remote_port_description: 'xe-0/0/1' })] }),
      observer('mac', { eth0: [neighbor('junos', '518')] }),
    ]);
    expect(links.map(({ cables: [cable] }) => cable?.seenBy)).toEqual(['both', 'both']);
  });

  test('what one end alone sees is marked, unless the other could not answer', () => {
    const topology = buildTopology([
      observer('a', { Eth1: [neighbor('b', 'Eth1')], Eth2: [neighbor('c', 'Eth1')] }),
      observer('b', {}),
      observer('c', {}, { failure: 'NW_CONNECT_TIMEOUT' }),
    ]);
    expect(topology.links.map(({ cables: [cable] }) => cable?.seenBy)).toEqual(['a', 'a']);
    expect(topology.nodes.find(({ id }) => id === 'c')).toMatchObject({ kind: 'silent', note: 'NW_CONNECT_TIMEOUT' });
    expect(topologySummary(topology)).toBe('3 devices, 2 links, 1 seen from one end only; 1 without an answer');
  });

  test('neighbours that are not in the inventory stand apart, once each', () => {
    const topology = buildTopology([
      observer('a', {
        Eth1: [neighbor('Phone-7', 'Port 1')],
        Eth2: [neighbor('', 'eth0', { remote_chassis_id: '02:00:5E:00:00:FE' })],
      }),
      observer('b', { Eth1: [neighbor('phone-7', 'Port 2')] }),
    ]);
    expect(topology.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['a', 'device'],
      ['b', 'device'],
      ['outside:phone-7', 'outside'],
      ['outside:02:00:5e:00:00:fe', 'outside'],
    ]);
    expect(topologySummary(topology)).toBe('2 devices, 3 links; 2 neighbours outside the inventory');
  });

  test('a device is known by the name that it calls itself, too; a name of two devices is of neither', () => {
    const known = buildTopology([
      observer('rack4-left', { Eth1: [neighbor('edge-7', 'Eth1')] }, { hostname: 'core-1' }),
      observer('rack4-right', { Eth1: [neighbor('core-1.example.net', 'Eth1')] }, { hostname: 'edge-7.example.net' }),
    ]);
    expect(known.links).toMatchObject([{ a: 'rack4-left', b: 'rack4-right', cables: [{ seenBy: 'both' }] }]);
    const twins = buildTopology([
      observer('a', { Eth1: [neighbor('switch', 'Eth1')] }),
      observer('b', {}, { hostname: 'switch' }),
      observer('c', {}, { hostname: 'switch' }),
    ]);
    expect(twins.links).toMatchObject([{ a: 'a', b: 'outside:switch' }]);
  });

  test('a network is whole: every cable seen from both ends', () => {
    const { nodes, links } = buildTopology(network(10, 18));
    expect(nodes).toHaveLength(202);
    const cables = links.flatMap((link) => link.cables);
    expect(cables.every(({ seenBy }) => seenBy === 'both')).toBe(true);
    expect(links.find(({ a, b }) => a === 'core1' && b === 'core2')?.cables).toHaveLength(2);
  });
});
