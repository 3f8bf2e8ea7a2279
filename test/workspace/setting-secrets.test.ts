import { expect, it } from 'vitest';
import type { Settings } from '#workspace';
import { settingSecrets } from '../../src/workspace/setting-secrets.ts';

it('finds logins in URLs and keys of webhooks, and nothing else', () => {
  const settings = {
    inventory: 'inventory.yaml',
    backup: { remote: 'https://noc:t%40ken@git.example.net/configs.git', author: 'noc <noc@example.net>' },
    hooks: [
      { on: ['change'], webhook: 'https://onlytoken@chat.example.net/x', secret: 'hook-key' },
      { on: ['change'], webhook: 'https://chat.example.net/x' },
    ],
  } as unknown as Settings;
  const values = settingSecrets(settings).map((secret) => secret.reveal());
  expect(values.filter((value) => value !== '')).toEqual(['t%40ken', 't@ken', 'onlytoken', 'onlytoken', 'hook-key']);
});
