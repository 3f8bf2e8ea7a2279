import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPlainFolder, openQuarantine, openSealedStore, openTranscriptStore, type StoredTranscript } from '#store';
import { fileNameOf } from '../../src/store/atomic-file.ts';
import { temporaryFolder } from './fixtures.ts';

const start = Date.UTC(2026, 0, 1);
const blob = (at: number): string => String(at).padStart(40, '0').split('').reverse().join('');

async function keys(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function sealedStore(folder: string, keep: number) {
  const { identity, recipient } = await keys();
  return openSealedStore({
    folder,
    recipients: async () => [recipient],
    identities: async () => [identity],
    keep,
  });
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

test('a version finds its own full text; the newest are kept', async () => {
  await using folder = await temporaryFolder();
  const store = await sealedStore(folder.path, 2);
  for (const at of [0, 1, 2]) {
    await store.seal({ device: 'r1', blob: blob(at), atMs: start + at, content: Buffer.from(`secret text ${at}`) });
  }
  const version = (at: number) => ({ device: 'r1', blob: blob(at), atMs: start + at });
  expect((await store.unseal(version(2))).toString()).toBe('secret text 2');
  expect((await store.unseal(version(1))).toString()).toBe('secret text 1');
  await expect(store.unseal(version(0))).rejects.toMatchObject({ code: 'NW_VERSION_NOT_FOUND' });
  expect([await store.has('r1', blob(2)), await store.has('r1', blob(0)), await store.has('r2', blob(2))]).toEqual([
    true,
    false,
    false,
  ]);
  const names = files(folder.path);
  expect(names).toHaveLength(2);
  for (const name of names) {
    expect(readFileSync(join(folder.path, name), 'latin1')).not.toContain('secret text');
    expect(statSync(join(folder.path, name)).mode & 0o077).toBe(0);
  }
});

test('texts of devices that share a folder are told apart', async () => {
  await using folder = await temporaryFolder();
  const store = await sealedStore(folder.path, 1);
  // There are 256 folders: among so many names, which begin alike, some share one.
  const devices = ['r', 'r@1', 'R', ...Array.from({ length: 60 }, (_, at) => `r${at}`)];
  for (const device of devices) {
    for (const at of [0, 1])
      await store.seal({ device, blob: blob(at), atMs: start + at, content: Buffer.from(device) });
  }
  expect(new Set(files(folder.path).map((name) => dirname(name))).size).toBeLessThan(devices.length);
  expect(files(folder.path)).toHaveLength(devices.length);
  for (const device of devices) {
    expect((await store.unseal({ device, blob: blob(1), atMs: start })).toString()).toBe(device);
    expect(await store.has(device, blob(0))).toBe(false);
  }
});

test('a sealed file that is empty counts as none, a damaged or foreign one is told apart', async () => {
  await using folder = await temporaryFolder();
  const { identity, recipient } = await keys();
  const other = await keys();
  const open = (identities: string[]) =>
    openSealedStore({
      folder: folder.path,
      recipients: async () => [recipient],
      identities: async () => identities,
      keep: 2,
    });
  const version = { device: 'r1', blob: blob(1), atMs: start };
  await open([]).seal({ ...version, content: Buffer.from('x'.repeat(5_000)) });
  await expect(open([other.identity]).unseal(version)).rejects.toMatchObject({ code: 'NW_SECRETS_LOCKED' });
  const file = join(folder.path, files(folder.path)[0]!);
  const bytes = readFileSync(file);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(file, bytes);
  await expect(open([identity]).unseal(version)).rejects.toMatchObject({ code: 'NW_SECRETS_CORRUPT' });
  truncateSync(file);
  expect(await open([identity]).has('r1', blob(1))).toBe(false);
});

test('every name becomes a file name of its own, also where case is folded', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      fc.pre(one.isWellFormed() && other.isWellFormed());
      const names = [fileNameOf(one), fileNameOf(other)];
      for (const name of names) expect(name).toMatch(/^[\w%~-][\w.%~-]*$/);
      expect(names[0]!.toLowerCase() === names[1]!.toLowerCase()).toBe(one === other);
    }),
  );
  expect(fileNameOf('R1').toLowerCase()).not.toBe(fileNameOf('r1').toLowerCase());
  expect(fileNameOf('x'.repeat(5_000)).length).toBeLessThan(200);
});

