import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const edit = ['configure terminal', 'interface Ethernet1/1', 'description mistake', 'end'];

describe('NX-OS', () => {
  const fresh = benchOf('cisco_nxos', 12);

  it('goes back to a checkpoint byte by byte, and shows the way there', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('checkpoint before description of all')).toContain('..Done');
    expect(await ask('checkpoint before')).toContain('already exists');
    await all(...edit, 'configure terminal', 'vlan 3999', 'name new', 'end');
    expect(await ask('show diff rollback-patch running-config checkpoint before')).toMatch(
      /^Collecting Running-Config\n#Generating Rollback Patch\n!!\nno vlan 3999\ninterface Ethernet1\/1\n {2}no description mistake\n {2}description /,
    );
    expect(await ask('rollback running-config checkpoint before')).toMatch(
      /^ADVISORY: Rollback operation started[\s\S]*Rollback Patch is Empty[\s\S]*Executing Rollback Patch[\s\S]*Rollback completed successfully\.\n/,
    );
    expect(await control.running()).toBe(before);
    expect(await ask('show diff rollback-patch running-config checkpoint before')).toContain('Rollback Patch is Empty');
    expect(await ask('show checkpoint summary')).toMatch(/1\) before:\nCreated by \S+\n[\s\S]*Description: of all/);
    expect(await ask('rollback running-config checkpoint nothing')).toContain('does not exist');
  });

  it('writes checkpoints to files, which are no plain configurations, and reads them back', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('checkpoint file bootflash:sot')).toContain('Done');
    expect(await control.file('sot')).toMatch(/^\n!Command: Checkpoint cmd vdc 1\n!Time: /);
    expect(await ask('show file bootflash:sot')).toContain('\nhostname ');
    await all(...edit);
    await ask('rollback running-config file sot');
    expect(await control.running()).toBe(before);
    expect(await ask('dir bootflash:')).toMatch(/ sot\n[\s\S]*bytes free/);
  });

  it.each([
    ['atomic', false],
    ['best-effort', true],
    ['stop-at-first-failure', false],
  ])('aborts a rollback %s that it cannot carry out', async (scheme, applies) => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await control.store(
      'bad',
      before.replace(
        /\n\ninterface Ethernet1\/1\n {2}description .*/,
        '\n\ninterface Frob1\n  mtu 9000\n\ninterface Ethernet1/1\n  description ok',
      ),
    );
    const said = await ask(`rollback running-config file bad ${scheme}`);
    expect(said).toContain("Syntax error while parsing 'interface Frob1'\n\nRollback aborted\n");
    expect(said).toContain('Rollback failed.');
    const after = await control.running();
    expect(after === before).toBe(!applies);
    expect(after).not.toContain('Frob1');
    expect(await ask('show rollback log exec')).toContain('Frob1');
  });

  it('replaces the configuration, for a time if that is wanted', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await ask('copy running-config bootflash:new');
    const file = (await control.file('new'))!;
    await control.store('new', file.replace(/(?<=interface Ethernet1\/1\n) {2}description .*/, '  description new'));
    expect(await ask('configure replace bootflash:new verify-only')).toContain('Patch validation completed successful');
    expect(await ask('configure replace bootflash:new commit-timeout 60')).toContain(
      'Configure replace completed successfully.',
    );
    expect(await control.running()).toContain('description new');
    await control.advance(61_000);
    expect(await control.running()).toBe(before);
    await ask('configure replace bootflash:new commit-timeout 60');
    await ask('configure replace commit');
    await control.advance(61_000);
    expect(await control.running()).toContain('description new');
    expect(await ask('configure replace commit')).toContain('No config replace operation is pending');
  });

  it('saves when told to, and forgets the rest in a restart', async () => {
    const { control, login } = fresh();
    const { ask, all, talk } = await login();
    await all(...edit);
    expect(await ask('copy running-config startup-config')).toContain('Copy complete.');
    const saved = await control.running();
    await all('configure terminal', 'interface Ethernet1/2', 'shutdown', 'end');
    expect((await control.status()).isUnsaved).toBe(true);
    await control.reboot();
    await talk.closed();
    expect(await control.running()).toBe(saved);
    for (let tried = 0; tried < 100 && !(await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await (await login()).ask('show startup-config')).toContain('description mistake');
  });

  it('refuses what makes no sense', async () => {
    const { login } = fresh();
    const { ask } = await login();
    await ask('configure terminal');
    expect(await ask('interface Frob1')).toMatch(/\^\nInvalid interface format/);
    await ask('interface mgmt0');
    expect(await ask('ip address 10.0.0.300/24')).toContain('% Invalid ip address');
    expect(await ask('vlan 5000')).toContain('% Invalid value/range');
  });
});
