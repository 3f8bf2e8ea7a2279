import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSealed, startBackup } from '#backup';
import { latin1OfText } from '#core';
import { line, type Platform, secret } from '#platforms';
import { ByteMemory } from '../../src/backup/byte-memory.ts';
import { outputFingerprint } from '../../src/backup/output-fingerprint.ts';
import { markOf, scrubbedPieces, withoutVolatile } from '../../src/backup/scrub.ts';
import { catalogueIds, loadPlatform, loadSamples } from '../platforms/samples.ts';
import { temporaryFolder } from '../store/fixtures.ts';
import { answers, configuration, type TestWorkspace, testPlatform, testWorkspace } from './fixtures.ts';

/** One that gives the same output for the same configuration, and counts how often that is judged. */
function countingPlatform(): { readonly platform: Platform; judged: number } {
  const counted = { judged: 0, platform: testPlatform };
  const end = Object.assign(/^end$/, {
    test(text: string) {
      counted.judged += 1;
      return RegExp.prototype.test.call(this, text);
    },
  });
  const { backup } = testPlatform;
  const secrets = backup.secrets.filter(({ resalted }) => !resalted);
  return Object.assign(counted, {
    platform: { ...testPlatform, backup: { ...backup, secrets, complete: { end: [end] } } },
  });
}

const backUp = async (workspace: TestWorkspace) => await startBackup(workspace).report;
const stored = async (workspace: TestWorkspace): Promise<string> => {
  const store = await workspace.configurations();
  return (await store.read((await store.latest('r1'))!)).toString();
};
const config = (time: string, ...lines: string[]): string =>
  configuration('r1', `! Last configuration change at ${time}`, 'enable secret Xy7abc', 'license 4711-0815', ...lines);

test('the same output is neither judged nor scrubbed again, whatever its volatile lines say', async () => {
  const counted = countingPlatform();
  await using workspace = await testWorkspace({ r1: answers(config('noon')) }, { platform: () => counted.platform });
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(counted.judged).toBe(1);
  for (const time of ['noon', 'dusk']) {
    workspace.network.set('r1', answers(config(time)));
    expect(await backUp(workspace)).toMatchObject({ changed: 0, unchanged: 1, failed: 0 });
  }
  expect(counted.judged).toBe(1);
  workspace.network.set('r1', answers(config('dusk', 'vlan 7')));
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  workspace.network.set('r1', answers(config('dusk', 'vlan 7').replace('Xy7abc', 'Xy7abd')));
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(counted.judged).toBe(3);
});

test('rules that changed are heeded, for secrets as for completeness', async () => {
  let { platform } = countingPlatform();
  await using workspace = await testWorkspace({ r1: answers(config('noon')) }, { platform: () => platform });
  await backUp(workspace);
  expect(await stored(workspace)).toContain('license 4711-0815');
  const license = secret('license', /license (?<secret>\S+)/);
  platform = { ...platform, backup: { ...platform.backup, secrets: [...platform.backup.secrets, license] } };
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(await stored(workspace)).toMatch(/license <secret:[0-9a-f]{8}>/);
  platform = { ...platform, backup: { ...platform.backup, volatile: [...platform.backup.volatile, line('license')] } };
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(await stored(workspace)).not.toContain('license');
  platform = { ...platform, backup: { ...platform.backup, complete: { end: [/^finis$/] } } };
  expect(await backUp(workspace)).toMatchObject({ failed: 1 });
});

test('a text that holds the login is read anew each time', async () => {
  const { platform } = countingPlatform();
  let password = 'other-login';
  const options = { platform: () => platform, password: () => password };
  await using workspace = await testWorkspace({ r1: answers(config('noon', 'ntp pass Tr0mbone')) }, options);
  await backUp(workspace);
  expect(await stored(workspace)).toContain('ntp pass Tr0mbone');
  password = 'Tr0mbone';
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(await stored(workspace)).toContain('ntp pass <redacted>');
  password = 'other-login';
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  expect(await stored(workspace)).toContain('ntp pass Tr0mbone');
});

