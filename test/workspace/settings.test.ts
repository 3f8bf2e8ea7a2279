import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Type from 'typebox';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { NetwrightError } from '#core';
import { layerSettings, type Settings, settingKeys, settingsJsonSchema } from '#workspace';
import type { settingsSchema } from '../../src/workspace/settings-schema.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-settings-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const layered = async (
  text: string,
  env: Record<string, string> = {},
  flags: Parameters<typeof layerSettings>[2] = [],
) => {
  await writeFile(join(folder, 'netwright.yaml'), text);
  return await layerSettings(join(folder, 'netwright.yaml'), env, flags);
};

const mistake = async (text: string, env: Record<string, string> = {}): Promise<NetwrightError> => {
  const error = await layered(text, env).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NetwrightError);
  return error as NetwrightError;
};

describe('layers', () => {
  it('gives every setting its default when the file is empty', async () => {
    const { settings, explained } = await layered('');
    expect(settings.inventory).toBe('inventory.yaml');
    expect(settings.backup.minimumShare).toBe(0.7);
    expect(settings.run.concurrency).toBeUndefined();
    expect('concurrency' in settings.run).toBe(false);
    expect(explained.every(({ origin }) => origin === 'default')).toBe(true);
    expect(explained.map(({ key }) => key)).toEqual(settingKeys.map(({ name }) => name));
  });

  it('lets flags win over the environment, that over the file, that over the default, and knows which', async () => {
    const { settings, explained } = await layered(
      '# a comment\nrun:\n  retries: 2\n  perSite: 4\n  jobTimeoutMs: 1000\n',
      { NETWRIGHT_RUN_PER_SITE: '5', NETWRIGHT_RUN_JOB_TIMEOUT_MS: '2000' },
      [{ key: 'run.jobTimeoutMs', value: 3000, flag: '--job-timeout' }],
    );
    expect(settings.run).toMatchObject({ retries: 2, perSite: 5, jobTimeoutMs: 3000 });
    const originOf = (key: string) => explained.find((one) => one.key === key)?.origin;
    expect(originOf('run.retries')).toBe('netwright.yaml:3');
    expect(originOf('run.perSite')).toBe('NETWRIGHT_RUN_PER_SITE');
    expect(originOf('run.jobTimeoutMs')).toBe('--job-timeout');
    expect(originOf('run.perJump')).toBe('default');
  });

  it('reads lists from the environment, separated by commas or as YAML', async () => {
    const { settings } = await layered('', { NETWRIGHT_KNOWN_HOSTS: 'a, b' });
    expect(settings.knownHosts).toEqual(['a', 'b']);
    const hooks = await layered('', { NETWRIGHT_HOOKS: '[{ on: [change], command: "true" }]' });
    expect(hooks.settings.hooks).toEqual([{ on: ['change'], command: 'true' }]);
  });

  it('keeps text that looks like a number as text', async () => {
    expect((await layered('', { NETWRIGHT_CONFIGURATIONS: '2024' })).settings.configurations).toBe('2024');
  });

  it('names variables that mean nothing', async () => {
    const { unknownVariables } = await layered('', {
      NETWRIGHT_RUN_RETRYS: '1',
      NETWRIGHT_IDENTITY_FILE: 'x',
      PATH: '',
    });
    expect(unknownVariables).toEqual(['NETWRIGHT_RUN_RETRYS']);
  });
});

describe('mistakes', () => {
  it.each([
    ['invetory: x.yaml', 'netwright.yaml:1: unknown key "invetory". Did you mean "inventory"?'],
    ['\nbackup:\n  comit: run', 'netwright.yaml:3: unknown key "backup.comit". Did you mean "commit"?'],
    [
      'backup:\n  commit: runs',
      'netwright.yaml:2: backup.commit: expected "run" or "device", got "runs". Did you mean "run"?',
    ],
    ['run:\n  retries: many', 'netwright.yaml:2: run.retries: expected an integer, got "many"'],
    ['run:\n  retries: -1', 'netwright.yaml:2: run.retries: must be >= 0, got -1'],
    ['- a\n- b', 'netwright.yaml:1: expected keys and values, such as "inventory: inventory.yaml"'],
    [
      'hooks:\n  - on: [change]\n    webhook: ftp://x',
      'netwright.yaml:3: hooks.0.webhook: must match pattern "^https?://", got "ftp://x"',
    ],
    [
      'hooks:\n  - on: [chnge]\n    command: x',
      'netwright.yaml:2: hooks.0.on.0: expected "success" or "failure" or "change" or "run-end", got "chnge". Did you mean "change"?',
    ],
  ])('of %j has its place', async (text, message) => {
    const error = await mistake(text);
    expect(error.code).toBe('NW_CONFIG_INVALID');
    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(2);
  });

  it('are all named at once', async () => {
    const error = await mistake('a: 1\nrun: { retries: x }\nlog: { level: loud }\n', { NETWRIGHT_RUN_PER_SITE: '0' });
    expect(error.message.split('\n')).toHaveLength(4);
    expect(error.message).toContain('NETWRIGHT_RUN_PER_SITE: must be >= 1, got 0');
  });

  it('of syntax have their line', async () => {
    expect((await mistake('run:\n  retries: [1\n')).message).toMatch(/^netwright\.yaml:\d+: /);
  });

  it('a newer format is refused before anything else is looked at', async () => {
    const error = await mistake('version: 2\nnovelty: true\n');
    expect(error.code).toBe('NW_WORKSPACE_NEWER');
    expect(error.message).toBe('netwright.yaml:1: the workspace has format 2, this Netwright knows up to 1');
  });
});

it('the schema says what the type says', () => {
  expectTypeOf<Type.Static<typeof settingsSchema>>().toExtend<Settings>();
});

it('the schema for editors requires nothing and describes everything', () => {
  const schema = settingsJsonSchema() as {
    required?: unknown;
    properties: Record<string, { required?: unknown }>;
  };
  expect(schema.required).toBeUndefined();
  expect(schema.properties['backup']?.required).toBeUndefined();
  for (const { schema: setting, name } of settingKeys) expect(setting.description, name).toBeTruthy();
});
