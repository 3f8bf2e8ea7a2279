import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BackupResult } from '#backup';
import { quarantineOf, readSealed, startBackup } from '#backup';
import { decodeText, type Outcome, Secret } from '#core';
import { labInventory, startLab } from '#lab';
import { initWorkspace, openWorkspace } from '#workspace';
import { temporaryFolder } from '../store/fixtures.ts';

const platforms = ['cisco_ios', 'juniper_junos', 'arista_eos', 'fortinet', 'huawei_vrp', 'mikrotik_routeros'];

test('simulated devices of six vendors: everything, then what changed, then nothing', async () => {
  await using folder = await temporaryFolder();
  await using lab = await startLab({ devices: 12, platforms, processes: 0, seed: 3 });
  const { yaml, credential } = labInventory(lab);
  await initWorkspace(join(folder.path, 'workspace'), { inventory: yaml });
  const env = { HOME: folder.path, XDG_CONFIG_HOME: join(folder.path, 'config') };
  await using workspace = await openWorkspace({ folder: join(folder.path, 'workspace'), env });
  const { user, password, enable } = credential;
  await workspace.credentials.set(credential.name, {
    user,
    password: new Secret(password),
    enable: new Secret(enable),
  });
  const backUp = async () => {
    const run = startBackup(workspace);
    const outcomes: Outcome<BackupResult>[] = [];
    for await (const outcome of run) outcomes.push(outcome);
    return { report: await run.report, outcomes };
  };

  const first = await backUp();
  expect(first.outcomes.filter(({ ok }) => !ok)).toEqual([]);
  expect(first.report).toMatchObject({ total: 12, changed: 12, failed: 0, warnings: [] });
  const store = await workspace.configurations();
  for (const { name } of lab.devices) {
    const version = await store.latest(name);
    const text = (await store.read(version!)).toString();
    expect(text, name).toContain('<secret');
    expect(text, name).not.toContain(password);
    // The sealed text is what the device printed, to restore it from.
    const sealed = decodeText(await readSealed(workspace, version!));
    const printed = (await lab.runningConfig(name))
      .split('\n')
      .filter((line) => /\b(interface|hostname|host-name|sysname)\b/.test(line));
    expect(printed.length, name).toBeGreaterThan(0);
    expect(
      printed.filter((line) => !sealed.includes(line.trim())),
      name,
    ).toEqual([]);
  }

  const moved = lab.devices.filter((_, at) => at % 4 === 0).map(({ name }) => name);
  for (const name of moved) await lab.change(name);
  const second = await backUp();
  const changed = second.outcomes.filter(({ value }) => value?.change === 'changed').map(({ device }) => device);
  expect(changed.sort()).toEqual(moved.sort());
  expect(second.report).toMatchObject({ changed: moved.length, unchanged: 12 - moved.length, failed: 0 });
  const [newer, older] = await store.history(moved[0]!);
  expect(await store.diff(older, newer!)).toMatch(/^[+-](?![+-])/m);

  expect((await backUp()).report).toMatchObject({ changed: 0, unchanged: 12, failed: 0 });
});

test('truncated and cut configurations are refused, the others are stored', async () => {
  await using folder = await temporaryFolder();
  await using lab = await startLab({
    devices: 8,
    platforms: ['cisco_ios', 'juniper_junos'],
    processes: 0,
    faults: { truncated: 0.25, cut: 0.25 },
    telnetShare: 0,
  });
  const { yaml, credential } = labInventory(lab);
  await initWorkspace(join(folder.path, 'workspace'), { inventory: yaml });
  const env = { HOME: folder.path, XDG_CONFIG_HOME: join(folder.path, 'config') };
  await using workspace = await openWorkspace({ folder: join(folder.path, 'workspace'), env });
  const { user, password, enable } = credential;
  await workspace.credentials.set(credential.name, {
    user,
    password: new Secret(password),
    enable: new Secret(enable),
  });
  const run = startBackup(workspace, { retries: 0 });
  const codes = new Map<string, string>();
  for await (const { device, error } of run) codes.set(device, error?.code ?? 'stored');
  const expected = { truncated: 'NW_OUTPUT_INCOMPLETE', cut: 'NW_CONNECTION_LOST' } as Record<string, string>;
  for (const { name, fault } of lab.devices)
    expect(codes.get(name), `${name} ${fault}`).toBe(expected[fault ?? ''] ?? 'stored');
  const refused = lab.devices.filter(({ fault }) => fault === 'truncated').map(({ name }) => name);
  expect((await quarantineOf(workspace).list()).map(({ device }) => device).sort()).toEqual(refused.sort());
  expect(refused.length).toBeGreaterThan(0);
});
