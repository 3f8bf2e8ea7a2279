import { describe, expect, it } from 'vitest';
import { lineByLineDriver } from '../../../src/change/drivers/line-by-line.ts';
import { benchOf, plan } from './bench.ts';

describe('FortiOS, whose secrets look different at each read', () => {
  const bench = benchOf('fortinet', { devices: 2 });

  it('is what it was when nothing but the salt changed', async () => {
    await bench.fresh();
    const intent = { kind: 'merge', text: 'config system global\n    set alias "x"\nend\n' } as const;
    const [one, two] = await bench.over(async (session) => [
      await lineByLineDriver.read(session, intent),
      await lineByLineDriver.read(session, intent),
    ]);
    expect(one).toContain(' ENC ');
    expect(one).not.toBe(two);
    const change = await plan(bench, lineByLineDriver, { kind: 'replace', text: one! });
    expect(change.candidate.diff).toBe('');
    expect(change.candidate.commands).toEqual([]);
    expect(await bench.over((session) => lineByLineDriver.state(session, change))).toBe('before');
  });

  it('sets another secret that is given in the clear', async () => {
    await bench.fresh();
    const text = await bench.over((session) => lineByLineDriver.read(session, { kind: 'replace', text: '' }));
    const line = /^ *set \S*(?:passw|secret|psk)\S* ENC \S+$/m.exec(text)![0];
    const clear = line.replace(/ENC \S+$/, '"new-and-clear"');
    const { candidate } = await plan(bench, lineByLineDriver, { kind: 'replace', text: text.replace(line, clear) });
    expect(candidate.commands.join('\n')).toContain('new-and-clear');
  });
});
