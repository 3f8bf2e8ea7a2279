import { describe, expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const minute = 60_000;
const edit = ['interface GigabitEthernet1/0/1', 'description mistake', 'quit'];

describe('Comware', () => {
  const fresh = benchOf('hp_comware', 6);

  it('saves into a file, shows what differs from it, and replaces everything with it', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    const before = await control.running();
    expect(await ask('save before.cfg')).toContain('Continue? [Y/N]:');
    expect(await ask('y')).toContain('successfully.');
    await all('system-view', ...edit);
    expect(await ask('display diff configfile before.cfg current-configuration')).toMatch(
      /^--- before\.cfg\n\+\+\+ Current configuration\n@@[\s\S]*\n\+ description mistake\n/,
    );
    expect(await ask('configuration replace file before.cfg')).toContain('save current configuration? [Y/N]:');
    expect(await ask('n')).toContain('Succeeded in replacing current configuration with the file before.cfg.');
    expect(await control.running()).toBe(before);
    await control.store('bad.cfg', before.replace('\nreturn\n', '\ninterface Frob1\n mtu 9000\n#\nreturn\n'));
    await ask('configuration replace file bad.cfg');
    expect(await ask('n')).toMatch(/Failed to execute the command: interface Frob1\nFailed to replace/);
    expect(await control.running()).toBe(before);
    await ask('configuration replace file none.cfg');
    expect(await ask('n')).toContain('does not exist');
  });

  it('goes back by itself after the commit delay, unless that is committed', async () => {
    const { control, login } = fresh();
    const { all, talk } = await login();
    const before = await control.running();
    await all('system-view', 'configuration commit delay 5', ...edit);
    talk.end();
    await control.advance(5 * minute + 1);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.all('system-view', 'configuration commit delay 5', ...edit, 'configuration commit');
    await control.advance(60 * minute);
    expect(await control.running()).toContain('mistake');
  });

  it('saves for the next start, with questions or without', async () => {
    const { control, login } = fresh();
    const { ask, all } = await login();
    await all('system-view', ...edit, 'return');
    expect(await ask('save')).toContain('Are you sure? [Y/N]:');
    expect(await ask('y', /key\):$/)).toContain('Please input the file name(*.cfg)[flash:/startup.cfg]');
    expect(await ask('')).toContain('overwrite? [Y/N]:');
    expect(await ask('y')).toContain('successfully.');
    expect(await control.startup()).toContain('mistake');
    expect(await ask('display startup')).toContain('Next main startup saved-configuration file: flash:/startup.cfg');
  });
});
