import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;

describe('FortiOS', () => {
  const fresh = benchOf('fortinet', 5);
  const edit = ['config system global', 'set alias "mistake"', 'end'];

  it('saves what is changed at once', async () => {
    const { control, login } = fresh();
    const { all } = await login();
    await all(...edit);
    expect(await control.startup()).toContain('set alias "mistake"');
  });

  it('starts again with what was saved when changes are to be saved by hand, and are not in time', async () => {
    const { control, login } = fresh();
    const { all, ask, talk } = await login();
    expect(await ask('execute cfg save')).toContain('only available in manual or revert mode');
    await all('config system global', 'set cfg-save revert', 'set cfg-revert-timeout 60', 'end');
    const saved = await control.running();
    await all(...edit);
    await control.advance(61_000);
    await talk.closed();
    expect(await control.running()).toBe(saved);
    for (let tried = 0; tried < 100 && !(await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const again = await login();
    await again.all(...edit);
    expect(await again.ask('execute cfg save')).toContain('config saved.');
    await control.advance(600_000);
    expect(await control.running()).toContain('mistake');
  });

  it('keeps revisions, aborts blocks, refuses bad addresses', async () => {
    const { control, login } = fresh();
    const { all, ask, talk } = await login();
    const before = await control.running();
    await all('config system interface', 'edit "port1"', 'set description "x"');
    // A block is in force when it ends.
    expect(await control.running()).toBe(before);
    await ask('abort');
    expect(await control.running()).toBe(before);
    await all('config system interface', 'edit "port1"');
    expect(await ask('set ip 10.0.0.300 255.255.255.0')).toContain('Command fail. Return code -8');
    await all('end');
    expect(await ask('execute backup config flash before')).toContain('Revision 1');
    await all(...edit);
    expect(await ask('execute revision list config')).toMatch(/\n1 .* before\n/);
    await ask('execute restore config flash 1', /\(y\/n\)$/);
    talk.send('y');
    await talk.closed();
    expect(await control.running()).toBe(before);
  });
});

describe('RouterOS', () => {
  const fresh = benchOf('mikrotik_routeros', 5);
  const edit = '/system identity set name=mistake';

  it('undoes what was done in safe mode when the session is lost', async () => {
    const { control, login } = fresh();
    const { ask, talk } = await login();
    const before = await control.running();
    expect(await ask('\x18')).toMatch(/\[Safe Mode taken\]\n\[netwright@[\w-]+\] <SAFE>> $/);
    await ask(edit);
    expect(await control.running()).toContain('set name=mistake');
    talk.end();
    for (let tried = 0; tried < 100 && (await control.running()) !== before; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await control.running()).toBe(before);
  });

  it('keeps it when safe mode is released, and undoes it when asked to', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await ask('\x18');
    await ask(edit);
    expect(await ask('\x04')).toContain('[Safe mode released, changes undone]');
    expect(await control.running()).toBe(before);
    await ask('\x18');
    await ask(edit);
    expect(await ask('\x18')).toContain('[Safe Mode released]');
    expect(await control.running()).toContain('set name=mistake');
  });

  it('exports into files, imports them, and says which line it does not take', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    await ask('/export file=all');
    expect(await control.file('all.rsc')).toContain('/system identity\nset name=');
    await control.store(
      'part.rsc',
      '/ip address\nadd address=192.0.2.1/24 interface=ether9\n/system identity\nset name=imported\n',
    );
    expect(await ask('/import file-name=part.rsc')).toContain('Script file loaded and executed successfully');
    expect(await control.running()).toMatch(
      /add address=192\.0\.2\.1\/24 interface=ether9\n[\s\S]*set name=imported\n/,
    );
    await control.store('bad.rsc', '/system identity\nfrob name=x\n');
    expect(await ask('/import bad.rsc')).toContain('bad command name frob (line 2 column 1)');
    expect(await ask('/ip address add address=10.0.0.300/24 interface=ether1')).toContain(
      'invalid value for argument address',
    );
  });
});

describe('ASA', () => {
  const fresh = benchOf('cisco_asa', 3);

  it('saves, copies without questions, merges, clears', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('copy /noconfirm running-config disk0:/before')).toContain('bytes copied');
    await control.store('merge', 'object network FROM-FILE\n host 192.0.2.7\nfrob\n');
    expect(await ask('copy /noconfirm disk0:/merge running-config')).toMatch(/frob\n\^\nERROR: % Invalid input/);
    expect(await control.running()).toContain('object network FROM-FILE\n host 192.0.2.7\n');
    await all('configure terminal', 'clear configure object network FROM-FILE', 'end');
    expect(await control.running()).toBe(before);
    await all('configure terminal', 'hostname other', 'end');
    expect(await control.startup()).toBe(before);
    expect(await ask('write memory')).toMatch(
      /Building configuration\.\.\.\nCryptochecksum: [0-9a-f]{32}\n[\s\S]*\[OK\]/,
    );
    expect(await control.startup()).toContain('hostname other');
    await all('configure terminal', 'interface GigabitEthernet1/2');
    expect(await ask('ip address 10.0.0.300 255.255.255.0')).toContain('ERROR: % Invalid Hostname');
  });
});

describe.each([
  ['brocade_fastiron', 'interface ethernet 1/1/1', 'port-name mistake', 'show configuration'],
  ['hp_procurve', 'interface 1', 'name "mistake"', 'show config'],
] as const)('%s', (platform, section, line, startup) => {
  const fresh = benchOf(platform, 3);

  it('starts again in a while, unless that is taken back, with what was saved', async () => {
    const { control, login } = fresh();
    const { all, ask, key, talk } = await login();
    const before = await control.running();
    await ask('reload after 00:00:05', /\??:? $/);
    await key('y');
    expect((await control.status()).rollbackInMs).toBeGreaterThan(4.9 * minute);
    await all('configure terminal', section, line, 'end');
    expect(await ask(startup)).not.toContain('mistake');
    await control.advance(5 * minute + 1);
    await talk.closed();
    expect(await control.running()).toBe(before);
    for (let tried = 0; tried < 100 && !(await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const again = await login();
    await again.ask('reload after 00:00:05', /\??:? $/);
    await again.key('y');
    await again.all(
      'configure terminal',
      section,
      line,
      'end',
      platform === 'hp_procurve' ? 'no reload' : 'reload cancel',
      'write memory',
    );
    await control.advance(60 * minute);
    expect(await control.running()).toContain('mistake');
    expect(await again.ask(startup)).toContain('mistake');
  });
});
