import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const edit = ['system-view', 'interface GigabitEthernet0/0/1', 'description mistake'];

describe('VRP 8', () => {
  const fresh = benchOf('huawei_vrpv8', 8);

  it('marks what is not committed, shows it, commits it and rolls back byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('system-view')).toMatch(/return command\.\n\[~[\w-]+\]$/);
    await ask('interface GigabitEthernet0/0/1');
    expect(await ask('description mistake')).toMatch(/^\[\*[\w-]+-GigabitEthernet0\/0\/1\]$/);
    expect(await ask('display configuration candidate')).toContain(
      'interface GigabitEthernet0/0/1\n undo description ',
    );
    expect(await ask('display configuration candidate changes')).toMatch(
      /\n {3}interface GigabitEthernet0\/0\/1\n- {3}description .*\n\+ {3}description mistake\n {2}#\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('commit label FIRST')).toMatch(/^\[~/);
    expect(await control.running()).toContain('description mistake');
    expect(await ask('return')).toMatch(/^<[\w-]+>$/);
    expect(await ask('display configuration commit list')).toMatch(
      /\n1 +1000000002 +FIRST +netwright +\S+ \S+\n2 +1000000001 /,
    );
    expect(await ask('rollback configuration last 1')).toContain('Continue? [Y/N]:');
    await ask('y');
    expect(await control.running()).toBe(before);
    await all('rollback configuration to label FIRST', 'y');
    expect(await control.running()).not.toBe(before);
    await all('rollback configuration to commit-id 1000000001', 'y');
    expect(await control.running()).toBe(before);
    expect(await ask('rollback configuration to commit-id 7')).toContain('Error: ');
  });

  it('takes a trial back by itself, on demand, or keeps it', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    await all(...edit, 'commit trial 120');
    expect(await ask('display configuration trial status')).toMatch(
      /Trial status: ACTIVE\n[\s\S]*Remaining time: 1\d\d\(s\)/,
    );
    talk.end();
    await control.advance(121_000);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.all(...edit, 'commit trial 120');
    expect(await again.ask('abort trial')).toContain('The trial configuration will be rolled back. Continue? [Y/N]:');
    expect(await again.ask('y')).toContain('Info: The trial configuration rollback succeeded.');
    expect(await control.running()).toBe(before);
    await again.all('description kept', 'commit trial 120', 'commit');
    await control.advance(600_000);
    expect(await control.running()).toContain('description kept');
  });

  it('asks before it forgets, refuses what is wrong, and fails commits', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all(...edit);
    expect(await ask('return')).toContain(
      'Uncommitted configurations found, commit them before exiting? [Y(yes)/N(no)/C(cancel)]:',
    );
    expect(await ask('c')).toMatch(/^\[\*/);
    await all('return', 'n');
    expect(await control.running()).toBe(before);
    await ask('system-view');
    expect(await ask('interface Frob0/1')).toContain("Error: Wrong parameter found at '^' position.");
    await all('bgp 64512', 'peer 192.0.2.1 description x');
    expect(await ask('commit')).toContain('Error: The AS number of the peer 192.0.2.1 has not been configured.');
    expect(await ask('clear configuration candidate')).toMatch(/^\[~/);
    await all('interface GigabitEthernet0/0/1', 'description x');
    await control.fault({ kind: 'commit-fails' });
    expect(await ask('commit')).toContain('Error: Failed to commit');
    expect(await control.running()).toBe(before);
  });
});
