import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const archive = ['archive', 'path flash:bk', 'write-memory'];
const loopback = ['interface Loopback9', 'description mistake'];

describe('IOS with an archive', () => {
  const fresh = benchOf('cisco_ios');

  it('saves, replaces and takes back a whole configuration, byte by byte', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    await control.configure(archive);
    const before = await control.running();
    expect(await ask('copy running-config flash:before.cfg')).toContain('Destination filename [before.cfg]?');
    expect(await ask('')).toMatch(/\d+ bytes copied in/);
    await all('configure terminal', ...loopback, 'end');
    expect(await control.running()).toContain('interface Loopback9\n description mistake\n');
    expect(await ask('show archive config differences flash:before.cfg system:running-config')).toContain(
      '!Contextual Config Diffs:\n+interface Loopback9\n +description mistake\n',
    );
    expect(await ask('configure replace flash:before.cfg')).toContain('Enter Y if you are sure');
    expect(await ask('n')).toMatch(/#$/);
    expect(await ask('configure replace flash:before.cfg force list')).toMatch(
      /!Pass 1\n\n!List of Rollback Commands:\nno interface Loopback9\nend\n[\s\S]*Total number of passes: 1\nRollback Done/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('configure replace flash:before.cfg force')).toContain('Total number of passes: 0\nRollback Done');
  });

  it('takes a timed change back by itself, even when nobody is there any more', async () => {
    const { control, login } = fresh();
    const { ask, talk } = await login();
    await control.configure(archive);
    const before = await control.running();
    expect(await ask('show archive config rollback timer')).toContain('%No Rollback Confirmed Change pending');
    expect(await ask('configure terminal revert timer 5')).toMatch(
      /Rollback Confirmed Change: Backing up current running config to flash:bk-\w{3}-[-\d]\d-[\d.-]+-0\n\nEnter configuration/,
    );
    for (const line of [...loopback, 'end']) await ask(line);
    expect(await ask('show archive config rollback timer')).toMatch(
      /Timer type: absolute timer\nTimer value: 5 min\nUser: /,
    );
    expect((await control.status()).rollbackInMs).toBeGreaterThan(4.9 * minute);
    talk.end();
    await control.advance(4.5 * minute);
    expect(await control.running()).toContain('Loopback9');
    await control.advance(0.6 * minute);
    expect(await control.running()).toBe(before);
    expect((await control.status()).rollbackInMs).toBeUndefined();
  });

  it('keeps what was confirmed, reverts on demand, and warns the one who changed it', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    await control.configure(archive);
    const before = await control.running();
    await all('configure terminal revert timer 2', ...loopback, 'end');
    talk.send('');
    await control.advance(minute + 1_000);
    await talk.until(/Rollback will begin in one minute\.\r\nEnter "configure confirm"/);
    await ask('configure confirm');
    await control.advance(10 * minute);
    expect(await control.running()).toContain('Loopback9');
    expect(await ask('configure confirm')).toContain('%No Rollback Confirmed Change pending');
    const between = await control.running();
    await all('configure terminal revert timer 2', 'no interface Loopback9', 'end');
    expect(await ask('configure revert now')).toMatch(/rolling to:flash:bk-.*\n[\s\S]*Rollback Done/);
    expect(await control.running()).toBe(between);
    expect(between).not.toBe(before);
  });

  it('says which lines it could not apply, and restores when it was asked to', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    await control.configure(archive);
    const before = await control.running();
    const bad = before.replace(
      '\ninterface GigabitEthernet0/0\n',
      '\ninterface Frobnicator7\n ip address 192.0.2.1 255.255.255.0\n!\ninterface Loopback8\n ip address 192.0.2.9 255.255.255.255\n!\ninterface GigabitEthernet0/0\n',
    );
    await control.store('bad.cfg', bad);
    await control.store('partial.cfg', 'interface Loopback8\n');
    expect(await ask('configure replace flash:partial.cfg force')).toContain(
      '%The input file is not a valid config file.',
    );
    expect(await ask('configure replace flash:nothing.cfg force')).toContain('%Error opening flash:nothing.cfg');
    const said = await ask('configure replace flash:bad.cfg force revert trigger error');
    expect(said).toMatch(
      /Rollback aborted after 5 passes\nThe following commands are failed to apply to the IOS image\.\n\*{8}\ninterface Frobnicator7\n\*{8}/,
    );
    expect(said).toContain('The original configuration has been successfully restored.');
    expect(await control.running()).toBe(before);
    expect(await ask('configure replace flash:bad.cfg force')).toContain('Rollback aborted after 5 passes');
    const after = await control.running();
    expect(after).toContain('interface Loopback8\n');
    expect(after).not.toContain('Frobnicator7');
  });

  it('merges files, asks before it overwrites, and stops asking when told to', async () => {
    const { control, login } = fresh();
    const { ask, all, key } = await login();
    await control.store(
      'merge.txt',
      'interface Loopback9\n description from a file\n bogus line\nntp server 192.0.2.4\n',
    );
    expect(await ask('copy flash:merge.txt running-config')).toContain('Destination filename [running-config]?');
    expect(await ask('')).toMatch(/bogus line\n\^\n% Invalid input detected/);
    expect(await control.running()).toMatch(
      /interface Loopback9\n description from a file\n[\s\S]*ntp server 192\.0\.2\.4\n/,
    );
    await all('copy running-config flash:x.cfg', '');
    await ask('copy running-config flash:x.cfg');
    expect(await ask('', /\[confirm\]$/)).toContain('%Warning:There is a file already existing with this name');
    await key('y', /bytes\/sec\)\r\n[^\r\n]*#$/);
    await all('configure terminal', 'file prompt quiet', 'end');
    expect(await ask('copy running-config flash:x.cfg')).toMatch(/bytes copied in/);
    expect(await ask('dir flash:')).toMatch(/\d+\s+-rw-\s+\d+ .*x\.cfg\n[\s\S]*bytes total \(\d+ bytes free\)/);
    expect(await ask('verify /md5 flash:merge.txt')).toMatch(/verify \/md5 \(flash:merge\.txt\) = [0-9a-f]{32}/);
    expect(await ask('show archive config incremental-diffs flash:merge.txt')).toContain('!List of Commands:\n');
    await ask('delete /force flash:x.cfg');
    expect(await control.files()).toEqual(['merge.txt']);
    await control.fault({ kind: 'disk-full' });
    expect(await ask('copy running-config flash:y.cfg')).toContain('No space left on device');
  });

  it('writes files through the Tcl shell', async () => {
    const { control, login } = fresh();
    const { all, ask } = await login();
    await all('tclsh', 'puts [open "flash:t.cfg" w+] {', 'interface Loopback9', ' description tcl', '}', 'tclquit');
    expect(await control.file('t.cfg')).toBe('interface Loopback9\n description tcl\n');
    expect(await ask('more flash:t.cfg')).toContain('interface Loopback9\n description tcl\n');
  });

  it('keeps copies in the archive, as many as it may', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    await control.configure([...archive, 'maximum 2']);
    await all('write memory', 'archive config', 'write memory');
    const shown = await ask('show archive');
    expect(shown).toContain('The maximum archive configurations allowed is 2.\nThere are currently 2 archive');
    expect(shown).toMatch(/ {3}1 {8}flash:bk-.*-1\n {3}2 {8}flash:bk-.*-2 <- Most Recent/);
    expect(await control.files()).toHaveLength(2);
  });

  it('restarts when told to in time, unless that is taken back, and forgets what was not saved', async () => {
    const { control, login } = fresh();
    const { ask, all, key, talk } = await login();
    const before = await control.running();
    await all('configure terminal', ...loopback, 'end');
    expect(await ask('reload in 5')).toContain('System configuration has been modified. Save? [yes/no]:');
    expect(await ask('no', /\[confirm\]$/)).toContain('Proceed with reload? [confirm]');
    await key('\n', /#$/);
    expect(await ask('reload cancel')).toContain('SHUTDOWN ABORTED');
    await all('reload in 5', 'no');
    await key('\n', /#$/);
    await control.advance(5 * minute);
    await talk.closed();
    expect(await control.running()).toBe(before);
    expect((await control.status()).reboots).toBe(1);
  });
});

