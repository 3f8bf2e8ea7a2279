import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { createDialer, type Endpoint, type SshDialer } from '#transport';
import { Conversation, endpoint, eventually, failureOf, memoryKnownHosts } from './conversation.ts';
import { echoShell, startSshServer } from './ssh-server.ts';
import { closedPort, startTcpServer } from './tcp-server.ts';

let dialer: SshDialer | undefined;
function dial(hopIdleMs = 50): SshDialer {
  dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs });
  return dialer;
}
afterEach(async () => {
  const used = dialer;
  dialer = undefined;
  await used?.[Symbol.asyncDispose]();
  if (used) await eventually(() => used.openSockets === 0);
});

const bastion = (port: number, more: Partial<Endpoint> = {}): Endpoint => endpoint(port, { name: 'bastion', ...more });

describe('hops', () => {
  it('are one connection for all devices behind them, and idle out', async () => {
    await using hop = await startSshServer({ forwards: true });
    await using server = await startSshServer({ onSession: echoShell });
    dial();
    const via = [bastion(hop.port)];
    const channels = await Promise.all(Array.from({ length: 20 }, () => dialer!.open(endpoint(server.port, { via }))));
    expect(server.connectionCount).toBe(20);
    expect(hop.connectionCount).toBe(1);
    expect(dialer?.openSockets).toBe(1);
    await Promise.all(
      channels.map(async (channel) => {
        const talk = new Conversation(channel);
        await talk.until(/r1#$/);
        channel.write('exit\n');
        expect(await talk.ended).toBeUndefined();
      }),
    );
    const again = await dialer!.open(endpoint(server.port, { via }));
    expect(hop.connectionCount).toBe(1);
    await again.close();
    await eventually(() => dialer?.openSockets === 0);
    expect(hop.openConnections).toBe(0);
    await (await dialer!.open(endpoint(server.port, { via }))).close();
    expect(hop.connectionCount).toBe(2);
  });

  it('are kept apart by their login', async () => {
    await using hop = await startSshServer({ forwards: true, authenticate: (context) => context.accept() });
    await using server = await startSshServer({ onSession: echoShell });
    dial();
    const others = [
      { user: 'ops', password: new Secret('secret') },
      { user: 'admin', password: new Secret('other') },
    ];
    for (const login of others) await dialer!.open(endpoint(server.port, { via: [bastion(hop.port, { login })] }));
    expect(hop.connectionCount).toBe(2);
  });

  it('are passed one after the other, each with its own login', async () => {
    await using first = await startSshServer({ forwards: true });
    await using second = await startSshServer({
      forwards: true,
      authenticate: (context) => (context.username === 'ops' ? context.accept() : context.reject()),
    });
    await using server = await startSshServer({ onSession: echoShell });
    const via = [
      bastion(first.port),
      bastion(second.port, { name: 'inner', login: { user: 'ops', password: new Secret('x') } }),
    ];
    const channel = await dial().open(endpoint(server.port, { via }));
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    channel.write('flood\n');
    await talk.until(/xxx\r\nr1#$/, 15_000);
    expect(dialer?.openSockets).toBe(1);
    await channel.close();
    await eventually(() => dialer?.openSockets === 0 && second.openConnections === 0 && server.openConnections === 0);
  });

  it('that fail are named, with their own error as cause', async () => {
    await using first = await startSshServer({ forwards: true });
    await using second = await startSshServer({ authenticate: (context) => context.reject(['publickey']) });
    const via = [bastion(first.port), bastion(second.port, { name: 'inner' })];
    const failure = await failureOf(dial().open(endpoint(22, { via })));
    expect(failure.code).toBe('NW_JUMP_FAILED');
    expect(failure.message).toContain(`hop inner (127.0.0.1:${second.port}, ssh) could not be passed`);
    expect(failure.cause).toMatchObject({ code: 'NW_AUTH_FAILED' });
    expect(failure).toMatchObject({ retryable: false, details: { hop: 'inner' } });
    const gone = await failureOf(dialer!.open(endpoint(22, { via: [bastion(await closedPort())] })));
    expect(gone).toMatchObject({ code: 'NW_JUMP_FAILED', retryable: true, cause: { code: 'NW_CONNECT_REFUSED' } });
    const telnet = await failureOf(dialer!.open(endpoint(22, { via: [bastion(first.port, { protocol: 'telnet' })] })));
    expect(telnet).toMatchObject({ code: 'NW_JUMP_FAILED', cause: { code: 'NW_NOT_SUPPORTED' } });
  });

  it('that refuse a login are not asked again by each device behind them, but after a while', async () => {
    let attempts = 0;
    await using hop = await startSshServer({
      authenticate: (context) => {
        attempts += 1;
        context.reject(['password']);
      },
    });
    let nowMs = 0;
    const clock = { now: () => nowMs, sleep: async () => {} };
    dialer = createDialer({ knownHosts: memoryKnownHosts(), clock });
    const via = [bastion(hop.port)];
    for (const name of ['r1', 'r2', 'r3']) {
      expect(await failureOf(dialer.open(endpoint(1, { name, via })))).toMatchObject({
        code: 'NW_JUMP_FAILED',
        message: expect.stringContaining('user "admin" refused') as string,
        retryable: false,
      });
    }
    expect(attempts).toBe(1);
    const login = { user: 'admin', password: new Secret('another') };
    await failureOf(dialer.open(endpoint(1, { via: [bastion(hop.port, { login })] })));
    expect(attempts).toBe(2);
    nowMs += 31_000;
    await failureOf(dialer.open(endpoint(1, { via })));
    expect(attempts).toBe(3);
  });

  it('that forward nothing are named', async () => {
    await using strict = await startSshServer({
      onClient: (client) => client.on('tcpip', (_accept, reject) => reject()),
    });
    expect(await failureOf(dial().open(endpoint(22, { via: [bastion(strict.port)] })))).toMatchObject({
      code: expect.stringMatching(/NW_JUMP_FAILED|NW_CONNECT_/) as string,
      message: expect.stringContaining('bastion') as string,
    });
    await eventually(() => dialer?.openSockets === 0);
  });

  it('that die fail the sessions over them at once', async () => {
    await using hop = await startSshServer({ forwards: true });
    await using server = await startSshServer({ onSession: echoShell });
    await using telnet = await startTcpServer((socket) => socket.write('login: '));
    const via = [bastion(hop.port)];
    dial();
    const talks = await Promise.all(
      [
        endpoint(server.port, { via }),
        endpoint(server.port, { via }),
        endpoint(telnet.port, { via, protocol: 'telnet' }),
      ].map(async (target) => new Conversation(await dialer!.open(target))),
    );
    await Promise.all(talks.map((talk) => talk.until(/r1#$|login: $/)));
    // At once: long before keepalives, which would take 45 seconds, and the limit of this test.
    hop.breakAll();
    for (const talk of talks) {
      expect(await talk.ended).toMatchObject({
        code: 'NW_CONNECTION_LOST',
        message: expect.stringContaining('bastion') as string,
      });
    }
    expect(dialer?.openSockets).toBe(0);
    // And the next device gets a new connection.
    const again = await dialer!.open(endpoint(server.port, { via }));
    await again.close();
    expect(hop.connectionCount).toBe(2);
  });

  it('that die while something is opened over them are named, and are no reason to fall back to Telnet', async () => {
    await using hop = await startSshServer({ forwards: true });
    await using deaf = await startSshServer({ ignoresForwards: true });
    await using silent = await startTcpServer();
    await using telnet = await startTcpServer();
    const fallback = { protocol: 'telnet' as const, port: telnet.port };
    dial();
    for (const [through, isAtIt] of [
      [hop, () => silent.connectionCount === 1],
      [deaf, () => deaf.openConnections === 1],
    ] as const) {
      const failure = failureOf(dialer!.open(endpoint(silent.port, { via: [bastion(through.port)], fallback })));
      await eventually(isAtIt);
      await new Promise((resolve) => setTimeout(resolve, 100));
      through.breakAll();
      expect(await failure).toMatchObject({
        code: 'NW_JUMP_FAILED',
        message: expect.stringMatching(/^r1 .*bastion/) as string,
      });
    }
    expect(telnet.connectionCount).toBe(0);
  });

  it('carry Telnet', async () => {
    await using hop = await startSshServer({ forwards: true });
    await using telnet = await startTcpServer((socket) =>
      socket.write(Buffer.from([255, 251, 1, ...Buffer.from('User Name:')])),
    );
    const channel = await dial().open(endpoint(telnet.port, { protocol: 'telnet', via: [bastion(hop.port)] }));
    await new Conversation(channel).until(/^User Name:$/);
    await eventually(() => Buffer.concat(telnet.received).equals(Buffer.from([255, 253, 1])));
    await channel.close();
    await eventually(() => telnet.openConnections === 0 && dialer?.openSockets === 0);
  });

  it('go on opening for the others when one device is cancelled', async () => {
    await using hop = await startSshServer({
      forwards: true,
      authenticate: (context) => void setTimeout(() => context.accept(), 150),
    });
    await using server = await startSshServer({ onSession: echoShell });
    const via = [bastion(hop.port)];
    dial();
    const cancel = new AbortController();
    const cancelled = failureOf(dialer!.open(endpoint(server.port, { via }), { signal: cancel.signal }));
    const kept = dialer!.open(endpoint(server.port, { via }));
    setTimeout(() => cancel.abort(), 50);
    expect(await cancelled).toMatchObject({ code: 'NW_CANCELLED' });
    await (await kept).close();
    expect(hop.connectionCount).toBe(1);
  });

  it('are given up when nobody waits for them any more', async () => {
    await using hop = await startTcpServer();
    const cancel = new AbortController();
    const failure = failureOf(dial().open(endpoint(22, { via: [bastion(hop.port)] }), { signal: cancel.signal }));
    await eventually(() => hop.openConnections === 1);
    cancel.abort();
    expect(await failure).toMatchObject({ code: 'NW_CANCELLED' });
    await eventually(() => dialer?.openSockets === 0);
  });

  it('hang no longer than their deadline', async () => {
    await using hop = await startTcpServer();
    const via = [bastion(hop.port, { connectTimeoutMs: 80 })];
    expect(await failureOf(dial().open(endpoint(22, { via })))).toMatchObject({
      code: 'NW_JUMP_FAILED',
      cause: { code: 'NW_SSH_TIMEOUT' },
    });
    await using silent = await startSshServer({ ignoresForwards: true });
    const mute = endpoint(22, { via: [bastion(silent.port)], connectTimeoutMs: 300 });
    expect(await failureOf(dialer!.open(mute))).toMatchObject({ code: 'NW_CONNECT_TIMEOUT' });
  });
});
