import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyOptions, RollbackOptions } from '#change';
import { NetwrightError } from '#core';
import { all, type ChangeLab, changeLab } from './change-lab.ts';
import { watched } from './wrapped-driver.ts';

const line = 'ntp server 192.0.2.99';

describe('a change', () => {
  let net: ChangeLab;
  beforeEach(async () => {
    net = await changeLab({ platforms: ['arista_eos'], devices: 3 });
  });
  afterEach(async () => await net[Symbol.asyncDispose]());

  const plan = async (lines: readonly string[] = [line], select?: string) =>
    (await all(net.workspace.change.plan({ intent: { lines }, ...(select !== undefined && { select }) }))).report.id;
  const apply = async (id: string, options: ApplyOptions = {}) =>
    await all(net.workspace.change.apply(id, { backup: false, ...options }));
  const rollback = async (id: string, options?: RollbackOptions) =>
    await all(net.workspace.change.rollback(id, options));
  const states = async (id: string) =>
    Object.fromEntries((await net.workspace.change.status(id)).devices.map(({ device, state }) => [device, state]));
  const running = async (name = net.names[0]!) => await net.lab.device(name).running();
  const first = () => net.names[0]!;

  it('is made, proven over a new connection, confirmed, saved and taken back exactly', async () => {
    const before = await running();
    const id = await plan();
    const { outcomes, report } = await apply(id, { backup: true, comment: 'ticket 1' });
    expect(report).toMatchObject({ total: 3, failed: 0, states: { confirmed: 3 }, warnings: [] });
    expect(outcomes.get(first())?.value).toMatchObject({ state: 'confirmed', timer: 'device', wave: 1 });
    expect(await running()).toContain('server 192.0.2.99');
    expect((await net.lab.device(first()).status()).rollbackInMs).toBeUndefined();
    const { devices } = await net.workspace.change.status(id);
    const [one] = devices;
    expect(one).toMatchObject({ state: 'confirmed', isSaved: true, isWorkedOn: false });
    const store = await net.workspace.configurations();
    const [after, earlier] = await store.history(one!.device);
    expect([after?.commit, earlier?.commit]).toEqual([one!.backupAfter, one!.backupBefore]);
    expect(after?.reason).toMatch(new RegExp(`^change ${id}, after: ticket 1 \\[audit \\d+:[0-9a-f]{16}\\]$`));
    expect(await store.diff(earlier, after!)).toContain('192.0.2.99');
    await expect(apply(id)).rejects.toThrow('nothing to apply (confirmed)');

    expect((await rollback(id, { comment: 'not wanted' })).outcomes.get(first())).toMatchObject({
      value: 'rolled back',
    });
    expect(await running()).toBe(before);
    expect((await net.workspace.change.status(id)).devices[0]).toMatchObject({ isRollbackExact: true });
    expect(await net.workspace.change.verifyAudit()).toMatchObject({ anchors: 2 });
  });

  it('refuses a device whose configuration is another one by now, and names what changed', async () => {
    const id = await plan();
    await net.lab.device(first()).configure(['ip domain-name changed.example']);
    const before = await running();
    const { outcomes } = await apply(id, { maxFailures: 3 });
    const { error } = outcomes.get(first())!;
    expect(error?.code).toBe('NW_CHANGE_STALE');
    expect(error?.message).toContain('+ip domain-name changed.example');
    expect(await running()).toBe(before);
    expect(await states(id)).toMatchObject({ [first()]: 'not applied', [net.names[1]!]: 'confirmed' });
  });

  it('says which line a device refuses when it checks the whole, and leaves it as it was', async () => {
    const before = await running();
    const id = await plan([line], first());
    await net.lab.device(first()).fault({ kind: 'commit-fails' });
    const { outcomes, report } = await apply(id);
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_CHANGE_REFUSED' } });
    expect(report.states).toEqual({ 'not applied': 1 });
    expect(await running()).toBe(before);
    expect((await net.workspace.change.status(id)).devices[0]).toMatchObject({ isRollbackExact: true });
    // What was the matter is over: the same plan can be applied again.
    expect((await apply(id)).report.states).toEqual({ confirmed: 1 });
  });

  it('takes back what does not hold afterwards', async () => {
    const before = await running();
    const id = await plan([line], first());
    const { outcomes } = await apply(id, {
      expect: ['config(retrieve=running) running contains nowhere'],
      checkMs: 1_500,
    });
    const { error } = outcomes.get(first())!;
    expect(error?.code).toBe('NW_CHECK_FAILED');
    expect(error?.message).toMatch(
      /contains nowhere" does not hold: running is a text of \d+ characters; the change was taken back/,
    );
    expect(await states(id)).toEqual({ [first()]: 'rolled back' });
    expect(await running()).toBe(before);
    expect(
      (await apply(id, { expect: ['config(retrieve=running) running contains 192.0.2.99'] })).report.states,
    ).toEqual({ confirmed: 1 });
  });

  it('takes back what cuts its own path, or lets the device do so', async () => {
    const id = await plan([line], first());
    const connector = await net.workspace.connector();
    const connect = connector.connect.bind(connector);
    let isCut = false;
    connector.connect = async (...args) => {
      if (isCut) throw new NetwrightError('NW_CONNECT_TIMEOUT', `${first()}: no answer`);
      return await connect(...args);
    };
    const before = await running();
    const cutting = await watched((when, call) => {
      if (when === 'after' && call === 'commit') isCut = true;
    });
    setTimeout(() => {
      isCut = false;
    }, 4_000);
    const { outcomes } = await apply(id, { drivers: cutting, checkMs: 1_500 });
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_CHECK_FAILED' } });
    expect(outcomes.get(first())?.error?.message).toContain('NW_CONNECT_TIMEOUT');
    expect(await states(id)).toEqual({ [first()]: 'rolled back' });
    expect(await running()).toBe(before);
  });

  it('refuses before anything is sent what could never be proven', async () => {
    const id = await plan([line], first());
    const { outcomes } = await apply(id, {
      expect: ['firewall_policies exists'],
    });
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_NOT_SUPPORTED' } });
    expect(await states(id)).toEqual({ [first()]: 'not applied' });
    await expect(apply(id, { expect: ['nothing at all'] })).rejects.toMatchObject({ code: 'NW_USAGE' });
    await expect(apply(id, { pings: ['-h; reboot'] })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  it('waits for a person, who confirms', async () => {
    const id = await plan();
    const { outcomes, report } = await apply(id, { confirmMs: 120_000 });
    expect(report.states).toEqual({ pending: 3 });
    expect(outcomes.get(first())?.value).toMatchObject({ state: 'pending', timer: 'device' });
    expect((await net.lab.device(first()).status()).rollbackInMs).toBeGreaterThan(60_000);
    // Somebody else's change must wait for it.
    const other = await plan(['ip domain-name a.example'], first());
    expect((await apply(other)).outcomes.get(first())).toMatchObject({
      ok: false,
      error: { code: 'NW_CHANGE_LOCKED' },
    });
    await using second = await net.open();
    expect((await all(second.change.confirm(id, { devices: [first()] }))).outcomes.get(first())).toMatchObject({
      value: 'confirmed',
    });
    expect(await states(id)).toMatchObject({ [first()]: 'confirmed', [net.names[1]!]: 'pending' });
    expect((await net.lab.device(first()).status()).rollbackInMs).toBeUndefined();
    expect([...(await all(second.change.confirm(id))).outcomes.keys()]).toHaveLength(2);
    await expect(all(second.change.confirm(id))).rejects.toMatchObject({ code: 'NW_CHANGE_STATE' });
    await expect(all(second.change.confirm(id, { devices: ['r9'] }))).rejects.toMatchObject({
      code: 'NW_CHANGE_NOT_FOUND',
    });
  });

  it('waits for a person, who takes it back, or forgets it', async () => {
    const before = await running();
    const id = await plan();
    await apply(id, { confirmMs: 60_000 });
    expect((await rollback(id, { devices: [first()] })).outcomes.get(first())).toMatchObject({ value: 'rolled back' });
    expect(await running()).toBe(before);
    // The device's own timer goes off; its clock is its own.
    const [, two = ''] = net.names;
    await net.lab.device(two).advance(61_000);
    expect(await running(two)).not.toContain('192.0.2.99');
    // Whoever confirms it now learns that it is too late.
    const { outcomes } = await all(net.workspace.change.confirm(id, { devices: [two] }));
    expect(outcomes.get(two)).toMatchObject({ ok: false, error: { code: 'NW_CHANGE_STATE' } });
    expect(await states(id)).toMatchObject({ [two]: 'rolled back' });
  });

  it('goes in waves, and stops at the first failure', async () => {
    const [one = '', two = '', three = ''] = (await net.workspace.inventory()).select().map(({ name }) => name);
    const id = await plan();
    await net.lab.device(two).fault({ kind: 'commit-fails' });
    const { outcomes, report } = await apply(id, { serial: [1] });
    expect([...outcomes].map(([name, { ok, error }]) => [name, ok, error?.code])).toEqual([
      [one, true, undefined],
      [two, false, 'NW_CHANGE_REFUSED'],
      [three, false, 'NW_SKIPPED'],
    ]);
    expect(report).toMatchObject({ failed: 1, stopped: `${two} failed with NW_CHANGE_REFUSED` });
    expect(await states(id)).toEqual({ [one]: 'confirmed', [two]: 'not applied', [three]: 'planned' });
    // What is left is gone on with.
    expect((await apply(id)).report.states).toEqual({ confirmed: 3 });
    expect((await net.workspace.change.status(id)).devices.map(({ wave }) => wave)).toEqual([1, 1, 1]);
    expect([...(await rollback(id)).outcomes.keys()].sort()).toEqual([one, two, three].sort());
  });

  it('goes on within a budget of failures', async () => {
    const id = await plan();
    for (const name of net.names.slice(0, 2)) await net.lab.device(name).fault({ kind: 'commit-fails' });
    const { report } = await apply(id, { serial: [1], maxFailures: '70%' });
    expect(report).toMatchObject({ failed: 2, states: { confirmed: 1, 'not applied': 2 } });
    await expect(apply(id, { maxFailures: -1 })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  it('begins no further device when it is told to stop, and lets the others come to their end', async () => {
    const stop = new AbortController();
    const id = await plan();
    const { outcomes, report } = await apply(id, {
      serial: [1],
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'step' && event.state === 'committing')
          stop.abort(new NetwrightError('NW_CANCELLED', 'stopped by Ctrl-C'));
      },
    });
    expect([...outcomes.values()].map(({ ok, error }) => error?.code ?? ok)).toEqual([
      true,
      'NW_SKIPPED',
      'NW_SKIPPED',
    ]);
    expect(report).toMatchObject({ failed: 0, stopped: 'stopped by Ctrl-C', states: { confirmed: 1, planned: 2 } });
  });

  it('refuses a device that left the inventory by name, and changes the others', async () => {
    const id = await plan();
    const { readFile, writeFile } = await import('node:fs/promises');
    const file = net.workspace.path('inventory.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(`  ${first()}:`, `  renamed-${first()}:`));
    await using other = await net.open();
    const { outcomes } = await all(other.change.apply(id, { backup: true, maxFailures: 1 }));
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_DEVICE_UNKNOWN' } });
    expect([...outcomes.values()].filter(({ ok }) => ok)).toHaveLength(2);
    await writeFile(file, text);
    await using again = await net.open();
    expect((await all(again.change.apply(id, { backup: false }))).report.states).toEqual({ confirmed: 3 });
    await writeFile(file, text.replace(`  ${first()}:`, `  renamed-${first()}:`));
    await using third = await net.open();
    const back = await all(third.change.rollback(id));
    expect(back.outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_DEVICE_UNKNOWN' } });
    expect([...back.outcomes.values()].filter(({ ok }) => ok)).toHaveLength(2);
  });

  it('wants to know why where that is the rule', async () => {
    await using strict = await changeLab({ platforms: ['arista_eos'], settings: ['change.comment=required'] });
    const { report } = await all(strict.workspace.change.plan({ intent: { lines: [line] } }));
    await expect(all(strict.workspace.change.apply(report.id, { backup: false }))).rejects.toThrow('--comment');
    expect(
      (await all(strict.workspace.change.apply(report.id, { backup: false, comment: 'because' }))).report.failed,
    ).toBe(0);
    expect((await strict.workspace.change.status(report.id)).comment).toBe('because');
  });

  it('is loud when a rollback fails, names the lines left, keeps the device locked, and lets it go on request', async () => {
    const id = await plan([line], first());
    await apply(id);
    const device = net.lab.device(first());
    await device.fault({ kind: 'rollback-fails' });
    const { outcomes } = await rollback(id);
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_ROLLBACK_FAILED' } });
    const [record] = (await net.workspace.change.status(id)).devices;
    expect(record).toMatchObject({ state: 'rollback failed', error: { code: 'NW_ROLLBACK_FAILED' } });
    expect(record?.leftover?.length).toBeGreaterThan(0);
    const other = await plan(['ip domain-name a.example'], first());
    expect((await apply(other)).outcomes.get(first())).toMatchObject({ error: { code: 'NW_CHANGE_LOCKED' } });
    // Tried again once the device is well.
    await device.heal();
    expect((await rollback(id)).outcomes.get(first())).toMatchObject({ value: 'rolled back' });
    expect(await device.running()).not.toContain('192.0.2.99');
  });

  it('lets a device go that was mended by hand', async () => {
    const { releaseDevice, rollbackLines } = await import('#change');
    const before = await running();
    const id = await plan([line], first());
    await apply(id);
    const device = net.lab.device(first());
    await device.fault({ kind: 'rollback-fails' });
    await rollback(id);
    await device.heal();
    expect(await rollbackLines(net.workspace, id, first())).not.toEqual([]);
    await device.configure(['no ntp server 192.0.2.99']);
    expect(await running()).toBe(before);
    expect(await releaseDevice(net.workspace, id, first(), { comment: 'typed' })).toEqual({ isAsBefore: true });
    expect(await states(id)).toEqual({ [first()]: 'rolled back' });
    await expect(releaseDevice(net.workspace, id, first())).rejects.toMatchObject({ code: 'NW_CHANGE_STATE' });
  });

  it('takes the newest of several changes back first, and none that others changed over', async () => {
    const older = await plan([line], first());
    await apply(older);
    const newer = await plan(['ip domain-name a.example'], first());
    await apply(newer);
    expect((await rollback(older)).outcomes.get(first())?.error?.message).toContain(`change ${newer} came after it`);
    expect(await states(older)).toEqual({ [first()]: 'confirmed' });
    await rollback(newer);
    await net.lab.device(first()).configure(['ip domain-name other.example']);
    const { error } = (await rollback(older)).outcomes.get(first())!;
    expect(error?.code).toBe('NW_CHANGE_STALE');
    expect(error?.message).toContain('ip domain-name other.example');
    expect(await running()).toContain('192.0.2.99');
    const forced = (await rollback(older, { force: true })).outcomes.get(first());
    expect(forced?.error?.message).toBeUndefined();
    expect(await running()).not.toContain('192.0.2.99');
  });

  it('lets no two changes meet, whoever is faster', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => plan([`ntp server 192.0.2.${n}`])));
    const opened = await Promise.all(ids.map(() => net.open()));
    const ran = await Promise.all(
      ids.map((id, at) => all(opened[at]!.change.apply(id, { backup: false, confirmMs: 60_000, maxFailures: 3 }))),
    );
    for (const name of net.names) {
      const results = ran.map(({ outcomes }) => outcomes.get(name)!);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const text = await running(name);
      expect(text.match(/^ntp server 192\.0\.2\.[123]$/gm)).toHaveLength(1);
    }
    for (const one of opened) await one.close();
  });

  it('does not stay when it cannot be written down', async () => {
    const before = await running();
    const id = await plan([line], first());
    const sqlite = new Sqlite(net.workspace.path('.netwright', 'state.sqlite'));
    sqlite.exec(
      `create trigger full before update on change_devices when new.state = 'pending' begin select raise(abort, 'disk is full'); end`,
    );
    const { outcomes } = await apply(id);
    sqlite.exec('drop trigger full');
    sqlite.close();
    expect(outcomes.get(first())?.error).toMatchObject({ code: 'NW_STORE_FULL' });
    expect(await running()).toBe(before);
    expect(await states(id)).toEqual({ [first()]: 'rolled back' });
  });

  it('stays, and says so, when only the saving fails', async () => {
    const id = await plan([line], first());
    const drivers = await watched((when, call) => {
      if (when === 'before' && call === 'save') throw new NetwrightError('NW_COMMAND_REJECTED', 'no space left');
    });
    const { outcomes } = await apply(id, { drivers });
    expect(outcomes.get(first())?.error?.message).toContain('confirmed, but could not be saved to the start-up');
    const [record] = (await net.workspace.change.status(id)).devices;
    expect(record).toMatchObject({ state: 'confirmed', isSaved: false, error: { code: 'NW_COMMAND_REJECTED' } });
    expect(await running()).toContain('192.0.2.99');
    await rollback(id);
    expect(await states(id)).toEqual({ [first()]: 'rolled back' });
  });

  it('leaves what it needs for a rollback on the device, but not for ever', async () => {
    await using ios = await changeLab({ platforms: ['cisco_ios'], settings: ['change.keep=2'] });
    const device = ios.lab.device(ios.names[0]!);
    const counts: number[] = [];
    for (let n = 1; n <= 4; n += 1) {
      const { id } = await ios.workspace.change.plan({ intent: { lines: [`ntp server 192.0.2.${n}`] } }).report;
      await ios.workspace.change.apply(id, { backup: false }).report;
      counts.push((await device.files()).filter((name) => name.includes('netwright')).length);
    }
    expect(counts).toEqual([1, 2, 2, 2]);
  });

  it('does not change what cannot be backed up', async () => {
    const before = await running();
    const id = await plan([line], first());
    const connector = await net.workspace.connector();
    const connect = connector.connect.bind(connector);
    connector.connect = async () => {
      throw new NetwrightError('NW_AUTH_FAILED', `${first()}: refused`);
    };
    const { outcomes } = await apply(id, { backup: true });
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_AUTH_FAILED' } });
    connector.connect = connect;
    expect(await states(id)).toEqual({ [first()]: 'not applied' });
    expect(await running()).toBe(before);
  });

  it('notices a host key that changed', async () => {
    const id = await plan([line], first());
    const hosts = net.workspace.path('known_hosts');
    const { readFile, writeFile } = await import('node:fs/promises');
    const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIGZvcmdlZGZvcmdlZGZvcmdlZGZvcmdlZGZvcmdlZGZvcmdl';
    await net.workspace.close();
    await writeFile(
      hosts,
      (await readFile(hosts, 'utf8')).replace(/ (ssh-ed25519|ecdsa-sha2-\S+|ssh-rsa) \S+/g, ` ssh-ed25519 ${key}`),
    );
    await using again = await net.open();
    const { outcomes } = await all(again.change.apply(id, { backup: false }));
    expect(outcomes.get(first())).toMatchObject({ ok: false, error: { code: 'NW_SSH_HOST_KEY_CHANGED' } });
    expect((await again.change.status(id)).devices[0]).toMatchObject({ state: 'not applied' });
  });
});
