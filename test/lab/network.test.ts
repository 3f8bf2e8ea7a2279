import { describe, expect, test } from 'vitest';
import { systemClock } from '#core';
import { SimulatedDevice } from '../../src/lab/device.ts';
import { planFleet } from '../../src/lab/fleet.ts';
import {
  arpEntries,
  bgpSessions,
  liveWires,
  macEntries,
  portsOf,
  reaches,
  routesOf,
  vlansOf,
} from '../../src/lab/network/index.ts';
import { findPersona } from '../../src/lab/personas/index.ts';

const platforms = [
  'cisco_ios',
  'cisco_xr',
  'juniper_junos',
  'arista_eos',
  'huawei_vrp',
  'hp_comware',
  'aruba_aoscx',
  'vyos',
  'frr',
];

/** The lines that shut a port, and those that open it again. */
const words: Readonly<Record<string, (port: string) => readonly [readonly string[], readonly string[]]>> = {
  cisco_ios: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'no shutdown'],
  ],
  cisco_xr: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'no shutdown'],
  ],
  arista_eos: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'no shutdown'],
  ],
  aruba_aoscx: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'no shutdown'],
  ],
  frr: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'no shutdown'],
  ],
  huawei_vrp: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'undo shutdown'],
  ],
  hp_comware: (port) => [
    [`interface ${port}`, 'shutdown'],
    [`interface ${port}`, 'undo shutdown'],
  ],
  juniper_junos: (port) => [[`set interfaces ${port} disable`], [`delete interfaces ${port} disable`]],
  vyos: (port) => [[`set interfaces ethernet ${port} disable`], [`delete interfaces ethernet ${port} disable`]],
};

function startDevice(platform: string): SimulatedDevice {
  const spec = planFleet({ devices: 18, platforms, seed: 5 }).find((one) => one.platform === platform)!;
  return new SimulatedDevice(spec, findPersona(spec.persona), 4000, systemClock);
}

describe.each(platforms)('the network around %s', (platform) => {
  test('is gone behind a port that is shut down, and comes back with it', () => {
    const device = startDevice(platform);
    const wire = liveWires(device)[0]!;
    const [down, up] = words[platform]!(wire.port);
    const before = { wires: liveWires(device), sessions: bgpSessions(device).filter(({ isUp }) => isUp).length };
    device.configure(down);
    expect(portsOf(device).find(({ name }) => name === wire.port)).toMatchObject({ isEnabled: false, isUp: false });
    expect(liveWires(device)).toEqual(before.wires.slice(1));
    if (wire.isRouted) {
      expect(bgpSessions(device).filter(({ isUp }) => isUp)).toHaveLength(before.sessions - 1);
      expect(arpEntries(device).some(({ ip }) => ip === wire.peerAddress)).toBe(false);
      expect(reaches(device, wire.peerAddress)).toBe(false);
    }
    expect(routesOf(device).some(({ port }) => port === wire.port)).toBe(false);
    expect(macEntries(device).some(({ port }) => port === wire.port)).toBe(false);
    device.configure(up);
    expect(liveWires(device)).toEqual(before.wires);
    if (wire.isRouted) expect(reaches(device, wire.peerAddress)).toBe(true);
    device.stop();
  });
});

test('a VLAN, a route and a neighbour are there once they are configured', () => {
  const eos = startDevice('arista_eos');
  eos.configure(['vlan 2222', 'name guests', 'interface Ethernet1', 'switchport access vlan 2222']);
  expect(vlansOf(eos).find(({ id }) => id === 2222)).toMatchObject({
    name: 'guests',
    untagged: [{ name: 'Ethernet1' }],
  });
  const ios = startDevice('cisco_ios');
  ios.configure(['ip route 198.51.100.0 255.255.255.0 192.0.2.99']);
  expect(routesOf(ios).filter(({ protocol }) => protocol === 'static')).toContainEqual(
    expect.objectContaining({ prefix: { ip: '198.51.100.0', length: 24 }, nextHop: '192.0.2.99' }),
  );
  ios.configure([
    `router bgp ${ios.facts.asn}`,
    'neighbor 192.0.2.99 remote-as 64999',
    'neighbor 192.0.2.99 description new',
  ]);
  expect(bgpSessions(ios)).toContainEqual(
    expect.objectContaining({ address: '192.0.2.99', asn: 64_999, description: 'new', isUp: false }),
  );
  for (const device of [eos, ios]) device.stop();
});
