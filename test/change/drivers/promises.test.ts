import { describe, expect, it } from 'vitest';
import { createPlatformRegistry } from '#platforms';
import { allDrivers, driverOf } from '../../../src/change/drivers/index.ts';
import { type Bench, benchOf, plan } from './bench.ts';
import { type TriedPlatform, trialOf, triedPlatforms } from './trials.ts';

const registry = createPlatformRegistry();

describe('what platforms promise of changes', () => {
  it('is kept by a driver, and by none where nothing is promised', async () => {
    for (const id of registry.ids()) {
      const platform = await registry.get(id);
      const driver = await driverOf(platform);
      expect(driver === undefined, id).toBe(platform.transaction.rollback === 'none');
      if (driver !== undefined && driver.platforms.length > 0) expect(driver.platforms, id).toContain(id);
    }
  });

  it('is promised by platforms that there are', async () => {
    for (const { platforms } of await allDrivers()) for (const id of platforms) expect(registry.resolve(id)).toBe(id);
  });
});

describe('exactness of rollbacks', () => {
  const benches = new Map<TriedPlatform, Bench>();
  for (const platform of triedPlatforms) benches.set(platform, benchOf(platform, { devices: 2 }));

  it('is byte-equal on every platform of the lab that claims it', { timeout: 120_000 }, async () => {
    const rows: string[] = [];
    for (const platform of triedPlatforms) {
      const bench = benches.get(platform)!;
      const { driver, merge, setUp } = trialOf(platform);
      await bench.fresh();
      if (setUp) await bench.control.configure(setUp);
      await bench.control.save();
      const before = await bench.control.running();
      const options = { id: 'c1', confirmMs: 300_000 };
      const change = await plan(bench, driver, merge, options);
      await bench.over((session) => driver.commit(session, change, options));
      const isChanged = (await bench.control.running()) !== before;
      await bench.over((session) => driver.rollback(session, change));
      const isExact = (await bench.control.running()) === before;
      const { method, atomic, confirmed, rollback } = change.candidate.capability;
      expect(change.receipt.timer, `${platform}: who the plan says takes it back`).toBe(
        confirmed ? 'device' : 'netwright',
      );
      expect(isChanged, platform).toBe(true);
      if (rollback === 'exact') expect(isExact, platform).toBe(true);
      const cells = [platform, method, atomic ? 'yes' : 'no', change.receipt.timer, rollback, isExact ? 'yes' : 'no'];
      rows.push(`| ${cells.join(' | ')} |`);
    }
    const head =
      '| platform | method | atomic | timer | rollback claimed | byte-equal in the lab |\n| --- | --- | --- | --- | --- | --- |';
    await expect(`${head}\n${rows.join('\n')}\n`).toMatchFileSnapshot('exactness.md');
  });
});
