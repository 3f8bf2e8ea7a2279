import { expect, test } from 'vitest';
import type { SendOptions, Session } from '#device';
import { collect } from '../../src/backup/collect.ts';
import { fakeDevice } from '../runner/fake-connector.ts';
import { testPlatform } from './fixtures.ts';

test.each([
  ['the platform has for it', undefined, [undefined, undefined, 180_000]],
  ['the device was given, where that is more', 240_000, [undefined, undefined, 240_000]],
  ['the platform has for it, where the device was given less', 5000, [undefined, undefined, 180_000]],
])('each command has the time that %s', async (_, commandTimeoutMs, expected) => {
  const [version, inventory, running] = testPlatform.backup.commands;
  const commands = [version!, inventory!, { ...running!, timeoutMs: 180_000 }];
  const given: (number | undefined)[] = [];
  const session: Pick<Session, 'platform' | 'sendAll'> = {
    platform: { ...testPlatform, backup: { ...testPlatform.backup, commands } },
    sendAll: async (runs: readonly string[], { timeoutMs, timeoutMsOf }: SendOptions = {}) => {
      expect(timeoutMs).toBeUndefined();
      given.push(...runs.map((run) => timeoutMsOf?.(run)));
      return runs.map((command) => ({ command, text: 'x', durationMs: 1 }));
    },
  };
  const device = fakeDevice('r1', { connection: commandTimeoutMs === undefined ? {} : { commandTimeoutMs } });
  await collect(session as Session, device, new AbortController().signal);
  expect(given).toEqual(expected);
});
