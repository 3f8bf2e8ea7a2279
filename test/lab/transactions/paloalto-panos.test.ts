import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const edit = 'set network interface ethernet ethernet1/1 comment mistake';

describe('PAN-OS', () => {
  const fresh = benchOf('paloalto_panos', 6);

  it('commits in jobs, and comes back to what was saved', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    await all('configure', 'save config to before.xml', edit);
    expect(await ask('show config diff')).toContain('+  comment mistake;');
    expect(await control.running()).toBe(before);
    expect(await ask('validate full')).toMatch(/Validate job 12 is in progress[\s\S]*Configuration is valid/);
    expect(await ask('commit description "ticket 7"')).toMatch(
      /Commit job 13 is in progress[\s\S]*Configuration committed successfully/,
    );
    expect(await control.running()).toContain('comment mistake;');
    expect(await ask('run show jobs id 13')).toMatch(/ 13 .*Commit .*FIN +OK/);
    expect(await ask('commit')).toContain('There are no changes to commit.');
    expect(await ask('load config from before.xml')).toContain('Config loaded from before.xml');
    await ask('commit');
    expect(await control.running()).toBe(before);
    expect(await ask('load config from none.xml')).toContain('Server error : Config none.xml does not exist');
  });

  it('shares its candidate, and gives it up when told to', async () => {
    const { control, login } = fresh();
    const one = await login();
    const two = await login();
    const before = await control.running();
    await one.all('configure', edit);
    await two.ask('configure');
    expect(await two.ask('show config diff')).toContain('mistake');
    await one.ask('request commit-lock add');
    expect(await two.ask('commit')).toContain('Commit lock is held by another administrator');
    expect(await one.ask('revert config')).toContain('Config reverted');
    expect(await two.ask('show config diff')).not.toContain('mistake');
    expect(await control.running()).toBe(before);
  });

  it('fails validation and commit on a reference to nothing, and refuses bad values', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await ask('configure');
    expect(await ask('set vsys vsys1 address bad ip-netmask 10.0.0.300/32')).toContain('Invalid syntax.');
    await ask('set vsys vsys1 address-group g1 static nobody');
    expect(await ask('validate full')).toContain(
      "vsys -> vsys1 -> address-group -> g1 -> static 'nobody' is not a valid reference",
    );
    expect(await ask('commit')).toContain('Commit failed');
    expect(await ask('run show jobs all')).toMatch(/Commit +FIN +FAIL/);
    expect(await control.running()).toBe(before);
  });
});
