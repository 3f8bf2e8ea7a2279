import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LabDevice } from '#lab';
import { makeLabWorkspace } from '../../src/cli/lab-workspace.ts';
import { Runtime } from '../../src/cli/runtime.ts';
import { expectError, Netwright } from './netwright.ts';

let home: string;
let netwright: Netwright;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-lab-folder-'));
  netwright = new Netwright(home);
});
afterAll(async () => await rm(home, { recursive: true }));

const device = (name: string, port: number): LabDevice => ({
  name,
  port,
  platform: 'cisco_ios',
  vendor: 'Cisco',
  transport: 'ssh',
  host: '127.0.0.1',
  site: 'cairo',
  role: 'edge',
  user: 'netwright',
  password: `Nile-of-${port}`,
});

async function make(devices: readonly LabDevice[], folder: string): Promise<string> {
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  await using runtime = new Runtime({ stdin, stdout, stderr, env: netwright.env, cwd: home, signal });
  return await makeLabWorkspace(runtime, { devices }, folder);
}

it('the workspace of a lab is written anew for the next one, its history and settings stay', async () => {
  const folder = await make([device('r1', 4001), device('r2', 4002)], join(home, 'network'));
  await writeFile(join(folder, 'known_hosts'), '[127.0.0.1]:4003 ssh-ed25519 AAAA\n');
  await writeFile(join(folder, 'netwright.yaml'), 'version: 1\nrun:\n  retries: 4\n');
  await make([device('r1', 4003)], folder);
  const [only, ...more] = (await netwright.call(['inventory', 'list', '-w', folder, '--json'])).json();
  expect([only.name, only.port, more]).toEqual(['r1', 4003, []]);
  // On that port another device listened.
  await expect(stat(join(folder, 'known_hosts'))).rejects.toThrow('ENOENT');
  expect(await readFile(join(folder, 'netwright.yaml'), 'utf8')).toContain('retries: 4');
  const list = await netwright.call(['secret', 'list', '-w', folder, '--json']);
  expect(list.json()).toMatchObject([{ name: 'lab', user: 'netwright', has: ['password'] }]);
});

it('a workspace of somebody is none for a lab, which is said before a device starts', async () => {
  const folder = join(home, 'own');
  await netwright.call(['init', folder]);
  const before = await readFile(join(folder, 'inventory.yaml'), 'utf8');
  const up = await netwright.call(['lab', 'up', '-n', '100000', '--into', folder, '--json']);
  expectError(up, 'NW_WORKSPACE_EXISTS', 2);
  expectError(await netwright.call(['demo', '--once', '-w', folder, '--json']), 'NW_WORKSPACE_EXISTS', 2);
  expect(await readFile(join(folder, 'inventory.yaml'), 'utf8')).toBe(before);
});

it('a workspace without devices says what to do', async () => {
  const folder = join(home, 'empty');
  await netwright.call(['init', folder]);
  for (const words of [['inventory', 'list'], ['inventory', 'check'], ['backup']]) {
    const { stderr } = await netwright.call([...words, '-w', folder]);
    expect(stderr).toContain(`there are no devices: write them into ${join(folder, 'inventory.yaml')}`);
  }
  expect((await netwright.call(['inventory', 'list', '-w', folder, '--json'])).json()).toEqual([]);
});

it('what is doubtful in a workspace is shown where it is checked', async () => {
  const folder = join(home, 'doubtful');
  await netwright.call(['init', folder]);
  await writeFile(join(folder, 'platforms', 'ours.yaml'), "extends: cisco_ios\nfailures: { append: ['^(a+)+:'] }\n");
  await writeFile(join(folder, 'ssh_config'), 'Host r1\n  ProxyCommand nc %h %p\n  Port 2222\n');
  await writeFile(
    join(folder, 'inventory.yaml'),
    'devices: { r1: { address: 192.0.2.1, platform: ours, connection: { sshConfig: ssh_config } } }\n',
  );
  const check = await netwright.call(['inventory', 'check', '-w', folder]);
  expect(check.code).toBe(0);
  expect(check.stdout).toMatch(/^doubtful platforms\/ours\.yaml:2:\d+: .*may take very long/m);
  expect(check.stdout).toMatch(/^doubtful .*ssh_config:2: ProxyCommand nc %h %p: `ProxyCommand` is not run/m);
  expect((await netwright.call(['inventory', 'check', '-w', folder, '--json'])).json().doubts).toHaveLength(2);
  const shown = await netwright.call(['platforms', 'show', 'ours', '-w', folder]);
  expect(shown.stderr).toContain('may take very long');
  // What was found out about ours was not found out about theirs.
  expect(shown.stdout).toMatch(/^verified +own$/m);
  expect(shown.stdout).not.toMatch(/^- /m);
  expect((await netwright.call(['platforms', 'show', 'cisco_ios', '-w', folder])).stderr).toBe('');
});
