import { describe, expect, it } from 'vitest';
import { junos } from '../../../src/change/drivers/junos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf, codeOf, plan } from './bench.ts';

describe('Junos', () => {
  const bench = benchOf('juniper_junos', { devices: 20 });
  behavesAsDriver({
    driver: junos,
    bench,
    merge: {
      kind: 'merge',
      text: 'set interfaces lo0 unit 0 description netwright-was-here\nset system location building cairo\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'set system location building cairo\nset frobnicate everything\n' },
    timer: 'device',
    refuse: 'building cairo',
    replace: (running) => running.replace(/description [^;]+;/, 'description "all of it is new";'),
    other: ['set system location floor 7'],
    otherHolds: 'floor 7',
  });

  it('refuses while somebody has changes in the candidate that are not committed', async () => {
    await bench.fresh();
    await bench.over(async (other) => {
      await other.enter('configuration');
      await other.send('set system location floor 3');
      const intent = { kind: 'merge', text: 'set system location building cairo\n' } as const;
      expect(await codeOf(plan(bench, junos, intent))).toBe('NW_CHANGE_LOCKED');
      expect(await other.send('show | compare')).toContain('floor 3');
    });
  });
});
