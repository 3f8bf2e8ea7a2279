import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { eventually, failureOf, memoryKnownHosts } from '../../transport/conversation.ts';
import { peer } from '../peers.ts';
import { keyLogin } from './key-login.ts';
import { startSshd } from './sshd.ts';

const sshd = peer('sshd');

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

describe.skipIf(sshd.isMissing)('SCP with scp of OpenSSH', () => {
  it('moves files of every size and name, byte for byte, over a connection of its own', async () => {
    await using server = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(keyLogin(server));
    const everything = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const sizes = [0, 1, 65_535, 65_536, 65_537, 3_000_000];
    for (const size of sizes) {
      const content = Buffer.alloc(size, everything);
      const path = join(server.folder, `it's a "file" of ${size} $HOME`);
      await channel.putFile(path, content, { by: 'scp' });
      expect(await readFile(path)).toEqual(content);
      expect((await stat(path)).mode & 0o777).toBe(0o644);
      expect(await channel.getFile(path, { by: 'scp' })).toEqual(content);
      expect(dialer.openSockets).toBe(1);
    }
    channel.destroy();
    await eventually(() => dialer!.openSockets === 0);
  });

  it('says what it says', async () => {
    await using server = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(keyLogin(server));
    const none = await failureOf(channel.getFile(`${server.folder}/none`, { by: 'scp' }));
    expect(none).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    expect(none.message).toContain('No such file or directory');
    await mkdir(join(server.folder, 'folder'));
    const folder = await failureOf(channel.getFile(`${server.folder}/folder`, { by: 'scp' }));
    expect(folder.message).toContain('not a regular file');
    const nowhere = await failureOf(
      channel.putFile(`${server.folder}/no/such/folder`, Buffer.from('x'), { by: 'scp' }),
    );
    expect(nowhere.message).toContain('No such file or directory');
    channel.destroy();
  });

  it('takes the place of SFTP where the server has none', async () => {
    await using server = await startSshd({ sftp: false });
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(keyLogin(server));
    const path = join(server.folder, 'file');
    expect(await failureOf(channel.putFile(path, Buffer.from('x'), { by: 'sftp' }))).toMatchObject({
      code: 'NW_NOT_SUPPORTED',
    });
    await channel.putFile(path, Buffer.from('over scp\n'));
    expect((await channel.getFile(path)).toString()).toBe('over scp\n');
    await writeFile(path, 'changed\n');
    expect((await channel.getFile(path, { by: 'scp' })).toString()).toBe('changed\n');
    channel.destroy();
  });
});
