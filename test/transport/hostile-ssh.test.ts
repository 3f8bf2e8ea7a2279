import net from 'node:net';
import { duplexPair } from 'node:stream';
import ssh2, { type Connection } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { createAlgorithmMemory } from '#transport';
import { SshLink } from '../../src/transport/ssh-link.ts';
import { Conversation, endpoint, eventually, failureOf, memoryKnownHosts, turns } from './conversation.ts';
import { dialing } from './dial.ts';
import { echoShell, hostKey, startSshServer } from './ssh-server.ts';
import { startTcpServer } from './tcp-server.ts';

/** What of ssh2's server lies below its public API: here it breaks rules that the API keeps. */
interface ServerInside {
  readonly _protocol: {
    channelOpenConfirm(remote: number, local: number, window: number, packetBytes: number): void;
    channelData(remote: number, data: Buffer): void;
    ping(): void;
    readonly _handlers: Record<string, () => void>;
  };
  readonly _sock: { readonly writableLength: number };
}
// ssh2 declares no types of what is inside; a test fails when it has changed.
const inside = (client: Connection): ServerInside => client as unknown as ServerInside;

const { dial, dialed } = dialing();

describe('an SSH server that', () => {
  it('allows packets of no bytes is left, for a shell and as a hop: nothing can be written to it', async () => {
    const emptyPackets = (client: Connection): void => {
      const { _protocol: protocol } = inside(client);
      const confirm = protocol.channelOpenConfirm.bind(protocol);
      protocol.channelOpenConfirm = (remote, local, window) => confirm(remote, local, window, 0);
    };
    await using server = await startSshServer({ onClient: emptyPackets, onSession: echoShell, forwards: true });
    await using telnet = await startTcpServer();
    await using fallback = await startTcpServer();
    const asked = endpoint(server.port, { fallback: { protocol: 'telnet', port: fallback.port } });
    expect(await failureOf(dial().open(asked))).toMatchObject({
      code: 'NW_SSH_PROTOCOL',
      message: expect.stringContaining('packets of 0 bytes') as string,
    });
    // It does speak SSH: no reason to send the password in clear.
    expect(fallback.connectionCount).toBe(0);
    const via = [endpoint(server.port, { name: 'bastion' })];
    expect(await failureOf(dialed().open(endpoint(telnet.port, { via })))).toMatchObject({ code: 'NW_JUMP_FAILED' });
  });

  it('sends on though the window is used up is left, before it fills the memory', async () => {
    let sentBytes = 0;
    await using server = await startSshServer({
      onClient: (client) =>
        client.on('session', (accept) =>
          accept().on('shell', (start) => {
            // ssh2 declares no types of what is inside.
            const shell = start() as unknown as { outgoing: { id: number } };
            const { _protocol: protocol, _sock: socket } = inside(client);
            const flood = setInterval(() => {
              for (let packets = 0; packets < 50 && socket.writableLength < 1_000_000; packets += 1) {
                protocol.channelData(shell.outgoing.id, Buffer.alloc(32_768, 'a'));
                sentBytes += 32_768;
              }
            }, 1);
            client.on('close', () => clearInterval(flood));
          }),
        ),
    });
    const channel = await dial().open(endpoint(server.port));
    const talk = new Conversation(channel);
    channel.pause();
    await eventually(() => dialed().openSockets === 0);
    // Two windows of 2 MB, and what the sockets of both sides hold.
    expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
    channel.resume();
    expect(await talk.ended).toMatchObject({
      code: 'NW_SSH_PROTOCOL',
      message: expect.stringMatching(/sent \d+ bytes more than the window/) as string,
    });
  });

  it('has said all and leaves it to us to close is not waited for', async () => {
    await using server = await startSshServer({
      onSession: (session) =>
        session.on('shell', (start) => {
          const shell = start();
          shell.write('last words');
          shell.stderr.write('; and these');
          shell.eof();
        }),
    });
    const channel = await dial().open(endpoint(server.port));
    const talk = new Conversation(channel);
    expect(await talk.ended).toBeUndefined();
    expect(talk.text).toMatch(/last words/);
    expect(talk.text).toMatch(/; and these/);
    await eventually(() => dialed().openSockets === 0);
  });

  it('ends with words is quoted, without what a terminal would act on', async () => {
    const words = (reason: number, text: string): Buffer => {
      const said = Buffer.from(text);
      const payload = Buffer.alloc(1 + 4 + 4 + said.length + 4);
      payload[0] = 1;
      payload.writeUInt32BE(reason, 1);
      payload.writeUInt32BE(said.length, 5);
      payload.set(said, 9);
      const padding = 16 - ((payload.length + 5) % 8);
      const packet = Buffer.alloc(5 + payload.length + padding);
      packet.writeUInt32BE(packet.length - 4);
      packet[4] = padding;
      packet.set(payload, 5);
      return packet;
    };
    // 11 is SSH_DISCONNECT_BY_APPLICATION, 12 SSH_DISCONNECT_TOO_MANY_CONNECTIONS.
    for (const reason of [11, 12]) {
      await using server = await startTcpServer((socket) => {
        socket.write('SSH-2.0-bad\x1b]0;owned\x07\r\n');
        socket.end(words(reason, 'No room\x1b[2J\r\nr9: all done'));
      });
      const { code, message } = await failureOf(dial().open(endpoint(server.port, { ssh: { algorithms: 'modern' } })));
      expect(code).toBe('NW_CONNECTION_LOST');
      expect(message).toContain('No room [2J r9: all done');
      expect(message).not.toMatch(/\p{Cc}/u);
    }
  });

  it('answers no keep-alive is alive as long as it sends', async () => {
    await using server = await startSshServer({
      onClient: (client) => {
        inside(client)._protocol._handlers['GLOBAL_REQUEST'] = () => {};
      },
      onSession: (session) =>
        session.on('shell', (start) => {
          const shell = start();
          const said = setInterval(() => shell.write('.'), 20);
          shell.on('close', () => clearInterval(said));
          shell.on('data', () => clearInterval(said));
        }),
    });
    const channel = await dial().open(endpoint(server.port, { ssh: { keepaliveMs: 60 } }));
    const talk = new Conversation(channel);
    const outcome = await Promise.race([talk.ended, talk.until(/^\.{40}/)]);
    expect(outcome).toMatch(/^\.{40}/);
    channel.write('be silent\n');
    expect(await talk.ended).toMatchObject({
      code: 'NW_CONNECTION_LOST',
      message: expect.stringContaining('keep-alives') as string,
    });
  });

  it('closes before its lists once, because it is busy, is not given legacy algorithms from then on', async () => {
    await using server = await startSshServer({ onSession: echoShell });
    let isBusy = true;
    await using front = await startTcpServer((socket) => {
      if (isBusy) {
        isBusy = false;
        socket.end('SSH-2.0-OpenSSH_9.2p1\r\n');
        return;
      }
      const through = net.connect(server.port, '127.0.0.1');
      socket.pipe(through).pipe(socket);
      through.on('error', () => {});
      socket.on('close', () => through.destroy());
    });
    const memory = createAlgorithmMemory();
    dial({ algorithmMemory: memory });
    await (await dialed().open(endpoint(front.port))).close();
    expect(front.connectionCount).toBe(2);
    expect(memory.needsLegacy(`[127.0.0.1]:${front.port}`)).toBe(false);
  });

  it('asks without end and takes no answers is read no further, and on when it takes them', async () => {
    const [near, far] = duplexPair();
    const connected = Promise.withResolvers<Connection>();
    const server = new ssh2.Server({ hostKeys: [hostKey()] }, (client) => {
      client.on('error', () => {});
      client.on('authentication', (context) => context.accept());
      connected.resolve(client);
    });
    server.injectSocket(far as net.Socket);
    const link = new SshLink(near, {
      endpoint: endpoint(22),
      policy: 'modern',
      knownHosts: memoryKnownHosts(),
      logger: silentLogger,
    });
    const client = await connected.promise;
    await link.loggedIn;
    far.pause();
    let asked = 0;
    // ssh2 asks with 30 bytes and answers with as many.
    const mostUnsentBytes = 1024 * 1024;
    while (!near.isPaused() && asked < 100_000) {
      for (let one = 0; one < 100; one += 1) inside(client)._protocol.ping();
      asked += 100;
      await turns(1);
    }
    expect(near.isPaused()).toBe(true);
    expect(near.writableLength).toBeLessThan(1.2 * mostUnsentBytes);
    far.resume();
    await eventually(() => !near.isPaused() && near.writableLength === 0);
    expect(link.isOpen).toBe(true);
    link.destroy();
  });
});