const transcript = (id: string, more: Partial<StoredTranscript> = {}): StoredTranscript => ({
  ...{ id, device: 'r1', platform: 'cisco_ios', startedAtMs: start, failure: 'NW_AUTH_FAILED: refused' },
  entries: [{ atMs: 1, kind: 'sent', text: 'show version' }],
  ...more,
});

test('transcripts are found by id or a prefix of it, listed newest first', async () => {
  await using folder = await temporaryFolder();
  const store = openTranscriptStore(folder.path);
  await store.save(transcript('abc123'));
  await store.save(transcript('abd456', { device: 'r_2', startedAtMs: start + 1 }));
  expect(await store.load('abc')).toEqual(transcript('abc123'));
  expect(await store.load('abd456')).toMatchObject({ device: 'r_2', entries: [{ text: 'show version' }] });
  expect(await store.load('nope')).toBeUndefined();
  await expect(store.load('ab')).rejects.toMatchObject({ code: 'NW_USAGE' });
  expect((await store.list()).map(({ id }) => id)).toEqual(['abd456', 'abc123']);
  expect(await store.list({ device: 'r_2' })).toHaveLength(1);
  expect((await store.list({ limit: 1 }))[0]).not.toHaveProperty('entries');
});

test('transcripts are bounded in number and in size', async () => {
  await using folder = await temporaryFolder();
  const store = openTranscriptStore(folder.path, { keep: 5, maxCharacters: 1_000 });
  for (let at = 0; at < 45; at += 1) await store.save(transcript(`id${at}`, { startedAtMs: start + at }));
  expect(readdirSync(folder.path).length).toBeLessThan(5 + 20);
  const entries = Array.from({ length: 100 }, (_, at) => ({
    atMs: at,
    kind: 'received' as const,
    text: `${at} `.repeat(50),
  }));
  await store.save(transcript('long', { startedAtMs: start + 100, entries }));
  const long = await store.load('long');
  expect(long!.entries.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1_100);
  expect(long!.entries.find(({ kind }) => kind === 'note')?.text).toMatch(/characters left out here/);
  expect(long!.entries[0]!.text.startsWith('0 0')).toBe(true);
  expect(long!.entries.at(-1)!.text.endsWith('99 ')).toBe(true);
});

test('a damaged transcript is named', async () => {
  await using folder = await temporaryFolder();
  const store = openTranscriptStore(folder.path);
  await store.save(transcript('abc'));
  writeFileSync(join(folder.path, readdirSync(folder.path)[0]!), 'not json\n');
  await expect(store.load('abc')).rejects.toMatchObject({ code: 'NW_STORE_FAILED' });
});

test('quarantine keeps so many outputs, sealed, each with its reason', async () => {
  await using folder = await temporaryFolder();
  const { identity, recipient } = await keys();
  const store = openQuarantine({
    folder: folder.path,
    recipients: async () => [recipient],
    identities: async () => [identity],
    keep: 2,
  });
  const refused = (device: string, at: number) => ({
    ...{
      device,
      atMs: start + at,
      code: 'NW_OUTPUT_INCOMPLETE',
      reason: 'no end',
      content: Buffer.from(`password ${at}`),
    },
  });
  await store.keep(refused('r1', 1));
  await store.keep(refused('r2', 2));
  await store.keep(refused('r1', 3));
  const records = await store.list();
  expect(records.map(({ device, atMs }) => [device, atMs - start])).toEqual([
    ['r1', 3],
    ['r2', 2],
  ]);
  expect(await store.list({ device: 'r2' })).toMatchObject([{ device: 'r2', reason: 'no end', sizeBytes: 10 }]);
  expect((await store.read(records[0]!.id)).toString()).toBe('password 3');
  await expect(store.read('../../etc/passwd')).rejects.toMatchObject({ code: 'NW_VERSION_NOT_FOUND' });
  for (const name of files(folder.path))
    expect(readFileSync(join(folder.path, name), 'latin1')).not.toContain('password');
});

test('the plain folder is never left', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(join(folder.path, 'plain'));
  const plain = openPlainFolder(join(folder.path, 'plain'));
  await plain.write('cairo/r1', Buffer.from('text'));
  expect(readFileSync(join(folder.path, 'plain/cairo/r1'), 'utf8')).toBe('text');
  await expect(plain.write('../out', Buffer.from('x'))).rejects.toMatchObject({ code: 'NW_CONFIG_INVALID' });
  await plain.remove('cairo/r1');
  expect(files(folder.path)).toEqual([]);
});
