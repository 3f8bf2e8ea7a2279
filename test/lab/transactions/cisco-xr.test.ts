import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const edit = ['configure', 'interface TenGigE0/0/0/0', 'description mistake'];

describe('IOS XR', () => {
  const fresh = benchOf('cisco_xr', 16);

  it('has a target configuration, shows it, commits it, and rolls back byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all(...edit);
    expect(await ask('show configuration')).toMatch(
      /^\w{3} \w{3} [ \d]\d [\d:.]+ UTC\nBuilding configuration\.\.\.\n!! IOS XR Configuration 7\.5\.2\ninterface TenGigE0\/0\/0\/0\n no description .*\n description mistake\n!\nend\n\n/,
    );
    expect(await ask('show commit changes diff')).toMatch(
      /\n {3}interface TenGigE0\/0\/0\/0\n- {3} ?description .*\n\+ {3} ?description mistake\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('commit label FIRST comment "ticket 7"')).not.toContain('%');
    expect(await control.running()).toContain('description mistake');
    expect(await ask('commit')).toContain('% No configuration changes to commit.');
    await ask('end');
    expect(await ask('show configuration commit list')).toMatch(/1 +FIRST +netwright +vty0\S+ +CLI .*\n2 +1000000001 /);
    expect(await ask('show configuration commit list 1 detail')).toContain('Comment:  ticket 7');
    expect(await ask('show configuration commit changes last 1 diff')).toContain('description mistake');
    expect(await ask('rollback configuration last 1')).toContain('Configuration successfully rolled back 1 commits.');
    expect(await control.running()).toBe(before);
    expect(await ask('rollback configuration to FIRST')).toMatch(/successfully rolled back to 'FIRST'/);
    expect(await control.running()).toBe(before);
    expect(await ask('rollback configuration last 99')).toContain('% The specified number of commits');
  });

  it('takes a trial commit back by itself, counts in seconds, and keeps what is confirmed', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    await all(...edit, 'commit confirmed 60');
    talk.end();
    await control.advance(59_000);
    expect(await control.running()).not.toBe(before);
    await control.advance(2_000);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.all(...edit, 'commit confirmed minutes 5');
    expect((await control.status()).rollbackInMs).toBeGreaterThan(290_000);
    expect(await again.ask('commit')).toContain('% Confirming commit for trial session.');
    await control.advance(600_000);
    expect(await control.running()).toContain('mistake');
    await expect(ask('show version')).rejects.toThrow();
  });

  it('fails a commit as a whole, and says where', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    const asn = /router bgp (\d+)/.exec(before)![1]!;
    await all(
      ...edit,
      `router bgp ${asn}`,
      'neighbor 192.0.2.77',
      'address-family ipv4 unicast',
      'route-policy NOPE in',
    );
    expect(await ask('commit')).toContain(
      "% Failed to commit one or more configuration items during a pseudo-atomic operation. All changes made have been reverted. Please issue 'show configuration failed [inheritance]' from this session to view the errors",
    );
    expect(await control.running()).toBe(before);
    expect(await ask('show configuration failed')).toMatch(
      /!! SEMANTIC ERRORS: [\s\S]*router bgp \d+\n neighbor 192\.0\.2\.77\n!!% [\s\S]*route-policy NOPE in\n!!% Could not find entry in list: Policy \[NOPE\]/,
    );
    await ask('load configuration failed commit');
    await all(
      `router bgp ${asn}`,
      'neighbor 192.0.2.77',
      'remote-as 65001',
      'address-family ipv4 unicast',
      'no route-policy NOPE in',
    );
    expect(await ask('commit')).not.toContain('%');
    expect(await control.running()).toContain('description mistake');
    expect(await control.running()).toMatch(
      /neighbor 192\.0\.2\.77\n {2}address-family ipv4 unicast\n {2}!\n {2}remote-as 65001\n !\n/,
    );
  });

  it('replaces everything with what a file says', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all('copy running-config disk0:/whole', '');
    await control.store(
      'whole',
      (await control.file('whole'))!.replace(/(?<=interface TenGigE0\/0\/0\/0\n) description .*/, ' description new'),
    );
    await ask('configure');
    expect(await ask('load disk0:/whole')).toContain('bytes parsed in 1 sec');
    expect(await ask('commit replace')).toContain('Do you wish to proceed? [no]:');
    await ask('yes');
    expect(await control.running()).toBe(
      before.replace(/(?<=interface TenGigE0\/0\/0\/0\n) description .*/, ' description new'),
    );
    await all('end', 'rollback configuration last 1');
    expect(await control.running()).toBe(before);
    await control.store('bad', 'interface Frob7\n mtu 9000\nhostname fine\n');
    await ask('configure');
    expect(await ask('load disk0:bad')).toMatch(/!! SYNTAX\/AUTHORIZATION ERRORS[\s\S]*interface Frob7/);
    expect(await ask('load disk0:none')).toContain("Couldn't open file");
  });

  it('asks about what is not committed, and drops what is aborted', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all(...edit);
    expect(await ask('end')).toContain(
      'Uncommitted changes found, commit them before exiting(yes/no/cancel)? [cancel]:',
    );
    expect(await ask('cancel')).toMatch(/\(config-if\)#$/);
    await ask('abort');
    expect(await control.running()).toBe(before);
    await all(...edit, 'clear');
    expect(await ask('end')).toMatch(/CPU0:[\w-]+#$/);
    await all(...edit, 'end');
    await ask('yes');
    expect(await control.running()).toContain('mistake');
  });

  it('keeps sessions apart, warns of what others committed, and locks', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    await one.all(...edit);
    await two.all('configure', 'hostname other', 'commit', 'end');
    expect(await one.ask('commit')).toContain('Do you wish to proceed with this commit anyway? [no]:');
    await one.ask('yes');
    expect(await control.running()).toMatch(/hostname other[\s\S]*description mistake/);
    await one.all('end', 'configure exclusive');
    expect(await two.ask('configure exclusive')).toContain('locked');
    await two.all('configure', 'hostname third');
    expect(await two.ask('commit')).toContain('% Failed to commit');
    await one.ask('end');
    await two.ask('commit');
    expect(await control.running()).toContain('hostname third');
  });

  it('reads a route policy line by line', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    await ask('configure');
    expect(await ask('route-policy NEW')).toMatch(/\(config-rpl\)#$/);
    expect(await all('  pass', 'end-policy')).toMatch(/\(config\)#$/);
    await ask('commit');
    expect(await control.running()).toMatch(/route-policy NEW\n {2}pass\nend-policy\n/);
  });
});
