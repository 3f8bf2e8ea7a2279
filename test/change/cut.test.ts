import { describe, expect, it } from 'vitest';
import { all, changeLab } from './change-lab.ts';

const whens = ['before', 'during', 'after'] as const;
/** Lines that the dialogue takes at most, over all its connections. */
const mostSteps = 30;

/**
 * A system whose own timer takes changes back, and one that has none; `test/change/drivers` cuts every driver by itself.
 */
const intents: Readonly<Record<string, { readonly lines: readonly string[]; readonly shown: string }>> = {
  arista_eos: { lines: ['ntp server 192.0.2.99'], shown: '192.0.2.99' },
  cisco_ios: {
    lines: ['ntp server 192.0.2.99', 'ip route 192.0.2.96 255.255.255.252 Null0'],
    shown: 'ntp server 192.0.2.99',
  },
};

describe.each(Object.entries(intents))('a connection that is lost, on %s', (platform, { lines, shown }) => {
  it('at any line of the dialogue leaves the device at one of its two ends, and tells which', async () => {
    const steps = await stepsOf(platform, lines);
    const points = Array.from({ length: steps }, (_, at) => whens.map((when) => ({ atCommand: at + 1, when }))).flat();
    await using net = await changeLab({
      ...{ platforms: [platform], devices: points.length },
      settings: ['change.returnMs=20000', 'change.checkMs=15000', 'change.guardMs=60000', 'run.concurrency=24'],
    });
    const before = new Map<string, string>();
    for (const name of net.names) before.set(name, await net.lab.device(name).running());
    const { report } = await all(net.workspace.change.plan({ intent: { lines } }));
    expect(report.planned).toBe(points.length);
    for (const [at, point] of points.entries()) await net.lab.device(net.names[at]!).fault({ kind: 'cut', ...point });
    const { outcomes } = await all(net.workspace.change.apply(report.id, { backup: false, maxFailures: '100%' }));
    const { devices } = await net.workspace.change.status(report.id);
    const ends = new Map<string, number>();
    for (const [at, { atCommand, when }] of points.entries()) {
      const name = net.names[at]!;
      const device = devices.find((one) => one.device === name)!;
      const where = `cut ${when} line ${atCommand}: ${device.state} ${outcomes.get(name)?.error?.message ?? ''}`;
      const running = await net.lab.device(name).running();
      ends.set(device.state, (ends.get(device.state) ?? 0) + 1);
      if (device.state === 'confirmed') {
        expect(running, where).toContain(shown);
        expect((await net.lab.device(name).status()).rollbackInMs, where).toBeUndefined();
      } else {
        expect(['not applied', 'rolled back'], where).toContain(device.state);
        expect(running, where).toBe(before.get(name));
        expect(outcomes.get(name)?.ok, where).toBe(false);
      }
    }
    // Both ends come up, or the cuts were not where they should be.
    expect(ends.get('confirmed')).toBeGreaterThan(0);
    expect(ends.get('not applied')).toBeGreaterThan(0);

    // The way back is cut as well, wherever it can be.
    const confirmed = devices.filter(({ state }) => state === 'confirmed').map(({ device }) => device);
    for (const [at, name] of confirmed.entries()) {
      await net.lab.device(name).heal();
      const when = whens[at % whens.length]!;
      await net.lab.device(name).fault({ kind: 'cut', atCommand: 1 + (Math.floor(at / whens.length) % steps), when });
    }
    await all(net.workspace.change.rollback(report.id));
    const after = await net.workspace.change.status(report.id);
    for (const name of confirmed) {
      const { state, error } = after.devices.find(({ device }) => device === name)!;
      const running = await net.lab.device(name).running();
      // Cut before it was decided, it is still there; else it is gone for good.
      if (state === 'confirmed') expect(running).toContain(shown);
      else {
        expect(state, error?.message).toBe('rolled back');
        expect(running).toBe(before.get(name));
      }
    }
  }, 120_000);
});

/** How many lines a change takes when nothing goes wrong. */
async function stepsOf(platform: string, lines: readonly string[]): Promise<number> {
  await using net = await changeLab({ platforms: [platform], devices: 1 });
  const [name = ''] = net.names;
  const { report } = await all(net.workspace.change.plan({ intent: { lines } }));
  const before = (await net.lab.device(name).typed()).length;
  const { outcomes } = await all(net.workspace.change.apply(report.id, { backup: false }));
  expect(outcomes.get(name)?.error).toBeUndefined();
  const steps = (await net.lab.device(name).typed()).length - before;
  expect(steps).toBeLessThanOrEqual(mostSteps);
  return steps;
}
