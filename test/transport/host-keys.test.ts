import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, fingerprint, type SshDialer } from '#transport';
import { endpoint, eventually, failureOf, memoryKnownHosts } from './conversation.ts';
import { echoShell, startSshServer } from './ssh-server.ts';

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

describe('host keys', () => {
  it('remembers a new one and refuses another, before anything is sent', async () => {
    const knownHosts = memoryKnownHosts();
    dialer = createDialer({ knownHosts });
    let logins = 0;
    await using server = await startSshServer({
      onSession: echoShell,
      authenticate: (context) => {
        logins += 1;
        context.accept();
      },
    });
    const host = `[127.0.0.1]:${server.port}`;
    await (await dialer.open(endpoint(server.port))).close();
    const [known] = knownHosts.find(host);
    expect(known).toMatchObject({ type: 'ecdsa-sha2-nistp256' });
    await (await dialer.open(endpoint(server.port, { ssh: { hostKeys: 'strict' } }))).close();

    await using other = await startSshServer({ onSession: echoShell });
    const scanned = await dialer.scanHostKey(endpoint(other.port));
    await knownHosts.replace(host, scanned);
    const failure = await failureOf(dialer.open(endpoint(server.port)));
    expect(failure.code).toBe('NW_SSH_HOST_KEY_CHANGED');
    expect(failure.message).toContain(fingerprint(known!.key));
    expect(failure.message).toContain(scanned.fingerprint);
    expect(logins).toBe(2);
    await eventually(() => dialer?.openSockets === 0);
    await (await dialer.open(endpoint(server.port, { ssh: { hostKeys: 'ignore' } }))).close();
  });

  it('lets in no unknown one where it must be known', async () => {
    await using server = await startSshServer();
    const knownHosts = memoryKnownHosts();
    dialer = createDialer({ knownHosts });
    const failure = await failureOf(dialer.open(endpoint(server.port, { ssh: { hostKeys: 'strict' } })));
    expect(failure.code).toBe('NW_SSH_HOST_KEY_UNKNOWN');
    expect(knownHosts.hosts.size).toBe(0);
  });

  it('lets in one that is known for the same host at the usual port', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const knownHosts = memoryKnownHosts();
    dialer = createDialer({ knownHosts });
    const { type, key } = await dialer.scanHostKey(endpoint(server.port));
    await knownHosts.add('127.0.0.1', { type, key });
    await (await dialer.open(endpoint(server.port, { ssh: { hostKeys: 'strict' } }))).close();
    expect([...knownHosts.hosts.keys()]).toEqual(['127.0.0.1']);
  });

  it('shows the key of a server without logging in or remembering it', async () => {
    let logins = 0;
    await using server = await startSshServer({ authenticate: () => (logins += 1) });
    const knownHosts = memoryKnownHosts();
    dialer = createDialer({ knownHosts });
    const scanned = await dialer.scanHostKey(endpoint(server.port));
    expect(scanned).toMatchObject({ type: 'ecdsa-sha2-nistp256', host: `[127.0.0.1]:${server.port}` });
    expect(scanned.fingerprint).toBe(fingerprint(scanned.key));
    expect(knownHosts.hosts.size).toBe(0);
    await eventually(() => dialer?.openSockets === 0 && server.openConnections === 0);
    expect(logins).toBe(0);
  });

  it('connects although the key cannot be remembered, and says so', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const said: unknown[] = [];
    const logger = {
      debug: () => {},
      info: () => {},
      error: () => {},
      warn: (...words: unknown[]) => said.push(words),
      child: () => logger,
    };
    dialer = createDialer({
      knownHosts: { find: () => [], add: () => Promise.reject(new Error('disk full')), replace: async () => {} },
      logger: logger as never,
    });
    await (await dialer.open(endpoint(server.port))).close();
    expect(JSON.stringify(said)).toContain('disk full');
  });
});
