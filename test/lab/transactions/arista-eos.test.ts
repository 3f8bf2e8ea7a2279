import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const edit = ['interface Ethernet1', 'description mistake'];

describe('EOS', () => {
  const fresh = benchOf('arista_eos', 16);

  it('keeps what is edited in a session away from what runs until it is committed', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('configure session netwright-1')).toMatch(/\(config-s-netwri\)#$/);
    expect(await all(...edit)).toMatch(/\(config-s-netwri-if\)#$/);
    expect(await control.running()).toBe(before);
    expect(await ask('show session-config diffs')).toMatch(
      /^--- system:\/running-config\n\+\+\+ session:\/netwright-1-session-config\n@@ -\d+,\d+ \+\d+,\d+ @@\n[\s\S]* interface Ethernet1\n- {3}description .*\n\+ {3}description mistake\n/,
    );
    expect(await ask('commit')).toMatch(/^[\w-]+#$/);
    expect(await control.running()).toContain('interface Ethernet1\n   description mistake\n');
    expect(await ask('show configuration sessions')).toMatch(/netwright-1 +completed/);
  });

  it('aborts, leaves pending what is only left, and comes back to it', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all('configure session a', ...edit, 'end');
    expect(await ask('show configuration sessions')).toMatch(/\n {0,2}a +pending +\S+ +vty\d+/);
    expect(await ask('show session-config named a diffs')).toContain('+   description mistake');
    await all('configure session a', 'abort');
    expect(await control.running()).toBe(before);
    expect(await ask('show configuration sessions')).not.toMatch(/\bpending +\S+ +vty/);
  });

  it('takes a commit with a timer back by itself, and keeps one that is committed again', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    await all('configure session t', ...edit);
    expect(await ask('commit timer 00:05:00')).toMatch(/#$/);
    expect(await control.running()).toContain('mistake');
    expect(await ask('show configuration sessions detail')).toMatch(/t +pendingCommitTimer .*in 0:0[45]:\d\d/);
    expect(await ask('configure session other')).toContain('config-s-other');
    await all('interface Ethernet2', 'description x');
    expect(await ask('commit')).toContain('% Cannot commit');
    talk.end();
    await control.advance(5 * minute + 1);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.all('configure session u', ...edit, 'commit timer 00:05:00', 'configure session u commit');
    await control.advance(60 * minute);
    expect(await control.running()).toContain('mistake');
  });

  it('replaces everything from a clean configuration, and finds that nothing differs', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    const lines = before.split('\n').filter((line) => line !== 'end' && line !== '');
    await all('configure session clean', 'rollback clean-config', ...lines);
    expect(await ask('show session-config diffs')).toMatch(/^[\w-]+\(config-s-clean[\w-]*\)#$/);
    await ask('interface Ethernet1');
    await ask('no description');
    expect(await ask('show session-config diffs')).toMatch(/\n- {3}description /);
    await ask('commit');
    expect(await control.running()).toBe(before.replace(/(?<=interface Ethernet1\n) {3}description .*\n/, ''));
  });

  it('restores files and checkpoints byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('copy running-config flash:before')).toContain('Copy completed successfully.');
    await ask('configure checkpoint save here');
    await all('configure session c', ...edit, 'vlan 3999', 'name new', 'commit');
    expect(await ask('show configuration checkpoints')).toMatch(/here .*\nckp-\d{8}-0 /);
    expect(await ask('diff checkpoint:here running-config')).toContain('+   name new');
    await ask('configure replace flash:before');
    expect(await control.running()).toBe(before);
    await all('configure session d', ...edit, 'commit');
    await ask('configure checkpoint restore here');
    expect(await control.running()).toBe(before);
    expect(await ask('configure replace flash:none')).toContain('No such file');
    await control.store('bad', `${before.replace(/end\n$/, '')}interface Frob1\n   mtu 9000\nend\n`);
    expect(await ask('configure replace flash:bad')).toContain('> interface Frob1\n% Invalid input');
    expect(await control.running()).toBe(before);
  });

  it('has room for five sessions, and each sees only its own', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    for (let nth = 1; nth <= 5; nth += 1)
      await all(`configure session s${nth}`, 'interface Ethernet1', `description by s${nth}`, 'end');
    expect(await ask('configure session s6')).toContain('% Maximum number of pending sessions has been reached.');
    await all('configure session s2', 'commit');
    await all('configure session s4', 'interface Ethernet2', 'description two', 'commit');
    // The session began before the other one was committed; what it says is what counts.
    expect(await control.running()).toMatch(
      /interface Ethernet1\n {3}description by s4\n[\s\S]*interface Ethernet2\n {3}description two\n/,
    );
    expect(await all('no configure session s1', 'show configuration sessions')).not.toMatch(/ s1 /);
  });

  it('refuses what makes no sense, and commits that it cannot carry out', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await ask('configure session r');
    expect(await ask('interface Frob1')).toContain('% Invalid input');
    await ask('interface Ethernet1');
    expect(await ask('ip address 10.0.0.300/24')).toContain('% Invalid input');
    await ask('description x');
    await control.fault({ kind: 'commit-fails' });
    expect(await ask('commit')).toContain('% Commit failed');
    expect(await control.running()).toBe(before);
    await control.fault({ kind: 'refuse', line: 2 });
    expect(await all('interface Ethernet2', 'description y')).toContain('% Invalid input');
    expect(await ask('description y')).not.toContain('Invalid');
  });

  it('is gone from the network while its management port is shut, and back with the rollback', async () => {
    const { control, login } = fresh();
    const { all, talk } = await login();
    const before = await control.running();
    await all('configure session lockout', 'interface Management1', 'shutdown');
    talk.send('commit timer 00:01:00\n');
    for (let tried = 0; tried < 200 && (await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await control.status()).toMatchObject({ isReachable: false });
    await expect(login()).rejects.toThrow(/ECONNREFUSED/);
    await control.advance(minute + 1);
    expect(await control.running()).toBe(before);
    // What the switch had to say comes now.
    await talk.until(/#$/);
    const again = await login();
    await again.ask('show version');
  });
});
