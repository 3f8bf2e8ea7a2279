import { describe, expect, it } from 'vitest';
import { dialectOf, parseConfig, toSetLines } from '#parse';
import { junosNetconf } from '../../../src/change/drivers/junos-netconf.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf, codeOf, plan } from './bench.ts';
import { trialOf } from './trials.ts';

describe('Junos over NETCONF', () => {
  const bench = benchOf('juniper_junos', { link: 'netconf', devices: 34 });
  behavesAsDriver({
    ...trialOf('juniper_junos'),
    ...{ driver: junosNetconf, bench, hangsOn: '<commit-configuration>', restartsAt: '<load-configuration>' },
  });

  const location = { kind: 'merge', text: 'set system location building cairo\n' } as const;

  it('refuses while somebody has changes in the candidate that are not committed', async () => {
    await bench.fresh();
    await bench.over(async (other) => {
      await other.enter('configuration');
      await other.send('set system location floor 3');
      expect(await codeOf(plan(bench, junosNetconf, location))).toBe('NW_CHANGE_LOCKED');
      expect(await other.send('show | compare')).toContain('floor 3');
    });
  });

  it('takes braces, set lines that are the whole, and says what only the command line takes', async () => {
    await bench.fresh();
    const braces = 'system {\n    location {\n        building cairo;\n    }\n}\n';
    const bySet = await plan(bench, junosNetconf, location);
    expect((await plan(bench, junosNetconf, { kind: 'merge', text: braces })).candidate.diff).toBe(
      bySet.candidate.diff,
    );
    const running = await bench.control.running();
    const lines = toSetLines(parseConfig(running, dialectOf('junos'), { file: 'r1' })).join('\n');
    const whole = `${lines}\nset system location building cairo\n`;
    const change = await plan(bench, junosNetconf, { kind: 'replace', text: whole });
    expect(change.candidate.diff).toContain(bySet.candidate.diff.trim());
    expect(change.candidate.commands.join('\n')).toContain('<load-configuration action="override">');
    const patch = { kind: 'merge', text: '[edit system]\n+  location floor 3;\n' } as const;
    expect(await codeOf(plan(bench, junosNetconf, patch))).toBe('NW_NOT_SUPPORTED');
  });
});
