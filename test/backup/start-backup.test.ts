import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BackupResult } from '#backup';
import { quarantineOf, readSealed, staleDevices, startBackup } from '#backup';
import { NetwrightError, type Outcome } from '#core';
import { lockWorkspace } from '#store';
import type { Settings } from '#workspace';
import { mounts } from '../peers/peers.ts';
import { temporaryFolder } from '../store/fixtures.ts';
import { type Answers, answers, configuration, type TestWorkspace, testWorkspace } from './fixtures.ts';

const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => `interface Ethernet${at}`);

async function backUp(workspace: TestWorkspace, options: Parameters<typeof startBackup>[1] = {}) {
  const run = startBackup(workspace, options);
  const outcomes = new Map<string, Outcome<BackupResult>>();
  for await (const outcome of run) outcomes.set(outcome.device, outcome);
  return { report: await run.report, outcomes };
}

const stored = async (workspace: TestWorkspace, device: string): Promise<string | undefined> => {
  const store = await workspace.configurations();
  const version = await store.latest(device);
  return version && (await store.read(version)).toString();
};

test('a configuration is stored scrubbed, and sealed as it came', async () => {
  const r1 = configuration('r1', 'enable secret Xy7', 'set psk ENC abc', 'ntp password pass-of-lab');
  await using workspace = await testWorkspace({ r1: answers(r1) });
  const { report, outcomes } = await backUp(workspace);
  expect(report).toMatchObject({ total: 1, changed: 1, failed: 0, unchanged: 0, warnings: [] });
  expect(outcomes.get('r1')).toMatchObject({ ok: true, value: { change: 'new', linesAdded: 9 } });
  const text = await stored(workspace, 'r1');
  expect(text).toMatch(
    /^! Version 1\.2\n!\n! NAME: "chassis"\n!\nhostname r1\nenable secret <secret:[0-9a-f]{8}>\nset psk ENC <secret>\nntp password <redacted>\nend\n$/,
  );
  const version = await (await workspace.configurations()).latest('r1');
  expect(version).toMatchObject({ path: 'cairo/r1', commit: report.commit });
  expect((await readSealed(workspace, version!)).toString()).toBe(
    `! Version 1.2\n!\n! NAME: "chassis"\n!\n${r1.replace('Building configuration...\n', '')}\n`,
  );
});

test('only what changed is committed: resalted secrets and volatile lines are no change, a changed secret is one', async () => {
  const config = (secret: string, resalted: string, time: string): string =>
    configuration('r1', `! Last configuration change at ${time}`, `enable secret ${secret}`, `set psk ENC ${resalted}`);
  await using workspace = await testWorkspace({
    r1: answers(config('one', 'a', 'noon')),
    r2: answers(configuration('r2')),
  });
  await backUp(workspace);
  workspace.network.set('r1', answers(config('one', 'b', 'dusk')));
  const second = await backUp(workspace);
  expect(second.report).toMatchObject({ changed: 0, unchanged: 2 });
  expect(second.report.commit).toBeUndefined();
  workspace.network.set('r1', answers(config('two', 'b', 'dusk')));
  const third = await backUp(workspace);
  expect(third.report).toMatchObject({ changed: 1, unchanged: 1 });
  expect(third.outcomes.get('r1')).toMatchObject({ value: { change: 'changed', linesAdded: 1, linesRemoved: 1 } });
});

test('an incomplete output goes to quarantine, sealed, and the last good version stands', async () => {
  const whole = configuration('r1', ...lines(200), 'enable secret hidden-value');
  await using workspace = await testWorkspace({ r1: answers(whole) });
  await backUp(workspace);
  const before = await stored(workspace, 'r1');
  const cut = whole.slice(0, -200);
  workspace.network.set('r1', answers(cut));
  const { report, outcomes } = await backUp(workspace);
  expect(report).toMatchObject({ failed: 1, changed: 0 });
  expect(outcomes.get('r1')).toMatchObject({ ok: false, error: { code: 'NW_OUTPUT_INCOMPLETE' } });
  expect(await stored(workspace, 'r1')).toBe(before);
  const quarantine = quarantineOf(workspace);
  const [record, ...more] = await quarantine.list({ device: 'r1' });
  expect(more).toEqual([]);
  expect(record).toMatchObject({
    code: 'NW_OUTPUT_INCOMPLETE',
    reason: expect.stringContaining('end marker') as string,
  });
  expect((await quarantine.read(record!.id)).toString()).toContain(cut.replace('Building configuration...\n', ''));
  const folder = workspace.path('.netwright', 'quarantine');
  for (const name of await readdir(folder))
    expect(readFileSync(join(folder, name), 'latin1')).not.toContain('interface Ethernet7');
});

