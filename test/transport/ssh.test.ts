import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { Conversation, endpoint, eventually, memoryKnownHosts } from './conversation.ts';
import { echoShell, startSshServer } from './ssh-server.ts';

describe('an SSH channel', () => {
  let dialer: SshDialer | undefined;
  afterEach(async () => {
    await dialer?.[Symbol.asyncDispose]();
    dialer = undefined;
  });

  it('opens a shell, talks and closes without a socket left', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(endpoint(server.port));
    expect(channel.greeting).toContain('SSH-2.0-ssh2js');
    expect(channel.isLoggedIn).toBe(true);
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    channel.write('show version\n');
    await talk.until(/show version\r\nr1#$/);
    expect(dialer.openSockets).toBe(1);
    await channel.close();
    expect(await talk.ended).toBeUndefined();
    await eventually(() => dialer!.openSockets === 0);
    await eventually(() => server.openConnections === 0);
  });
});
