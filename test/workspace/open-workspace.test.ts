import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { algorithmMemory, initWorkspace, openWorkspace } from '#workspace';

let home: string;
let env: Record<string, string>;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-workspace-'));
  env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

describe('finding', () => {
  it('goes upwards from where one is', async () => {
    const { folder } = await initWorkspace(join(home, 'network'));
    await mkdir(join(folder, 'a/b'), { recursive: true });
    await using workspace = await openWorkspace({ from: join(folder, 'a/b'), env });
    expect(workspace.folder).toBe(folder);
  });

  it('takes a folder at its word', async () => {
    await expect(openWorkspace({ folder: home, env })).rejects.toMatchObject({ code: 'NW_WORKSPACE_NOT_FOUND' });
    await expect(openWorkspace({ from: home, env })).rejects.toMatchObject({ code: 'NW_WORKSPACE_NOT_FOUND' });
  });
});

describe('init', () => {
  it('writes commented examples that load as they are, and as they are uncommented', async () => {
    const { folder, written } = await initWorkspace(join(home, 'network'));
    expect(written.toSorted()).toEqual(['.gitignore', 'inventory.yaml', 'netwright.yaml']);
    for (const name of ['netwright.yaml', 'inventory.yaml']) {
      const text = await readFile(join(folder, name), 'utf8');
      const schema = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text)?.[1];
      expect(JSON.parse(await readFile(join(folder, schema!), 'utf8'))).toHaveProperty('properties');
    }
    {
      await using workspace = await openWorkspace({ folder, env });
      expect((await workspace.inventory()).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    await uncomment(join(folder, 'netwright.yaml'), (text) =>
      text.replace(/^# (?=(?: *)(?:[a-z][A-Za-z]*:|- ))/gm, ''),
    );
    await uncomment(join(folder, 'inventory.yaml'), (text) =>
      text
        .replace('devices: {}', 'devices:')
        .replace(/^# (groups:)/m, '$1')
        .replace(/^#( {2,3})(?=[a-z0-9]+: \{)/gm, ' $1'),
    );
    await using workspace = await openWorkspace({ folder, env });
    expect(workspace.settings.backup.commit).toBe('run');
    expect(workspace.settings.hooks).toHaveLength(1);
    const inventory = await workspace.inventory();
    expect(inventory.problems.filter(({ message }) => !message.includes('platform'))).toEqual([]);
    expect([...inventory.devices.keys()].toSorted()).toEqual(['bastion', 'r1', 'sw7']);
  });

  it('leaves what is there, and a workspace altogether', async () => {
    await writeFile(join(home, 'inventory.yaml'), 'devices: {}\n');
    expect((await initWorkspace(home)).written).not.toContain('inventory.yaml');
    expect(await readFile(join(home, 'inventory.yaml'), 'utf8')).toBe('devices: {}\n');
    await expect(initWorkspace(home)).rejects.toMatchObject({ code: 'NW_WORKSPACE_EXISTS' });
  });
});

describe('an open workspace', () => {
  it('touches nothing until it is asked to', async () => {
    const { folder } = await initWorkspace(join(home, 'network'));
    await using workspace = await openWorkspace({ folder, env });
    expect(workspace.path('configs', 'x')).toBe(join(folder, 'configs/x'));
    expect(workspace.path('/etc/hosts')).toBe('/etc/hosts');
    expect(workspace.path('~/keys')).toBe(join(home, 'keys'));
    await workspace.close();
    await expect(readFile(join(folder, '.netwright/state.sqlite'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('opens each service once, for all that ask at the same time, and none after it is closed', async () => {
    const { folder } = await initWorkspace(join(home, 'network'));
    const workspace = await openWorkspace({ folder, env });
    const [one, two] = await Promise.all([workspace.configurations(), workspace.configurations()]);
    expect(one).toBe(two);
    expect(await workspace.connector()).toBe(await workspace.connector());
    await workspace.close();
    await workspace.close();
    await expect(workspace.transcripts()).rejects.toThrow('closed');
  });

  it('tries again what could not be opened', async () => {
    const { folder } = await initWorkspace(join(home, 'network'));
    await rm(join(folder, 'inventory.yaml'));
    await using workspace = await openWorkspace({ folder, env });
    await expect(workspace.inventory()).rejects.toMatchObject({ code: 'NW_INVENTORY_INVALID' });
    await writeFile(
      join(folder, 'inventory.yaml'),
      'devices: { r1: { address: 192.0.2.1, platform: cisco_ios, credential: x } }\n',
    );
    expect((await workspace.inventory()).devices.size).toBe(1);
  });

  it('keeps what was learned of old devices', async () => {
    const { folder } = await initWorkspace(join(home, 'network'));
    {
      await using workspace = await openWorkspace({ folder, env });
      const memory = algorithmMemory(await workspace.memory());
      expect(memory.needsLegacy('192.0.2.1')).toBe(false);
      memory.remember('192.0.2.1');
    }
    await using workspace = await openWorkspace({ folder, env });
    expect(algorithmMemory(await workspace.memory()).needsLegacy('192.0.2.1')).toBe(true);
  });

  it('shares nothing with another in the same process', async () => {
    const one = await initWorkspace(join(home, 'one'));
    const two = await initWorkspace(join(home, 'two'));
    await using first = await openWorkspace({
      folder: one.folder,
      env,
      flags: [{ key: 'run.retries', value: 4, flag: '--x' }],
    });
    await using second = await openWorkspace({ folder: two.folder, env });
    expect([first.settings.run.retries, second.settings.run.retries]).toEqual([4, 1]);
    await first.credentials.set('lab', { user: 'noc', password: new Secret('correct horse') });
    await first.credentials.login('lab');
    expect(first.redactor.redact('correct horse')).toBe('<redacted>');
    expect(second.redactor.redact('correct horse')).toBe('correct horse');
    await expect(second.credentials.login('lab')).rejects.toMatchObject({ code: 'NW_CREDENTIAL_MISSING' });
    (await first.memory()).set('kind', 'key', 'value');
    expect((await second.memory()).get('kind', 'key')).toBeUndefined();
    await first.close();
    expect((await second.inventory()).devices.size).toBe(0);
  });
});

async function uncomment(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
