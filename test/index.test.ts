import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lab, labInventory, startLab } from '#lab';
import { initWorkspace, type NetwrightWorkspace, openWorkspace, Secret } from '../src/index.ts';

let home: string;
let lab: Lab;
let workspace: NetwrightWorkspace;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-library-'));
  lab = await startLab({ devices: 3, platforms: ['cisco_ios'], processes: 0 });
  const { yaml, credential } = labInventory(lab);
  const { folder } = await initWorkspace(join(home, 'network'), { inventory: yaml });
  workspace = await openWorkspace({ folder, env: { HOME: home, XDG_CONFIG_HOME: join(home, 'config') } });
  await workspace.credentials.set(credential.name, {
    user: credential.user,
    password: new Secret(credential.password),
    enable: new Secret(credential.enable),
  });
});
afterAll(async () => {
  await workspace.close();
  await lab.stop();
  await rm(home, { recursive: true });
});

it('a workspace backs up, and reports', async () => {
  const run = workspace.backup({ reason: 'a test' });
  const changes: string[] = [];
  for await (const outcome of run) changes.push(outcome.ok ? outcome.value.change : outcome.error.code);
  expect(changes).toEqual(['new', 'new', 'new']);
  expect(await run.report).toMatchObject({ total: 3, changed: 3, failed: 0 });
});

it('a workspace runs commands, and tasks, on what is selected', async () => {
  const name = lab.devices[0]!.name;
  for await (const outcome of workspace.run(['show clock', 'show version'], { select: name })) {
    expect(outcome.device).toBe(name);
    expect(outcome.value?.map(({ command }) => command)).toEqual(['show clock', 'show version']);
  }
  const hostnames: string[] = [];
  for await (const outcome of workspace.run(async ({ connect }) => (await connect()).hostname)) {
    if (outcome.ok) hostnames.push(outcome.value);
  }
  expect(hostnames.toSorted()).toEqual(lab.devices.map((device) => device.name).toSorted());
});

it('a workspace opens one session', async () => {
  await using session = await workspace.connect(lab.devices[1]!.name);
  expect(await session.send('show version')).toContain('Cisco IOS');
});

it('mistakes are told by their code', async () => {
  await expect(workspace.connect('nobody')).rejects.toMatchObject({ code: 'NW_DEVICE_UNKNOWN' });
  await expect(workspace.backup({ select: 'site:atlantis' }).report).rejects.toMatchObject({ code: 'NW_SELECT_EMPTY' });
  await writeFile(join(home, 'netwright.yaml'), 'x: 1\n');
  await expect(openWorkspace({ folder: home })).rejects.toMatchObject({ code: 'NW_CONFIG_INVALID' });
});
