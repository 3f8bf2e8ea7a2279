import { expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const fresh = benchOf('cisco_xr');

it('lets only the session that commits on trial confirm it, and nobody else commit meanwhile', async () => {
  const { control, login } = fresh();
  const first = await login();
  await first.all('configure', 'interface Loopback77', 'description trial', 'root', 'commit confirmed 120');
  const second = await login();
  await second.ask('configure');
  expect(await second.ask('commit')).toContain('% No configuration changes to commit.');
  await second.ask('snmp-server location elsewhere');
  expect(await second.ask('commit')).toContain('% Cannot commit because there is an unexpired trial/rollback session');
  expect(await first.ask('commit')).toContain('% Confirming commit for trial session.');
  await control.advance(600_000);
  expect(await control.running()).toContain('description trial');
});

it('goes back at once when the trial is left, and at its end when the session is lost', async () => {
  const { control, login } = fresh();
  const before = await control.running();
  const { ask, all } = await login();
  await all('configure', 'interface Loopback77', 'description trial', 'root', 'commit confirmed 120');
  expect(await ask('end')).toContain('will immediately rollback');
  await ask('yes');
  expect(await control.running()).toBe(before);
  await all('configure', 'interface Loopback77', 'description trial', 'root', 'commit confirmed 120');
  const { talk } = await login();
  talk.end();
  expect(await control.running()).not.toBe(before);
  await control.advance(121_000);
  expect(await control.running()).toBe(before);
});

it('shows what a replace would take away', async () => {
  const { control, login } = fresh();
  const { all, ask } = await login();
  const hostname = /^hostname \S+$/m.exec(await control.running())![0];
  await all('configure', hostname, 'interface Loopback77', 'description only this', 'root');
  const shown = await ask('show configuration changes diff');
  expect(shown).toContain('+  interface Loopback77');
  expect(shown).toMatch(/^- {2}snmp-server community/m);
  await ask('abort');
});
