import type { ServerChannel } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { endpoint, eventually, failureOf, memoryKnownHosts } from './conversation.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

let dialer: SshDialer | undefined;
afterEach(async () => {
  const used = dialer;
  dialer = undefined;
  await used?.[Symbol.asyncDispose]();
  if (used) await eventually(() => used.openSockets === 0);
});

/** A device with a shell and an `scp` that does as it is told; `commands` are those that were run. */
async function device(scp: (channel: ServerChannel, command: string) => void, commands: string[] = []) {
  return await startSshServer({
    onSession: (session) => {
      session.on('pty', (accept) => accept?.());
      session.on('shell', (accept) => accept().write('r1#'));
      session.on('exec', (accept, _reject, { command }) => {
        commands.push(command);
        const channel = accept();
        channel.on('error', () => {});
        scp(channel, command);
      });
    },
  });
}

async function open(server: SshServer) {
  dialer = createDialer({ knownHosts: memoryKnownHosts() });
  return await dialer.open(endpoint(server.port));
}

/** Answers each piece that comes with the next of these. */
const answering =
  (...answers: readonly string[]) =>
  (channel: ServerChannel): void => {
    const left = [...answers];
    channel.write(left.shift() ?? '');
    channel.on('data', () => {
      const next = left.shift();
      if (next !== undefined) channel.write(next);
    });
  };

describe('SCP', () => {
  it('writes as scp does, and asks no shell for what needs none', async () => {
    const commands: string[] = [];
    const came: Buffer[] = [];
    await using server = await device((channel) => {
      channel.write('\0');
      channel.on('data', (chunk: Buffer) => {
        came.push(chunk);
        const all = Buffer.concat(came).toString();
        if (/^C0644 5 new\.cfg\n$/.test(all) || all.endsWith('hello\0')) channel.write('\0');
      });
    }, commands);
    const channel = await open(server);
    await channel.putFile('flash:new.cfg', Buffer.from('hello'), { by: 'scp' });
    expect(commands).toEqual(['scp -t flash:new.cfg']);
    expect(Buffer.concat(came).toString()).toBe('C0644 5 new.cfg\nhello\0');
    // The connection of the transfer is gone, that of the shell is not.
    await eventually(() => server.openConnections === 1);
    await channel.close();
  });

  it('is what a server without SFTP is asked for by itself', async () => {
    await using server = await device((channel) => {
      channel.once('data', () => channel.write('T1 0 1 0\n'));
      channel.on('data', (chunk: Buffer) => {
        if (chunk.length === 1 && channel.listenerCount('data') > 0) steps.shift()?.(channel);
      });
    });
    const steps = [
      () => undefined,
      (far: ServerChannel) => far.write('C0600 3 a.cfg\n'),
      (far: ServerChannel) => {
        // One byte at a time.
        for (const byte of 'abc\0') far.write(byte);
      },
    ];
    const channel = await open(server);
    expect((await channel.getFile('a.cfg')).toString()).toBe('abc');
    channel.destroy();
  });

  it.each([
    ['a complaint at the beginning', ['\x01scp: flash:new.cfg: Permission denied\n'], 'Permission denied'],
    ['a complaint about the file', ['\0', '\x02No space left on device\n'], 'No space left on device'],
    ['a complaint at the end', ['\0', '\0', '\x01write error\n'], 'write error'],
    ['an end without a word', ['\0', '\x01\n'], 'it refused the file'],
    ['words of a device that serves no SCP', ['% Administratively disabled.\n'], 'Administratively disabled'],
    ['a greeting in the way', ['Welcome to r1\r\n\0'], 'expected its answer, got:'],
  ])('tells %s', async (_, answers, words) => {
    await using server = await device(answering(...answers));
    const channel = await open(server);
    const failed = await failureOf(channel.putFile('flash:new.cfg', Buffer.from('hello'), { by: 'scp' }));
    expect(failed).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    expect(failed.message).toContain('flash:new.cfg');
    expect(failed.message).toContain(words);
    channel.destroy();
  });

  it.each([
    ['no file', ['', 'D0755 0 folder\n'], 'expected a file'],
    ['a size that is none', ['', 'C0644 many a.cfg\n'], 'expected a file'],
    ['more than fits', ['', 'C0644 999999999999 a.cfg\n'], 'it is larger than'],
    ['a line without an end', ['', `C${'9'.repeat(20_000)}`], 'a line without an end'],
  ])('reads no %s', async (_, answers, words) => {
    await using server = await device(answering(...answers));
    const channel = await open(server);
    const failed = await failureOf(channel.getFile('a.cfg', { by: 'scp' }));
    expect(failed).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    expect(failed.message).toContain(words);
    channel.destroy();
  });

  it.each([0, 1, 2])('ends when the far end ends after %d answers', async (count) => {
    await using server = await device((channel) => {
      const left = ['\0', '\0'].slice(0, count);
      const go = (): void => {
        const next = left.shift();
        if (next !== undefined) channel.write(next);
        else {
          channel.exit(1);
          channel.end();
        }
      };
      go();
      channel.on('data', go);
    });
    const channel = await open(server);
    const failed = await failureOf(channel.putFile('a.cfg', Buffer.alloc(300_000), { by: 'scp' }));
    expect(failed).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    expect(failed.message).toContain('it ended too early');
    channel.destroy();
  });

  it('ends in time, when it is cancelled, and with the connection', async () => {
    await using server = await device(answering('\0'));
    const channel = await open(server);
    const put = (more: object) => failureOf(channel.putFile('a.cfg', Buffer.from('x'), { by: 'scp', ...more }));
    expect(await put({ timeoutMs: 150 })).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    expect(await put({ signal: AbortSignal.timeout(150) })).toMatchObject({ code: 'NW_CANCELLED' });
    await eventually(() => server.openConnections === 1);
    setTimeout(() => server.breakAll(), 150);
    expect(await put({})).toMatchObject({ code: 'NW_CONNECTION_LOST' });
  });

  it('names no file with a line end in it', async () => {
    await using server = await device(answering('\0'));
    const channel = await open(server);
    expect(await failureOf(channel.putFile('a\nb', Buffer.from('x'), { by: 'scp' }))).toMatchObject({
      code: 'NW_FILE_TRANSFER',
    });
    channel.destroy();
  });
});
