import { describe, expect, it } from 'vitest';
import { junos } from '../../../src/change/drivers/junos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf, codeOf, plan } from './bench.ts';
import { trialOf } from './trials.ts';

describe('Junos', () => {
  const bench = benchOf('juniper_junos');
  behavesAsDriver({ ...trialOf('juniper_junos'), bench });

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
