import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const describeIt = 'set interfaces ge-0/0/0 description "mistake"';

describe('Junos', () => {
  const fresh = benchOf('juniper_junos', 16);

  it('compares, checks, commits and rolls back byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all('configure', describeIt, 'set interfaces ge-0/0/99 unit 0 family inet address 192.0.2.1/24');
    expect(await ask('show | compare')).toMatch(
      /^\[edit interfaces\]\n\+ {3}ge-0\/0\/99 \{\n\+ {7}unit 0 \{\n\+ {11}family inet \{\n\+ {15}address 192\.0\.2\.1\/24;\n\+ {11}\}\n\+ {7}\}\n\+ {3}\}\n\[edit interfaces ge-0\/0\/0\]\n- {2}description ".*";\n\+ {2}description "mistake";\n\n\[edit\]\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('commit check')).toContain('configuration check succeeds');
    expect(await ask('commit comment "ticket 7"')).toMatch(/^commit complete\n/);
    expect(await control.running()).toContain('description "mistake"');
    expect(await control.startup()).toBe(await control.running());
    expect(await ask('show | compare rollback 1')).toContain('+  description "mistake";');
    expect(await ask('run show system commit')).toMatch(
      /^0 {3}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by \S+ via cli\n {4}ticket 7\n1 /,
    );
    await ask('rollback 1');
    await ask('commit');
    expect(await control.running()).toBe(before);
    expect(await ask('rollback 7')).toContain('error: could not find rollback configuration 7');
  });

  it('rolls an unconfirmed commit back and tells everybody, with nobody left to see it', async () => {
    const { control, login } = fresh();
    const first = await login();
    const watcher = await login();
    const before = await control.running();
    await first.all('configure', describeIt);
    expect(await first.ask('commit confirmed 5 comment "try"')).toMatch(
      /^commit confirmed will be automatically rolled back in 5 minutes unless confirmed\ncommit complete\n\n# commit confirmed will be rolled back in 5 minutes\n/,
    );
    first.talk.end();
    expect(await watcher.ask('show system commit')).toContain('commit confirmed, rollback in 5mins');
    await control.advance(4.9 * minute);
    expect(await control.running()).not.toBe(before);
    await control.advance(0.2 * minute);
    await watcher.talk.until(/Commit was not confirmed; automatic rollback complete\./);
    expect(await control.running()).toBe(before);
    expect(await watcher.ask('show system commit')).toMatch(/^0 .* by root via other\n1 /);
  });

  it.each(['commit', 'commit check'])('keeps what `%s` confirms', async (confirmation) => {
    const { control, login } = fresh();
    const { all } = await login();
    await all('configure', describeIt, 'commit confirmed', confirmation);
    await control.advance(30 * minute);
    expect(await control.running()).toContain('"mistake"');
    expect((await control.status()).rollbackInMs).toBeUndefined();
  });

  it('loads what is typed and what is in files, in every way', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await ask('configure');
    expect(await ask('load merge terminal', /input\]\r\n$/)).toContain('[Type ^D at a new line to end input]');
    for (const line of ['interfaces {', '    ge-0/0/0 {', '        description merged;', '    }', '}'])
      await ask(line, new RegExp(`${line}\r\n$`.replaceAll(/[{}]/g, '\\$&')));
    expect(await ask('\x04')).toContain('load complete');
    expect(await ask('show | compare')).toContain('+  description merged;');
    await ask('rollback');
    await ask('load set terminal', /input\]\r\n$/);
    await ask('set system host-name other', /other\r\n$/);
    await ask('frobnicate the network', /network\r\n$/);
    expect(await ask('\x04')).toMatch(/terminal:2:\(12\) syntax error: the\nload complete \(1 errors\)/);
    await control.store('/var/tmp/whole.conf', before);
    expect(await ask('load override /var/tmp/whole.conf')).toContain('load complete');
    expect(await ask('show | compare')).toMatch(/^\n?\[edit\]/);
    await control.store('/var/tmp/other.conf', before.replace(/description "[^"]*"/, 'description "overridden"'));
    await all('load override /var/tmp/other.conf', 'commit');
    expect(await control.running()).toBe(before.replace(/description "[^"]*"/, 'description "overridden"'));
    await control.store(
      '/var/tmp/replace.conf',
      'snmp {\n    replace: community public {\n        authorization read-only;\n    }\n}\n',
    );
    await all('load replace /var/tmp/replace.conf', 'commit', 'rollback 2', 'commit');
    expect(await control.running()).toBe(before);
    expect(await ask('load override /var/tmp/missing')).toContain('error: cannot open /var/tmp/missing');
    await control.store('/var/tmp/broken.conf', 'system {\n');
    expect(await ask('load override /var/tmp/broken.conf')).toContain('load failed (1 errors)');
  });

  it('refuses bad values where they are typed, and bad configurations when they are committed', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await ask('configure');
    expect(await ask('set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.300/24')).toMatch(
      /^ +\^\ninvalid ip address or hostname: '10\.0\.0\.300\/24'/,
    );
    await ask('set protocols bgp group transit import NOPE');
    expect(await ask('commit')).toMatch(
      /^\[edit protocols bgp group transit\]\n {2}'import'\n {4}Policy error: Policy NOPE referenced but not defined\nerror: configuration check-out failed\n\n\[edit\]\n/,
    );
    expect(await control.running()).toBe(before);
    await ask('rollback 0');
    await ask('set protocols bgp group new type external');
    await ask('set protocols bgp group new neighbor 192.0.2.9');
    expect(await ask('commit check')).toContain(
      'Error in neighbor 192.0.2.9 of group new:\npeer AS number must be configured for an external peer\nerror: configuration check-out failed',
    );
    await control.fault({ kind: 'commit-fails' });
    await ask('rollback 0');
    expect(await ask('commit')).toContain('error: configuration check-out failed');
    expect(await ask('commit')).toContain('commit complete');
  });

  it('shares its candidate, and says who else is there', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    await one.all('configure', describeIt);
    const entered = await two.ask('configure');
    expect(entered).toMatch(
      /^Entering configuration mode\nUsers currently editing the configuration:\n {2}\S+ terminal pts\/0 \(pid \d+\) on since .* UTC\n {6}\[edit\]\nThe configuration has been changed but not committed\n/,
    );
    await two.ask('set system host-name shared');
    expect(await one.ask('show | compare')).toMatch(/host-name shared[\s\S]*"mistake"/);
    expect(await one.ask('exit')).toContain('Exit with uncommitted changes? [yes,no] (yes)');
    await one.ask('yes');
    await two.ask('commit');
    expect(await control.running()).toMatch(/host-name shared[\s\S]*"mistake"/);
    expect(await one.ask('configure private')).not.toContain('error');
    await one.ask('set interfaces ge-0/0/0 description "private"');
    expect(await two.ask('show | compare')).toMatch(/^\n?\[edit\]/);
    await two.ask('set snmp location "elsewhere"');
    expect(await one.ask('commit')).toContain('error: configuration database modified');
    await two.ask('commit');
    await one.ask('commit');
    expect(await control.running()).toMatch(/description "private"[\s\S]*location "elsewhere"/);
  });

  it('locks out everybody else while somebody is exclusive, until he is gone', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    expect(await one.ask('configure exclusive')).toContain('warning: uncommitted changes will be discarded on exit');
    await one.ask(describeIt);
    expect(await two.ask('configure')).toMatch(
      /^error: configuration database locked by:\n {2}\S+ terminal pts\/0 \(pid \d+\) on since .*\n {6}exclusive \[edit\]\n/,
    );
    one.talk.end();
    await one.talk.closed();
    for (let tried = 0; tried < 50 && (await control.status()).sessions > 1; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await two.ask('configure')).toMatch(/^Entering configuration mode\n\n/);
    expect(await two.ask('show | compare')).toMatch(/^\n?\[edit\]/);
    expect(await two.ask('configure exclusive')).toMatch(/syntax error|unknown/);
  });

  it('says aloud when it cannot roll back', async () => {
    const { control, login } = fresh();
    const { all, talk } = await login();
    await all('configure', describeIt, 'commit confirmed 1');
    await control.fault({ kind: 'rollback-fails' });
    await control.advance(2 * minute);
    await talk.until(/automatic rollback failed/);
    expect(await control.running()).toContain('"mistake"');
  });
});