test('what is missing beside git is made again, and a device that moves or comes back is written', async () => {
  await using folder = await temporaryFolder();
  const { platform } = countingPlatform();
  const open = (backup: Parameters<typeof testWorkspace>[1] & object) =>
    testWorkspace(
      { r1: answers(config('noon')), r2: answers(configuration('r2')) },
      {
        ...{ folder: folder.path, platform: () => platform },
        ...backup,
      },
    );
  {
    await using workspace = await open({});
    expect(await backUp(workspace)).toMatchObject({ changed: 2 });
    rmSync(workspace.path('sealed'), { recursive: true });
    expect(await backUp(workspace)).toMatchObject({ unchanged: 2 });
    const latest = await (await workspace.configurations()).latest('r1');
    expect((await readSealed(workspace, latest!)).toString()).toContain('Xy7abc');
    workspace.network.delete('r1');
    expect(await backUp(workspace)).toMatchObject({ retired: ['r1'] });
    workspace.network.set('r1', answers(config('noon')));
    expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  }
  {
    await using workspace = await open({ backup: { folder: 'plain' } });
    expect(await backUp(workspace)).toMatchObject({ unchanged: 2 });
    expect(readFileSync(join(folder.path, 'plain/cairo/r1'), 'utf8')).toBe(await stored(workspace));
  }
  await using workspace = await open({ backup: { path: 'all/{name}' } });
  expect(await backUp(workspace)).toMatchObject({ changed: 2 });
  expect((await (await workspace.configurations()).latest('r1'))?.path).toBe('all/r1');
});

test('where a change of a secret cannot be seen, the last full text is the one that is kept', async () => {
  const config = (psk: string): string => configuration('r1', `set psk ENC ${psk}`);
  await using workspace = await testWorkspace({ r1: answers(config('oldPsk1')) });
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  workspace.network.set('r1', answers(config('newPsk2')));
  expect(await backUp(workspace)).toMatchObject({ unchanged: 1 });
  const latest = await (await workspace.configurations()).latest('r1');
  expect((await readSealed(workspace, latest!)).toString()).toContain('newPsk2');
  const files = globSync('sealed/**/*.age', { cwd: workspace.path('.') });
  expect(files).toHaveLength(1);
});

test('what the device is logged in to with is restored as it is now', async () => {
  let password = 'Tr0mbone-1';
  const { platform } = countingPlatform();
  await using workspace = await testWorkspace(
    { r1: answers(config('noon', `ntp pass ${password}`)) },
    { platform: () => platform, password: () => password },
  );
  expect(await backUp(workspace)).toMatchObject({ changed: 1 });
  password = 'Tr0mbone-2';
  workspace.network.set('r1', answers(config('noon', `ntp pass ${password}`)));
  expect(await backUp(workspace)).toMatchObject({ unchanged: 1 });
  const latest = await (await workspace.configurations()).latest('r1');
  expect((await readSealed(workspace, latest!)).toString()).toContain('Tr0mbone-2');
});

const memory = new ByteMemory();
const key = new Uint8Array(32).fill(7);

describe.each(catalogueIds)('%s', (id) => {
  test('outputs with the same fingerprint become the same configuration', async () => {
    const platform = await loadPlatform(id);
    const samples = loadSamples(id);
    const command = platform.backup.commands.find((one) => one.as === 'configuration')!;
    const lines = [
      ...samples.runningConfig.split('\n'),
      ...samples.secrets.flatMap(({ text }) => text.split('\n')),
      ...['', ' ', ' description وصلة القاهرة', ' caf\udce9', ' caf\u00e9'],
    ];
    const volatile = (samples.volatile.drop ?? []).flatMap((text) => text.split('\n'));
    const drop = volatile.length === 0 ? fc.constant('') : fc.constantFrom(...volatile);
    const edit = fc.record({ at: fc.nat(30), text: fc.oneof(drop, fc.constantFrom(...lines)), adds: fc.boolean() });
    const read = (text: string): { readonly fingerprint: string; readonly scrubbed: string } => {
      const kept = withoutVolatile(latin1OfText(text), platform.backup);
      return {
        fingerprint: outputFingerprint('r1', platform, [{ command, latin1: kept }], key, memory),
        scrubbed: scrubbedPieces(kept, platform.backup, markOf('r1', key)).join(''),
      };
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 30 }), edit, (some, { at, text, adds }) => {
        const one = read(some.join('\n'));
        const other = read([...some.slice(0, at), text, ...some.slice(adds ? at : at + 1)].join('\n'));
        if (one.fingerprint === other.fingerprint) expect(other.scrubbed).toBe(one.scrubbed);
      }),
      { numRuns: 100 },
    );
  });
});

test("a fingerprint is one device's, one key's and one output's", () => {
  const parts = [
    { command: testPlatform.backup.commands[0]!, latin1: 'a' },
    { command: testPlatform.backup.commands[2]!, latin1: 'bc' },
  ];
  const moved = [
    { ...parts[0]!, latin1: 'ab' },
    { ...parts[1]!, latin1: 'c' },
  ];
  const fingerprint = (device: string, some: typeof parts, under = key): string =>
    outputFingerprint(device, testPlatform, some, under, memory);
  const all = [
    fingerprint('r1', parts),
    fingerprint('r2', parts),
    fingerprint('r1', moved),
    fingerprint('r1', parts.slice(0, 1)),
    fingerprint('r1', parts, new Uint8Array(32)),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(fingerprint('r1', parts)).toBe(all[0]);
});