test('the output of another command is never stored as the configuration', async () => {
  await using workspace = await testWorkspace({
    r1: {
      'show version': 'Version 1.2',
      'show inventory': 'hostname r1\nend',
      'show running-config': 'hostname r1\nend\n',
    },
  });
  const { outcomes } = await backUp(workspace);
  expect(outcomes.get('r1')).toMatchObject({
    ok: false,
    error: {
      code: 'NW_OUTPUT_INCOMPLETE',
      message: expect.stringContaining('it is the very output of "show inventory"') as string,
    },
  });
  expect(await stored(workspace, 'r1')).toBeUndefined();
});

test('a configuration that lost more than allowed is refused unless that is accepted', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1', ...lines(200))) });
  await backUp(workspace);
  workspace.network.set('r1', answers(configuration('r1', ...lines(100))));
  const { outcomes } = await backUp(workspace);
  expect(outcomes.get('r1')).toMatchObject({ ok: false, error: { code: 'NW_OUTPUT_SHRUNK' } });
  expect(await quarantineOf(workspace).list()).toHaveLength(1);
  const accepted = await backUp(workspace, { acceptShrunk: true });
  expect(accepted.report).toMatchObject({ changed: 1, failed: 0 });
});

test('small configurations may halve', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1', ...lines(20))) });
  await backUp(workspace);
  workspace.network.set('r1', answers(configuration('r1', ...lines(2))));
  expect((await backUp(workspace)).report).toMatchObject({ changed: 1, failed: 0 });
});

test('a refused command fails the device unless it is optional', async () => {
  await using workspace = await testWorkspace({
    r1: { 'show version': 'Version 1', 'show running-config': configuration('r1') },
    r2: { 'show inventory': 'x', 'show running-config': configuration('r2') },
  });
  const { outcomes } = await backUp(workspace);
  expect(outcomes.get('r1')?.ok).toBe(true);
  expect(outcomes.get('r2')).toMatchObject({ error: { code: 'NW_COMMAND_REJECTED' } });
});

test('failures are in the commit, the records and the sightings, without secrets', async () => {
  await using workspace = await testWorkspace({
    r1: answers(configuration('r1')),
    r2: new NetwrightError('NW_AUTH_FAILED', 'r2: refused pass-of-lab'),
  });
  await workspace.credentials.login('lab');
  const { report } = await backUp(workspace, { author: 'Amr', reason: 'ticket 42' });
  expect(report).toMatchObject({ total: 2, changed: 1, failed: 1 });
  const message = execFileSync('git', ['--git-dir', workspace.path('configs'), 'log', '-1', '--format=%an%n%B'], {
    encoding: 'utf8',
  });
  expect(message).toMatch(/^Amr\nBackup: 1 of 2 changed, 1 failed\n/);
  expect(message).toContain('NW_AUTH_FAILED: r2: refused <redacted>');
  const { runs } = await workspace.configurations();
  expect(await runs.get(report.runId)).toMatchObject({
    total: 2,
    changed: 1,
    failed: 1,
    reason: 'ticket 42',
    commit: report.commit,
  });
  expect(await runs.devices(report.runId)).toMatchObject([
    { device: 'r1', result: 'new' },
    { device: 'r2', result: 'failed', errorCode: 'NW_AUTH_FAILED', errorMessage: 'r2: refused <redacted>' },
  ]);
  expect(await staleDevices(workspace, 24)).toMatchObject([{ device: 'r2', lastErrorCode: 'NW_AUTH_FAILED' }]);
  expect(await staleDevices(workspace, -1)).toHaveLength(2);
});

test('a device that left the inventory is retired by a run over all of it, and comes back as new', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')), r2: answers(configuration('r2')) });
  await backUp(workspace);
  const r2 = workspace.network.get('r2')!;
  workspace.network.delete('r2');
  const store = await workspace.configurations();
  await backUp(workspace, { select: 'r1' });
  expect(await store.devices()).toEqual(['r1', 'r2']);
  const { report } = await backUp(workspace);
  expect(report.commit).toBeDefined();
  expect(await store.devices({ retired: true })).toEqual(['r2']);
  expect(await stored(workspace, 'r2')).toContain('hostname r2');
  workspace.network.set('r2', r2);
  const { outcomes } = await backUp(workspace);
  expect(outcomes.get('r2')).toMatchObject({ value: { change: 'new' } });
});

test('what was collected before a cancel is committed', async () => {
  const abort = new AbortController();
  const never = new Promise<string>(() => undefined);
  const hangs: Answers = { 'show version': 'Version 1', 'show running-config': () => never };
  await using workspace = await testWorkspace({
    r1: answers(configuration('r1')),
    r2: hangs,
  });
  const run = startBackup(workspace, { signal: abort.signal });
  const seen: string[] = [];
  for await (const outcome of run) {
    seen.push(`${outcome.device} ${outcome.ok ? outcome.value.change : outcome.error.code}`);
    abort.abort();
  }
  expect(seen).toEqual(['r1 new', 'r2 NW_CANCELLED']);
  expect((await run.report).commit).toBeDefined();
  expect(await stored(workspace, 'r1')).toContain('hostname r1');
});

