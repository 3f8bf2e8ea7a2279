import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { openSession } from '#device';
import { type Lab, startLab } from '#lab';
import { applySecrets, dropLines, incompleteness, type Platform } from '#platforms';
import { createDialer, type Dialer } from '#transport';
import { catalogueIds, loadPlatform, loadSamples } from './samples.ts';

/** A machine that is busy with other things must not fail a test; nothing here waits so long by itself. */
const patienceMs = 60_000;

let lab: Lab;
let dialer: Dialer;
beforeAll(async () => {
  lab = await startLab({ dialogues: join(import.meta.dirname), processes: 0 });
  dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
}, patienceMs);
afterAll(async () => {
  await lab.stop();
  await dialer[Symbol.asyncDispose]();
}, patienceMs);

async function open(platform: Platform) {
  const device = lab.devices.find(({ platform: id }) => id === platform.id);
  if (device === undefined) throw new Error(`the lab plays no ${platform.id}`);
  const { credential } = loadSamples(platform.id).session;
  return openSession(
    {
      name: device.name,
      host: device.host,
      port: device.port,
      protocol: device.transport,
      via: [],
      login: {
        user: credential.user,
        password: new Secret(credential.password),
        ...(credential.enable === undefined ? {} : { enable: new Secret(credential.enable) }),
      },
    },
    platform,
    { dialer, promptTimeoutMs: patienceMs, commandTimeoutMs: patienceMs },
  );
}

/** What a backup would keep, before secrets are hidden. */
async function backUp(platform: Platform): Promise<string> {
  await using session = await open(platform);
  expect(session.mode).toBe(platform.home);
  const { commands } = platform.backup;
  const outputs = await session.sendAll(
    commands.map(({ run }) => run),
    { rejectFailures: false },
  );
  const parts: string[] = [];
  for (const [at, command] of commands.entries()) {
    const { text, failure } = outputs[at]!;
    if (failure !== undefined) {
      expect(command.optional, `${command.run}: ${failure}`).toBe(true);
      continue;
    }
    const kept = dropLines(text, command.drop ?? [])
      .split('\n')
      .filter((line) => command.keep === undefined || command.keep.some((keep) => keep.test(line)))
      .join('\n');
    expect(kept.trim(), `${command.run} leaves nothing`).not.toBe('');
    if (command.as === 'configuration') {
      expect(incompleteness(kept, platform.backup.complete), command.run).toBeUndefined();
    }
    parts.push(kept);
  }
  return parts.join('\n');
}

/** Each way between two modes, in an order in which they can be gone one after the other from `home`. */
async function visitModes(platform: Platform): Promise<string[]> {
  await using session = await open(platform);
  const visited: string[] = [];
  for (const mode of Object.keys(platform.modes)) {
    if (mode === platform.home) continue;
    await session.enter(mode);
    visited.push(session.mode);
    await session.enter(platform.home);
  }
  return visited;
}

describe('the session of each platform, played over the network', { concurrent: true, timeout: 4 * patienceMs }, () => {
  it.each(catalogueIds)('%s is backed up whole, with no secret left', async (id) => {
    const platform = await loadPlatform(id);
    const text = await backUp(platform);
    const hidden = applySecrets(text, platform.backup.secrets, () => '<secret>');
    const { secrets } = loadSamples(id).session;
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) {
      expect(text).toContain(secret);
      expect(hidden).not.toContain(secret);
    }
    expect(incompleteness(hidden, platform.backup.complete)).toBe(incompleteness(text, platform.backup.complete));
    // What is left of the text is more than marks.
    expect(hidden.replaceAll('<secret>', '').length).toBeGreaterThan(text.length / 2);
  });

  it.each(catalogueIds)('%s goes to each of its modes and comes home', async (id) => {
    const platform = await loadPlatform(id);
    const others = Object.keys(platform.modes).filter((mode) => mode !== platform.home);
    expect(await visitModes(platform)).toEqual(others);
  });
});
