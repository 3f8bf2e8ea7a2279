import { describe, expect, it } from 'vitest';
import type { Session } from '#device';
import { createPlatformRegistry } from '#platforms';
import { rollbackByTree } from '../../../src/change/drivers/tree-plan.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf, plan } from './bench.ts';
import { trialOf } from './trials.ts';

describe('VyOS', () => {
  const bench = benchOf('vyos');
  const { driver } = trialOf('vyos');
  behavesAsDriver({ ...trialOf('vyos'), bench });

  it('keeps the timer itself unless what runs is saved, for the router would restart into the saved one', async () => {
    await bench.fresh();
    await bench.control.configure(["set system domain-name 'not-saved.example'"]);
    const intent = { kind: 'merge', text: "set system time-zone 'Africa/Cairo'\n" } as const;
    const options = { id: 'c1', confirmMs: 60_000 };
    const { candidate, receipt } = await plan(bench, driver, intent, options);
    expect(candidate.capability.missing.join()).toContain('is not saved');
    expect(receipt.timer).toBe('netwright');
  });

  it('knows no way back of its own where its reading does not follow: the kept configuration has it', async () => {
    const session = { device: 'r1', platform: await createPlatformRegistry().get('vyos') } as Session;
    const base = "set system domain-name 'old.example'\nset system host-name 'r1'\n";
    const way = (text: string): readonly string[] => rollbackByTree(session, base, { kind: 'merge', text });
    expect(way("set system domain-name 'new.example'\n")).toEqual(["set system domain-name 'old.example'"]);
    expect(way("set system time-zone 'UTC'\nload something\n")).toEqual([]);
  });
});