test('two backups at once: the second says who works, or waits', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  const held = await lockWorkspace(workspace.path('.netwright', 'lock'), { what: 'backup of all devices' });
  await expect(startBackup(workspace).report).rejects.toMatchObject({
    code: 'NW_WORKSPACE_BUSY',
    message: expect.stringMatching(new RegExp(`process ${process.pid} .* since .*: backup of all devices`)) as string,
  });
  const waiting = startBackup(workspace, { wait: true });
  setTimeout(() => held.release(), 100);
  expect((await waiting.report).changed).toBe(1);
});

test('the plain folder holds the same scrubbed texts', async () => {
  await using workspace = await testWorkspace(
    { r1: answers(configuration('r1', 'enable secret x')), r2: answers(configuration('r2')) },
    { backup: { folder: 'plain' } },
  );
  await backUp(workspace);
  expect(readFileSync(workspace.path('plain/cairo/r1'), 'utf8')).toBe(await stored(workspace, 'r1'));
  workspace.network.delete('r2');
  await backUp(workspace);
  expect(existsSync(workspace.path('plain/cairo/r2'))).toBe(false);
});

test('the plain folder is complete again after somebody emptied it, and holds nobody twice', async () => {
  const network = { r1: answers(configuration('r1')), r2: answers(configuration('r2')) };
  await using workspace = await testWorkspace(network, { backup: { folder: 'plain' } });
  await backUp(workspace);
  rmSync(workspace.path('plain'), { recursive: true });
  expect((await backUp(workspace)).report).toMatchObject({ changed: 0, unchanged: 2 });
  expect(readFileSync(workspace.path('plain/cairo/r2'), 'utf8')).toBe(await stored(workspace, 'r2'));
  const before = statSync(workspace.path('plain/cairo/r1'));
  await backUp(workspace);
  expect(statSync(workspace.path('plain/cairo/r1')).ino).toBe(before.ino);
  Object.assign(workspace.settings.backup, { path: '{name}' });
  await backUp(workspace);
  expect(readFileSync(workspace.path('plain/r1'), 'utf8')).toBe(await stored(workspace, 'r1'));
  expect(existsSync(workspace.path('plain/cairo/r1'))).toBe(false);
});

test('a push that fails is a warning, one that works brings the commit over', async () => {
  await using workspace = await testWorkspace(
    { r1: answers(configuration('r1')) },
    { backup: { remote: 'https://user:token@127.0.0.1:9/none.git' } },
  );
  const { report } = await backUp(workspace);
  expect(report.warnings).toMatchObject([{ code: 'NW_PUSH_FAILED' }]);
  expect(report.warnings[0]?.message).not.toContain('token');
  const remote = workspace.path('remote.git');
  execFileSync('git', ['init', '-q', '--bare', remote]);
  Object.assign(workspace.settings.backup, { remote });
  workspace.network.set('r1', answers(configuration('r1', 'new line')));
  const second = await backUp(workspace);
  expect(second.report.warnings).toEqual([]);
  const there = execFileSync('git', ['--git-dir', remote, 'rev-parse', 'main'], { encoding: 'utf8' });
  expect(there.trim()).toBe(second.report.commit);
});

test.skipIf(mounts().isMissing)(
  'a full disk ends the run with its own error, tells hooks, and harms nothing',
  async () => {
    await using folder = await temporaryFolder();
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
    try {
      const noise = (): string => Array.from({ length: 20_000 }, () => Math.random().toString(36)).join('\n');
      const told = join(folder.path, 'told');
      const hooks: Settings['hooks'] = [
        { on: ['run-end'], command: `echo "$NETWRIGHT_ERROR_CODE $OX_JOB_STATUS" > ${told}` },
      ];
      await using workspace = await testWorkspace({ r1: answers(configuration('r1')) }, { folder: disk, hooks });
      const before = await backUp(workspace);
      for (let at = 0; at < 40; at += 1) workspace.network.set(`big${at}`, answers(configuration(`big${at}`, noise())));
      const run = startBackup(workspace);
      await expect(run.report).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
      expect(readFileSync(told, 'utf8')).toBe('NW_STORE_FULL fail\n');
      const repository = workspace.path('configs');
      expect(spawnSync('git', ['--git-dir', repository, 'fsck', '--strict']).status).toBe(0);
      expect((await (await workspace.configurations()).latest('r1'))?.commit).toBe(before.report.commit);
      for (let at = 0; at < 40; at += 1) workspace.network.delete(`big${at}`);
      rmSync(workspace.path('sealed'), { recursive: true });
      expect((await backUp(workspace)).report).toMatchObject({ unchanged: 1, failed: 0 });
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  },
);
