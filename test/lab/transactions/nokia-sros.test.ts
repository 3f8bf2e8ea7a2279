import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;

describe('SR OS, classic', () => {
  const fresh = benchOf('nokia_sros', 4);

  it('takes contexts and lines one by one, or several on a line', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('configure port 1/1/1 description "one line"')).toMatch(/^\*A:[\w-]+# $/);
    expect(await control.running()).toMatch(/ {4}port 1\/1\/1\n {8}description "one line"\n/);
    expect(await ask('configure router Base interface "to-1"')).toMatch(/>config>router>if# $/);
    await ask('description "in the interface"');
    expect(await control.running()).toMatch(
      /interface "to-1"\n {12}address \S+\n {12}description "in the interface"\n/,
    );
    expect(await ask('/configure port 1/1/2 no description')).toMatch(/>config>router>if# $/);
    expect(await control.running()).toMatch(/ {4}port 1\/1\/2\n {8}ethernet\n/);
    await all('exit all', 'configure router interface "new" address 192.0.2.1/31');
    expect(await control.running()).toMatch(/ {8}interface "new"\n {12}address 192\.0\.2\.1\/31\n {8}exit\n/);
    expect(await ask('configure router interface "new" address 192.0.2.300/31')).toContain('Error: Invalid parameter.');
    expect(await ask('configure frob')).toContain('Error: Bad command.');
    await all('configure system', 'time', 'ntp', 'server 192.0.2.99');
    expect(await ask('exit')).toMatch(/>config>system>time# $/);
    await all('exit', 'exit', 'exit all');
    expect(await control.running()).toMatch(/ {8}time\n {12}ntp\n {16}server 192\.0\.2\.99\n {12}exit\n {8}exit\n/);
    expect(await control.startup()).toBe(before);
    expect(await ask('admin save')).toContain('Completed.');
    expect(await control.startup()).toBe(await control.running());
  });
});

describe('SR OS, model-driven', () => {
  const fresh = benchOf('nokia_sros_md', 8);

  it('is the same platform to an inventory', () => {
    expect(fresh().device.platform).toBe('nokia_sros');
  });

  it('compares, commits and rolls back byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('edit-config exclusive')).toMatch(
      /^INFO: CLI #2060: Entering exclusive configuration mode\nINFO: CLI #2061: [^\n]+\n\n\(ex\)\[\/configure\]\nA:netwright@[\w-]+# $/,
    );
    expect(await ask('/configure port 1/1/1 description "mistake"')).toMatch(/\n\*\(ex\)\[\/configure\]\n/);
    expect(await ask('port 1/1/1')).toMatch(/\n\*\(ex\)\[\/configure port 1\/1\/1\]\n/);
    await all('admin-state disable', 'exit', '/configure');
    expect(await ask('compare')).toMatch(
      /^ {4}port 1\/1\/1 \{\n- {7}description ".*"\n\+ {7}description "mistake"\n|^ {4}port 1\/1\/1 \{\n- {7}admin-state enable\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('commit')).toMatch(/^\n?\(ex\)\[\/configure\]/);
    expect(await control.running()).toContain('description "mistake"');
    expect(await ask('show system management-interface commit-history')).toMatch(
      /Total Commits : 2\n\n1\n {2}Committed {3}\S+ by netwright \(MD-CLI\)/,
    );
    await all('rollback 1', 'commit');
    expect(await control.running()).toBe(before);
    expect(await ask('quit-config')).toContain('Exiting exclusive configuration mode');
  });

  it('takes a confirmed commit back, accepts it, or cancels it', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    const before = await control.running();
    await all('edit-config exclusive', '/configure port 1/1/1 description "mistake"');
    expect(await ask('commit confirmed 5')).toContain('automatic rollback in 5 minutes');
    expect(await ask('commit')).toContain('MINOR: ');
    // It lives as long as the session that made it.
    talk.end();
    for (let tried = 0; tried < 100 && (await control.running()) !== before; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await control.running()).toBe(before);
    const other = await login();
    await other.all(
      'edit-config exclusive',
      '/configure port 1/1/1 description "mistake"',
      'commit confirmed 5 persist-id nw1',
    );
    other.talk.end();
    await other.talk.closed();
    expect(await control.running()).toContain('mistake');
    const third = await login();
    expect(await third.ask('show system management-interface commit-history')).toContain(
      'Commit Confirmed : awaiting confirmation',
    );
    await third.ask('edit-config private');
    expect(await third.ask('commit confirmed accept')).toContain('persist-id does not match');
    await control.advance(5 * minute + 1);
    expect(await control.running()).toBe(before);
    third.talk.end();
    const again = await login();
    await again.all(
      'edit-config exclusive',
      '/configure port 1/1/1 description "mistake"',
      'commit confirmed 5',
      'commit confirmed cancel',
    );
    expect(await control.running()).toBe(before);
    await again.all('/configure port 1/1/1 description "kept"', 'commit confirmed 5', 'commit confirmed accept');
    await control.advance(60 * minute);
    expect(await control.running()).toContain('description "kept"');
    expect(await again.ask('commit confirmed accept')).toContain('MINOR: ');
  });

  it('locks, discards, refuses and fails', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    const before = await control.running();
    await one.all('configure exclusive', 'port 1/1/1 description "x"');
    expect(await two.ask('edit-config exclusive')).toContain(
      'MINOR: MGMT_CORE #2052: Exclusive datastore access unavailable',
    );
    expect(await one.ask('frobnicate everything')).toContain("MINOR: MGMT_CORE #2201: Unknown element - 'frobnicate'");
    expect(await one.ask('port 1/1/1 admin-state maybe')).toContain('MINOR: MGMT_CORE #2301');
    await one.ask('discard');
    expect(await one.ask('router "Base" bgp neighbor "192.0.2.9" group "nobody"')).not.toContain('MINOR');
    expect(await one.ask('commit')).toContain('Entry does not exist - group "nobody"');
    expect(await one.ask('exit all')).toContain('Discard uncommitted changes? [y,n]');
    await one.ask('y');
    expect(await control.running()).toBe(before);
    expect(await two.ask('edit-config private')).toContain('Entering private configuration mode');
  });
});
