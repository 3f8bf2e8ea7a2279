import { expect, test } from 'vitest';
import { planFleet } from '../../src/lab/fleet.ts';

test('every cable has two ends, each of which knows the other, and no port two cables', () => {
  const fleet = planFleet({ devices: 120, seed: 7 });
  const byName = new Map(fleet.map((spec) => [spec.name, spec]));
  for (const { name, platform, seed, wires = [] } of fleet) {
    expect(wires.length).toBeGreaterThan(0);
    expect(new Set(wires.map(({ port }) => port)).size).toBe(wires.length);
    for (const wire of wires) {
      const back = byName.get(wire.peer)?.wires?.find(({ port }) => port === wire.peerPort);
      expect(back).toMatchObject({
        peer: name,
        peerPort: wire.port,
        peerPlatform: platform,
        peerSeed: seed,
        address: wire.peerAddress,
        peerAddress: wire.address,
        isRouted: wire.isRouted,
      });
    }
  }
});

test('the same lab has the same cables, and holds together', () => {
  const [one, again] = [planFleet({ devices: 60, seed: 3 }), planFleet({ devices: 60, seed: 3 })];
  expect(one).toEqual(again);
  const byName = new Map(one.map((spec) => [spec.name, spec]));
  const seen = new Set([one[0]!.name]);
  for (const name of seen) for (const { peer } of byName.get(name)?.wires ?? []) seen.add(peer);
  expect(seen.size).toBe(60);
});

test('ten thousand devices are cabled in no time', () => {
  const from = performance.now();
  planFleet({ devices: 10_000 });
  expect(performance.now() - from).toBeLessThan(2000);
});
