import { createHash, randomBytes } from 'node:crypto';
import type { Connection, Session } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { type Channel, createDialer, type SshDialer } from '#transport';
import { turnBudget } from '../../src/transport/turn-budget.ts';
import { endpoint, eventually, memoryKnownHosts } from './conversation.ts';
import { startSshServer } from './ssh-server.ts';
import { startTcpServer } from './tcp-server.ts';

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

/** Compared by where they differ first: a message with a megabyte in it helps nobody. */
function expectSame(came: Buffer, sent: Buffer, what: string): void {
  let at = 0;
  while (at < came.length && came[at] === sent[at]) at += 1;
  expect(`${what}: ${came.length} bytes, alike up to ${at}`).toBe(
    `${what}: ${sent.length} bytes, alike up to ${sent.length}`,
  );
}

/** A shell that prints the payload, and hangs up when as many bytes came in; `heard` gets them. */
const printing = (payload: Buffer, wanted: number, heard: (bytes: Buffer) => void) => (session: Session) => {
  session.on('pty', (accept) => accept?.());
  session.on('shell', (accept) => {
    const shell = accept();
    const chunks: Buffer[] = [];
    let size = 0;
    shell.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size < wanted) return;
      heard(Buffer.concat(chunks));
      shell.exit(0);
      shell.end();
    });
    shell.write(payload);
  });
  session.on('exec', (accept) => {
    const channel = accept();
    channel.write(payload);
    channel.exit(0);
    channel.end();
  });
};

/** Reads all of a channel, stopping for a while now and then; `got` is called with how much came so far. */
async function readSlowly(channel: Channel, got: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let nextStop = 100_000;
  await new Promise<void>((resolve) => {
    channel.listen({
      data(chunk) {
        // Kept as it came: whoever writes over it later is found out.
        chunks.push(chunk);
        size += chunk.length;
        got(size);
        if (size < nextStop) return;
        nextStop += 100_000;
        channel.pause();
        setTimeout(() => channel.resume(), 4);
      },
      end: () => resolve(),
    });
  });
  return Buffer.concat(chunks);
}

describe('bytes of many connections at once', () => {
  it.each([
    ['AES-GCM', undefined],
    ['ChaCha20', ['chacha20-poly1305@openssh.com']],
    ['AES-CTR', ['aes128-ctr']],
  ])(
    'come and go as they are, through three hops, to slow readers, under new keys: %s',
    { timeout: 60_000 },
    async (_, cipher) => {
      let exchanges = 0;
      const clients = new Set<Connection>();
      const onClient = (client: Connection): void => {
        clients.add(client);
        client.on('close', () => clients.delete(client));
        client.on('rekey', () => {
          exchanges += 1;
        });
      };
      const config = cipher ? { algorithms: { cipher: cipher as never } } : {};
      await using first = await startSshServer({ forwards: true, onClient, config });
      await using second = await startSshServer({ forwards: true, onClient, config });
      await using third = await startSshServer({ forwards: true, onClient, config });
      const hops = [first, second, third].map(({ port }, at) => endpoint(port, { name: `hop${at}` }));
      dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 50 });
      const rekeying = setInterval(() => {
        for (const client of clients) client.rekey();
      }, 40);
      try {
        const lines = Array.from({ length: 6 }, async (_unused, at) => {
          const down = randomBytes(500_000 + at * 1717);
          const up = randomBytes(150_000 + at * 333);
          const heard = Promise.withResolvers<Buffer>();
          await using server = await startSshServer({
            onClient,
            config,
            onSession: printing(down, up.length, heard.resolve),
          });
          // Half of them straight: those read into the memory that all share.
          const via = at % 2 === 0 ? hops : [];
          const channel = await dialer!.open(endpoint(server.port, { name: `r${at}`, via }));
          let sent = 0;
          const came = await readSlowly(channel, (bytes) => {
            while (sent < up.length && (sent < bytes / 4 || bytes >= down.length)) {
              channel.write(up.subarray(sent, sent + 5000));
              sent += 5000;
            }
          });
          expectSame(came, down, `r${at}, down`);
          expectSame(await heard.promise, up, `r${at}, up`);
          const ran = await dialer!.open(endpoint(server.port, { name: `r${at}`, via }));
          const result = await ran.exec('x');
          expectSame(result.stdout, down, `r${at}, exec`);
          await ran.close();
        });
        const raw = Array.from({ length: 3 }, async (_unused, at) => {
          // Bytes above 0xfe are Telnet's own.
          const down = randomBytes(400_000).map((byte) => byte & 0x7f || 1) as Buffer;
          const payload = Buffer.from(down.map((byte) => (byte === 0x0d ? 0x0e : byte)));
          await using server = await startTcpServer((socket) => {
            socket.end(payload);
          });
          const device = endpoint(server.port, { name: `t${at}`, protocol: 'telnet', via: hops });
          expectSame(await readSlowly(await dialer!.open(device), () => {}), payload, `t${at}`);
        });
        await Promise.all([...lines, ...raw]);

        expect(exchanges).toBeGreaterThan(20);
      } finally {
        clearInterval(rekeying);
      }
    },
  );

  it('are all there when the far end hangs up while a crowd waits for its turns', { timeout: 30_000 }, async () => {
    dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 50 });
    const payload = randomBytes(40_000);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    await using server = await startSshServer({
      onSession: (session) => {
        session.on('pty', (accept) => accept?.());
        session.on('shell', (accept) => {
          const shell = accept();
          shell.once('data', () => {
            shell.write(payload);
            shell.exit(0);
            shell.end();
          });
        });
      },
      onClient: (client) => client.on('session', () => {}),
    });
    const channels = await Promise.all(
      Array.from({ length: 12 }, (_, at) => dialer!.open(endpoint(server.port, { name: `r${at}` }))),
    );
    const reading = channels.map((channel) => {
      const chunks: Buffer[] = [];
      return new Promise<Buffer>((resolve) => {
        channel.listen({ data: (chunk) => chunks.push(chunk), end: () => resolve(Buffer.concat(chunks)) });
      });
    });
    // Somebody else takes all that each turn has.
    let isOver = false;
    const crowd = (): void => {
      if (isOver) return;
      turnBudget.run({}, () => {
        for (const until = performance.now() + 12; performance.now() < until; );
      });
      setImmediate(crowd);
    };
    crowd();
    for (const channel of channels) channel.write('\n');
    const came = await Promise.all(reading);
    isOver = true;
    expect(came.map(digest)).toEqual(came.map(() => digest(payload)));
    await eventually(() => dialer?.openSockets === 0);
  });
});
