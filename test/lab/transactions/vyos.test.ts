import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const edit = ['configure', 'set interfaces ethernet eth0 description mistake'];

describe('VyOS', () => {
  const fresh = benchOf('vyos', 12);

  it('compares, commits, saves, and goes back to a revision without a restart', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all(...edit);
    expect(await ask('set interfaces ethernet eth0 description mistake')).toContain('already exists');
    expect(await ask('delete interfaces ethernet eth0 mtu')).toContain('Nothing to delete');
    expect(await ask('compare')).toMatch(
      /^\[interfaces ethernet eth0\]\n- description ".*"\n\+ description "mistake"\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('exit')).toContain("Cannot exit: configuration modified.\nUse 'exit discard'");
    await ask('commit comment "ticket 7"');
    expect(await control.running()).toContain('description mistake');
    expect(await ask('compare')).toContain('No changes between working and active configurations.');
    expect(await ask('compare 1')).toContain('+ description "mistake"');
    expect(await ask('compare saved')).toContain('+ description "mistake"');
    expect(await ask('run show system commit')).toMatch(/^0 {2}\S+ \S+ {2}by netwright {2}via cli\n {3}ticket 7\n1 /);
    expect(await ask('rollback-soft 1')).toContain('Rollback diff has been applied.');
    await ask('commit');
    expect(await control.running()).toBe(before);
    expect(await control.startup()).toBe(before);
    expect(await ask('commit')).toContain('No configuration changes to commit');
  });

  it('puts what is deleted and set again back where it stood', async () => {
    const { control, login } = fresh();
    const { all } = await login();
    const before = await control.running();
    const [, line = ''] = /ethernet eth0 \{\n +address (\S+)/.exec(before)!;
    await all(
      'configure',
      'delete interfaces ethernet eth0 address',
      `set interfaces ethernet eth0 address ${line}`,
      'delete system time-zone',
      'set system time-zone Africa/Cairo',
      'commit',
    );
    expect(await control.running()).toBe(before);
  });

  it('starts again with what was saved unless a commit is confirmed', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    await all(...edit);
    expect(await ask('commit-confirm 5')).toMatch(
      /will automatically reboot in 5 minutes unless changes\nare confirmed\.\n\nProceed \? \[Y\/n\]/,
    );
    expect(await ask('y')).toContain('Initialized commit-confirm; 5 minutes to confirm before reboot');
    expect(await ask('commit-confirm 5')).toContain('Another confirm is pending');
    expect(await control.running()).toContain('mistake');
    await control.advance(5 * minute + 1);
    await talk.closed();
    expect(await control.running()).toBe(before);
    expect(await control.status()).toMatchObject({ reboots: 1 });
    for (let tried = 0; tried < 100 && !(await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const again = await login();
    await again.all(...edit, 'commit-confirm 5', 'y');
    expect(await again.ask('confirm')).toContain('Reboot timer stopped');
    await control.advance(60 * minute);
    expect(await control.running()).toContain('mistake');
    expect(await again.ask('confirm')).toContain('No confirm pending');
    expect(await again.ask('save')).toContain("Saving configuration to '/config/config.boot'...\nDone");
    await again.all('set interfaces ethernet eth0 description second', 'commit');
    expect(await again.ask('rollback 1')).toContain('Proceed with reboot ? [Y/n]');
    again.talk.send('y\n');
    await again.talk.closed();
    expect(await control.running()).toMatch(/description mistake/);
  });

  it('fails a commit with the section that is wrong', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await ask('configure');
    expect(await ask('set interfaces ethernet eth0 address 10.0.0.300/24')).toMatch(
      /Value validation failed\n {2}Set failed/,
    );
    expect(await ask('set frobs x')).toContain('Configuration path: [frobs x] is not valid\n  Set failed');
    await all('set protocols bgp neighbor 192.0.2.9 description x', 'set interfaces ethernet eth99 description y');
    expect(await ask('commit')).toMatch(
      /\[ interfaces ethernet eth99 \]\nInterface "eth99" does not exist!\n\n\[\[interfaces ethernet eth99\]\] failed\n[\s\S]*Neighbor "192\.0\.2\.9" remote-as must be set![\s\S]*Commit failed/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('discard')).toContain('Changes have been discarded');
    expect(await ask('exit')).toMatch(/\$ $/);
  });

  it('keeps the sessions of two people apart, and puts both in force', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    await one.all(...edit);
    await two.all('configure', 'set system host-name other');
    expect(await two.ask('compare')).not.toContain('mistake');
    await two.ask('commit');
    await one.ask('commit');
    expect(await control.running()).toMatch(/description mistake[\s\S]*host-name other/);
  });

  it('loads and merges files', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await control.store('/tmp/new', before.replace(/host-name \S+/, 'host-name loaded'));
    await control.store('/tmp/part', 'system {\n    time-zone UTC\n}\n');
    await ask('configure');
    expect(await ask('load /tmp/new')).toContain('Load complete.');
    await ask('commit');
    expect(await control.running()).toBe(before.replace(/host-name \S+/, 'host-name loaded'));
    expect(await ask('merge /tmp/part')).toContain('Merge complete.');
    await ask('commit');
    expect(await control.running()).toContain('time-zone UTC');
    expect(await ask('load /tmp/none')).toContain('No such file');
    await all('load', 'commit');
    expect(await control.running()).toBe(before);
  });
});
