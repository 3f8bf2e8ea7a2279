import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const edit = ['configure terminal', 'interface 1/1/1', 'description mistake', 'end'];

describe('AOS-CX', () => {
  const fresh = benchOf('aruba_aoscx', 6);

  it('goes back to a checkpoint byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('copy running-config checkpoint before')).toContain('[Success]');
    expect(await ask('copy running-config checkpoint before')).toContain('already exists');
    await all(...edit, 'configure', 'vlan 3999', 'name new', 'end');
    expect(await ask('checkpoint diff before running-config')).toMatch(
      /^--- \S+\n\+\+\+ \S+\n@@[\s\S]*\n\+ {4}description mistake\n/,
    );
    expect(await ask('checkpoint rollback before')).toContain('[Success]');
    expect(await control.running()).toBe(before);
    expect(await ask('checkpoint diff before running-config')).toContain('No difference in configs.');
    expect(await ask('checkpoint rollback nothing')).toContain('does not exist');
    expect(await ask('show checkpoint list all')).toMatch(/before +checkpoint +netwright/);
    await control.fault({ kind: 'rollback-fails' });
    await all(...edit);
    expect(await ask('checkpoint rollback before')).toContain('[Failed]');
    expect(await control.running()).toContain('mistake');
  });

  it('goes back by itself in auto mode, unless that is confirmed', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    expect(await ask('checkpoint auto 5')).toContain('Auto checkpoint mode expires in 5 minute(s)');
    await all(...edit);
    talk.end();
    await control.advance(5 * minute + 1);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.all('checkpoint auto 5', ...edit);
    expect(await again.ask('checkpoint auto confirm')).toMatch(/checkpoint AUTO\d{14} created/);
    await control.advance(60 * minute);
    expect(await control.running()).toContain('mistake');
    expect(await again.ask('checkpoint auto confirm')).toContain('not enabled');
  });

  it('names the word that it does not take', async () => {
    const { ask } = await (async () => await fresh().login())();
    await ask('configure');
    expect(await ask('interface frob7')).toContain('Invalid input: frob7');
    await ask('interface vlan 1');
    expect(await ask('ip address 10.0.0.300/24')).toContain('Invalid input: 10.0.0.300/24');
  });
});
