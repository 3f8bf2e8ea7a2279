import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { Conversation, endpoint, eventually, failureOf, memoryKnownHosts, turns } from './conversation.ts';
import { startDelayProxy } from './delay-proxy.ts';
import { dialing } from './dial.ts';
import { echoShell, startSshServer } from './ssh-server.ts';
import { closedPort, startTcpServer } from './tcp-server.ts';

const { dial, dialed } = dialing();

describe('an SSH channel', () => {
  it('opens a shell, talks and closes without a socket left', async () => {
    await using server = await startSshServer({ onSession: echoShell, config: { banner: 'Property of Example Ltd' } });
    const channel = await dial().open(endpoint(server.port));
    expect(channel).toMatchObject({ protocol: 'ssh', isLoggedIn: true, label: `r1 (127.0.0.1:${server.port}, ssh)` });
    expect(channel.greeting).toMatch(/^SSH-2\.0-ssh2js.*\nProperty of Example Ltd/);
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    channel.write('show version\n');
    await talk.until(/show version\r\nr1#$/);
    expect(dialed().openSockets).toBe(1);
    await channel.close();
    expect(await talk.ended).toBeUndefined();
    await eventually(() => dialed().openSockets === 0 && server.openConnections === 0);
  });

  it('ends in good order when the far end leaves, with its last words', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const channel = await dial().open(endpoint(server.port));
    channel.write('last words\nexit\n');
    // Nobody listens yet: what came before is delivered first.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const talk = new Conversation(channel);
    expect(await talk.ended).toBeUndefined();
    expect(talk.text).toContain('last words\r\n');
    await eventually(() => dialed().openSockets === 0);
  });

  it('says so when the connection breaks in the middle', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const channel = await dial().open(endpoint(server.port));
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    server.breakAll();
    expect(await talk.ended).toMatchObject({ code: 'NW_CONNECTION_LOST' });
    expect(dialed().openSockets).toBe(0);
    channel.write('into the void\n');
    await channel.close();
  });

  it('holds the far end back while it is paused', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const channel = await dial().open(endpoint(server.port));
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    channel.pause();
    channel.write('flood\n');
    // Longer than all of it takes where nothing holds it back.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(talk.bytes).toBeLessThan(100);
    channel.resume();
    await talk.until(/xxx\r\nr1#$/);
    expect(talk.bytes).toBeGreaterThan(4_000_000);
  });

  it('delivers what came before the connection ended even to a listener that had paused', async () => {
    let hasLeft = false;
    await using server = await startSshServer({
      onSession: (session) => echoShell(session, () => (hasLeft = true)),
    });
    const channel = await dial().open(endpoint(server.port));
    const talk = new Conversation(channel);
    await talk.until(/r1#$/);
    channel.pause();
    channel.write('last words\nexit\n');
    await eventually(() => hasLeft);
    await turns(50);
    server.breakAll();
    await turns(50);
    expect(talk.text).not.toContain('last words');
    channel.resume();
    expect(await talk.ended).toBeUndefined();
    expect(talk.text).toContain('last words\r\n');
  });

  it('leaves no timer, socket or stream behind', async () => {
    await using hop = await startSshServer({ forwards: true });
    await using server = await startSshServer({ onSession: echoShell });
    // Connections to the servers live in this process too: they are gone only when both ends have gone.
    const before = process.getActiveResourcesInfo();
    dial();
    for (const via of [[], [endpoint(hop.port, { name: 'hop' })]]) {
      const channel = await dialed().open(endpoint(server.port, { via }));
      channel.destroy();
      await failureOf(dialed().open(endpoint(server.port, { via, login: { user: 'nobody' } })));
      await failureOf(dialed().open(endpoint(await closedPort(), { via })));
    }
    await dialed()[Symbol.asyncDispose]();
    await eventually(() => server.openConnections + hop.openConnections === 0);
    // Never more of a kind than before; the test runner's own timers come and go.
    const surplus = (): string[] => {
      const left = process.getActiveResourcesInfo();
      for (const kind of before) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
      return left;
    };
    await eventually(() => surplus().length === 0);
  });

  it('runs a command apart from the shell, within its limits', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const channel = await dial().open(endpoint(server.port));
    const { stdout, stderr, exitCode } = await channel.exec('show clock');
    expect([stdout.toString(), stderr.toString(), exitCode]).toEqual(['ran show clock', 'note', 3]);
    expect(await failureOf(channel.exec('show clock', { maxOutputBytes: 5 }))).toMatchObject({
      code: 'NW_OUTPUT_TOO_LARGE',
    });
    expect(await failureOf(channel.getFile('/none'))).toMatchObject({ code: 'NW_NOT_SUPPORTED' });
  });

  it('gives up a command that does not end', async () => {
    await using server = await startSshServer({
      onSession(session) {
        echoShell(session);
        session.removeAllListeners('exec');
        session.on('exec', (accept) => void accept());
      },
    });
    const channel = await dial().open(endpoint(server.port));
    expect(await failureOf(channel.exec('tail -f', { timeoutMs: 50 }))).toMatchObject({ code: 'NW_COMMAND_TIMEOUT' });
    const cancel = AbortSignal.timeout(50);
    expect(await failureOf(channel.exec('tail -f', { signal: cancel }))).toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('takes a shell from a server that has no terminals, and says when there is no shell', async () => {
    await using server = await startSshServer({
      onSession(session) {
        session.on('pty', (_accept, reject) => reject?.());
        session.on('shell', (accept) => accept().write('bare> '));
      },
    });
    const channel = await dial().open(endpoint(server.port));
    await new Conversation(channel).until(/bare> $/);
    await channel.close();
    await using none = await startSshServer({
      onSession: (session) => session.on('shell', (_accept, reject) => reject?.()),
    });
    expect(await failureOf(dialed().open(endpoint(none.port)))).toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    await eventually(() => dialed().openSockets === 0);
  });

  it('needs six round trips from nothing to a prompt, TCP included', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    // Warm, so that what is measured is waiting and not loading.
    await (await dial().open(endpoint(server.port))).close();
    await using proxy = await startDelayProxy(server.port, 40);
    let fewest = Number.POSITIVE_INFINITY;
    // Bytes that were under way together may arrive apart on a busy machine, which adds to the count.
    for (let attempt = 0; attempt < 8 && fewest > 5; attempt += 1) {
      const channel = await dialed().open(endpoint(proxy.port));
      await new Conversation(channel).until(/r1#$/);
      fewest = Math.min(fewest, proxy.roundTrips);
      await channel.close();
    }
    // The proxy accepts at once, so the round trip of TCP's own handshake is not in the count. The five: identification
    // with the lists of algorithms, key exchange, service and password together, channel, terminal and shell together.
    expect(fewest).toBe(5);
  });
});

describe('a peer that is not what it should be', () => {
  it('refused', async () => {
    expect(await failureOf(dial().open(endpoint(await closedPort())))).toMatchObject({
      code: 'NW_CONNECT_REFUSED',
      message: expect.stringContaining('r1 (127.0.0.1:') as string,
    });
  });

  it('has no address', async () => {
    const nowhere = endpoint(22, { host: 'no-such-host.invalid', connectTimeoutMs: 10_000 });
    expect(await failureOf(dial().open(nowhere))).toMatchObject({ code: 'NW_ADDRESS_NOT_FOUND' });
  });

  it('accepts and says nothing', async () => {
    await using server = await startTcpServer();
    const failure = await failureOf(dial().open(endpoint(server.port, { connectTimeoutMs: 100 })));
    expect(failure).toMatchObject({ code: 'NW_SSH_TIMEOUT', message: expect.stringContaining('100 ms') as string });
    await eventually(() => dialed().openSockets === 0 && server.openConnections === 0);
  });

  it('speaks something else, which the message shows', async () => {
    await using server = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = await failureOf(dial().open(endpoint(server.port)));
    expect(failure.code).toBe('NW_SSH_PROTOCOL');
    expect(failure.message).toContain('what came: "HTTP/1.1 400 Bad Request\\r\\n');
  });

  it('speaks noise', async () => {
    await using server = await startTcpServer((socket) => socket.write(Buffer.alloc(20_000, 0xfe)));
    expect(await failureOf(dial().open(endpoint(server.port)))).toMatchObject({ code: 'NW_SSH_PROTOCOL' });
    await using later = await startTcpServer((socket) =>
      socket.write(`SSH-2.0-noise\r\n${'\xff'.repeat(5000)}`, 'latin1'),
    );
    const failure = await failureOf(dialed().open(endpoint(later.port)));
    expect(failure).toMatchObject({
      code: 'NW_SSH_PROTOCOL',
      message: expect.stringContaining('SSH-2.0-noise') as string,
    });
  });

  it('closes before it has introduced itself, or right after', async () => {
    await using server = await startTcpServer((socket) => socket.end());
    expect(await failureOf(dial().open(endpoint(server.port)))).toMatchObject({
      code: 'NW_SSH_PROTOCOL',
      message: expect.stringContaining('nothing came') as string,
    });
    await using later = await startTcpServer((socket) => socket.end('SSH-2.0-short\r\n'));
    expect(await failureOf(dialed().open(endpoint(later.port)))).toMatchObject({ code: 'NW_CONNECTION_LOST' });
  });

  it('resets', async () => {
    await using server = await startTcpServer((socket) => socket.resetAndDestroy());
    expect(await failureOf(dial().open(endpoint(server.port)))).toMatchObject({
      code: expect.stringMatching(/NW_CONNECTION_LOST|NW_SSH_PROTOCOL/) as string,
    });
  });
});

describe('cancelling', () => {
  it('leaves no socket, whenever it comes', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    const knownHosts = memoryKnownHosts();
    dial({ knownHosts });
    let cancelled = 0;
    for (let delayMs = 0; delayMs < 40; delayMs += 2) {
      const cancel = new AbortController();
      const reason = new NetwrightError('NW_CANCELLED', 'enough');
      const timer = setTimeout(() => cancel.abort(reason), delayMs);
      try {
        await (await dialed().open(endpoint(server.port), { signal: cancel.signal })).close();
      } catch (error) {
        cancelled += 1;
        expect(error).toBe(reason);
        expect(dialed().openSockets).toBe(0);
      }
      clearTimeout(timer);
    }
    expect(cancelled).toBeGreaterThan(0);
    await eventually(() => server.openConnections === 0);
  });

  it('ends what is being opened when the dialer is disposed of, and refuses more', async () => {
    await using server = await startTcpServer();
    const opening = failureOf(dial().open(endpoint(server.port)));
    await eventually(() => server.connectionCount === 1);
    await dialed()[Symbol.asyncDispose]();
    expect(await opening).toMatchObject({ code: 'NW_CANCELLED' });
    expect(await failureOf(dialed().open(endpoint(server.port)))).toMatchObject({ code: 'NW_CANCELLED' });
    expect(server.connectionCount).toBe(1);
  });

  it('takes a deadline over everything', async () => {
    await using server = await startSshServer({ authenticate: () => {} });
    expect(await failureOf(dial().open(endpoint(server.port), { timeoutMs: 150 }))).toMatchObject({
      message: expect.stringContaining('150 ms') as string,
    });
    await eventually(() => dialed().openSockets === 0);
  });
});

describe('falling back to Telnet', () => {
  it.each(['refused', 'something else'])('when SSH is %s', async (kind) => {
    await using telnet = await startTcpServer((socket) => socket.write('Username: '));
    await using other = await startTcpServer((socket) => socket.end('220 ftp ready\r\n'));
    const port = kind === 'refused' ? await closedPort() : other.port;
    const channel = await dial().open(endpoint(port, { fallback: { protocol: 'telnet', port: telnet.port } }));
    expect(channel).toMatchObject({ protocol: 'telnet', isLoggedIn: false });
    await new Conversation(channel).until(/Username: $/);
    channel.destroy();
  });

  it('not when the login is refused', async () => {
    await using telnet = await startTcpServer();
    await using server = await startSshServer({ authenticate: (context) => context.reject(['password']) });
    const asked = endpoint(server.port, { fallback: { protocol: 'telnet', port: telnet.port } });
    expect(await failureOf(dial().open(asked))).toMatchObject({ code: 'NW_AUTH_FAILED' });
    expect(telnet.connectionCount).toBe(0);
  });
});