describe('IOS without an archive', () => {
  const fresh = benchOf('cisco_ios', 4);

  it('refuses what needs one, in the words of the box, and replaces all the same', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('show archive')).toContain('Archive feature not enabled');
    expect(await ask('archive config')).toContain('Archive feature not enabled');
    expect(await ask('configure terminal revert timer 5')).toContain(
      '%Turn config archive on before using Rollback Confirmed Change',
    );
    await all('copy running-config flash:a', '');
    await all('configure terminal', ...loopback, 'end');
    expect(await ask('configure replace flash:a force timer 5')).toContain('%Turn config archive on');
    expect(await ask('configure replace flash:a force')).toContain('Rollback Done');
    expect(await control.running()).toBe(before);
  });

  it('refuses lines whose words it knows, under the word that is wrong', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all('configure terminal');
    expect(await ask('interface Frob0/1')).toMatch(/^ +\^\n% Invalid input detected/);
    await ask('interface GigabitEthernet0/0');
    expect(await ask('ip address 10.0.0.300 255.255.255.0')).toContain('% Invalid input');
    expect(await ask('ip address 10.0.0.1 255.0.255.1')).toMatch(/%|Bad mask|#$/);
    await ask('end');
    expect(await control.running()).not.toContain('300');
    expect(await control.running()).toBe(
      before.replace(/ ip address \S+ \S+(?=\n duplex)/, ' ip address 10.0.0.1 255.0.255.1'),
    );
  });

  it('reads a banner to its delimiter', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    await ask('configure terminal');
    expect(await ask('banner motd #', /'#'\.\r\n$/)).toContain('Enter TEXT message.');
    await ask('hello\nno bogus here\n#');
    await ask('end');
    expect(await control.running()).toContain('banner motd ^C\nhello\nno bogus here\n^C\n');
    expect(await control.running()).not.toContain('authorised access only');
  });
});
