import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redactor, Secret } from '#core';
import { openCredentials } from '#inventory';
import { peer } from '../peers.ts';

const run = promisify(execFile);
const [age, ageKeygen] = [peer('age'), peer('age-keygen')];

describe.skipIf(age.isMissing || ageKeygen.isMissing)('with age of Debian', () => {
  let folder = '';
  let file = '';
  let env: NodeJS.ProcessEnv = {};
  const open = (more: NodeJS.ProcessEnv = {}) =>
    openCredentials({ file, env: { ...env, ...more }, redactor: new Redactor() });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-age-'));
    file = join(folder, 'secrets.age');
    env = { PATH: process.env['PATH'], XDG_CONFIG_HOME: join(folder, 'config') };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('age decrypts our secrets with our identity file, before and after a rotation', async () => {
    const store = open();
    await store.set('lab', { user: 'admin', password: new Secret('für Ägypten') });
    const identityFile = join(folder, 'config', 'netwright', 'identities', 'default.txt');
    for (let round = 0; round < 2; round += 1) {
      const { stdout } = await run(age.path!, ['--decrypt', '--identity', identityFile, file]);
      const content = JSON.parse(stdout) as { credentials: { lab: { password: string } }; recipients: string[] };
      expect(content.credentials.lab.password).toBe('für Ägypten');
      const { stdout: recipients } = await run(ageKeygen.path!, ['-y', identityFile]);
      expect(recipients.split('\n')[0]).toBe(content.recipients[0]);
      await store.rotate();
    }
  });

  it('we read an identity that age-keygen made, and a file that age encrypted', async () => {
    const identityFile = join(folder, 'key.txt');
    await run(ageKeygen.path!, ['-o', identityFile]);
    const [recipient] = await open({ NETWRIGHT_IDENTITY_FILE: identityFile }).recipients();
    await open({ NETWRIGHT_IDENTITY_FILE: identityFile }).set('lab', { user: 'admin' });
    const { stdout } = await run(age.path!, ['-d', '-i', identityFile, file]);
    await writeFile(join(folder, 'plain.json'), stdout.replace('"admin"', '"root"'));
    await run(age.path!, ['-r', recipient!, '-o', file, join(folder, 'plain.json')]);
    expect((await open({ NETWRIGHT_IDENTITY_FILE: identityFile }).login('lab')).user).toBe('root');
    expect((await readFile(file)).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  });
});
