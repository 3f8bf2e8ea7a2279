import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NetwrightError, seededRandom } from '#core';
import type { Device } from '#inventory';
import { type RunLimits, run } from '#runner';
import { CountingConnector, fakeDevice } from './fake-connector.ts';

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

const devicesArbitrary = fc
  .array(
    fc.record({
      site: fc.constantFrom(...names('site', 4), undefined),
      credential: fc.constantFrom(...names('credential', 3), undefined),
      platform: fc.constantFrom('cisco_ios', 'cisco_xr', 'linux'),
      jump: fc.subarray(names('hop', 3)),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(({ site, credential, ...rest }, n) =>
      fakeDevice(`r${n}`, { ...rest, ...(site && { site }), ...(credential && { credential }) }),
    ),
  );

const limit = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
const limitsArbitrary = fc
  .record({
    concurrency: fc.integer({ min: 1, max: 20 }),
    perSite: limit,
    perJump: limit,
    perCredential: limit,
    perPlatform: limit,
  })
  .map((limits) => Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as RunLimits);

/** Counts the jobs that run at once for every key, and fails when one goes beyond its limit. */
class Census {
  readonly #now = new Map<string, number>();
  readonly #limits: RunLimits;
  exceeded: string[] = [];

  constructor(limits: RunLimits) {
    this.#limits = limits;
  }

  enter(device: Device, step: 1 | -1): void {
    const keys: [string, number | undefined][] = [
      ['all', this.#limits.concurrency],
      [`site ${device.site}`, device.site === undefined ? undefined : this.#limits.perSite],
      ...device.jump.map((hop): [string, number | undefined] => [`jump ${hop}`, this.#limits.perJump]),
      [`credential ${device.credential}`, device.credential === undefined ? undefined : this.#limits.perCredential],
      [`platform ${device.platform}`, this.#limits.perPlatform],
    ];
    for (const [key, most] of keys) {
      const count = (this.#now.get(key) ?? 0) + step;
      this.#now.set(key, count);
      if (most !== undefined && count > most) this.exceeded.push(`${key}: ${count} > ${most}`);
    }
  }
}

it('never exceeds a limit and does every device exactly once, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(devicesArbitrary, limitsArbitrary, fc.nat(), fc.boolean(), async (devices, limits, seed, slow) => {
      const random = seededRandom(seed);
      const census = new Census(limits);
      const connector = new CountingConnector(() => random() * 2);
      const done: string[] = [];
      const outcomes = run(
        devices,
        async (job) => {
          census.enter(job.device, 1);
          try {
            await job.connect();
            if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, random() * 3));
            const fate = random();
            if (fate < 0.2) throw new NetwrightError('NW_CONNECTION_LOST', 'gone');
            if (fate < 0.3) throw new NetwrightError('NW_AUTH_FAILED', 'no');
            return job.device.name;
          } finally {
            census.enter(job.device, -1);
          }
        },
        connector,
        { limits, retries: 2, random, clock: { now: () => Date.now(), sleep: async () => {} } },
      );
      for await (const outcome of outcomes) {
        done.push(outcome.device);
        if (outcome.ok) expect(outcome.value).toBe(outcome.device);
        else if (outcome.error.code === 'NW_CONNECTION_LOST') expect(outcome.attempts).toBe(3);
        else expect(outcome.error.code).toBe('NW_AUTH_FAILED');
        if (slow) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(census.exceeded).toEqual([]);
      expect(done.toSorted()).toEqual(devices.map(({ name }) => name).toSorted());
      expect(connector.open).toBe(0);
      expect(connector.destroyed).toBe(0);
    }),
    { numRuns: 60 },
  );
});

it('accounts for every device and leaves no session when it is cancelled at a random moment', async () => {
  await fc.assert(
    fc.asyncProperty(devicesArbitrary, limitsArbitrary, fc.nat(), fc.nat(30), async (devices, limits, seed, after) => {
      const random = seededRandom(seed);
      const controller = new AbortController();
      const connector = new CountingConnector(() => random() * 3);
      const seen = new Map<string, number>();
      let count = 0;
      if (after === 0) controller.abort();
      for await (const { device } of run(
        devices,
        async (job) => {
          await job.connect();
          // Half of the tasks are deaf to their signal: nobody waits for them.
          if (random() < 0.1) await new Promise(() => {});
          if (random() < 0.2) throw new NetwrightError('NW_CONNECTION_LOST', 'gone');
        },
        connector,
        { limits, signal: controller.signal, timeoutMs: 300, retries: 1, random },
      )) {
        seen.set(device, (seen.get(device) ?? 0) + 1);
        count += 1;
        if (count === after) controller.abort();
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect([...seen.values()].every((times) => times === 1)).toBe(true);
      expect(seen.size).toBe(devices.length);
      expect(connector.open).toBe(0);
    }),
    { numRuns: 30 },
  );
});
