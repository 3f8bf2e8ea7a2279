import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { Conversation, endpoint, eventually, failureOf, turns } from './conversation.ts';
import { dialing } from './dial.ts';
import { startSshServer } from './ssh-server.ts';
import { closedPort, startTcpServer } from './tcp-server.ts';

const { dial, dialed } = dialing();
const telnet = (port: number) => endpoint(port, { protocol: 'telnet' as const });

describe('a Telnet channel', () => {
  it('negotiates with the terminal that was asked for, and is not logged in', async () => {
    await using server = await startTcpServer((socket) =>
      socket.write(Buffer.from([255, 253, 31, 255, 251, 1, 255, 251, 3])),
    );
    const channel = await dial().open(telnet(server.port), { terminal: { columns: 200, rows: 50 } });
    expect(channel).toMatchObject({
      protocol: 'telnet',
      isLoggedIn: false,
      greeting: '',
      label: `r1 (127.0.0.1:${server.port}, telnet)`,
    });
    const talk = new Conversation(channel);
    const expected = [255, 251, 31, 255, 250, 31, 0, 200, 0, 50, 255, 240, 255, 253, 1, 255, 253, 3];
    await eventually(() => Buffer.concat(server.received).equals(Buffer.from(expected)));
    server.received.length = 0;
    channel.write('enable\n');
    await eventually(() => Buffer.concat(server.received).toString() === 'enable\r\n');
    expect(talk.text).toBe('');
    server.received.length = 0;
    channel.resize?.(80, 24);
    await eventually(() => Buffer.concat(server.received).equals(Buffer.from([255, 250, 31, 0, 80, 0, 24, 255, 240])));
    await channel.close();
    expect(await talk.ended).toBeUndefined();
  });

  it('talks to a raw port of a terminal server as it is', async () => {
    await using server = await startTcpServer((socket) => socket.write('\r\n\0\xffpress RETURN', 'latin1'));
    const channel = await dial().open(telnet(server.port));
    const talk = new Conversation(channel);
    await talk.until(/press RETURN$/);
    expect(talk.text).toBe('\r\n\0\xffpress RETURN');
    channel.write('\r');
    await eventually(() => Buffer.concat(server.received).toString() === '\r');
  });

  it('delivers what came before anybody listened, then the end', async () => {
    await using server = await startTcpServer((socket) => socket.end('too many sessions\r\n'));
    const channel = await dial().open(telnet(server.port));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const talk = new Conversation(channel);
    expect(await talk.ended).toBeUndefined();
    expect(talk.text).toBe('too many sessions\r\n');
    expect(() => channel.listen({ data: () => {}, end: () => {} })).toThrow(/one listener/);
  });

  it('says when the connection is reset', async () => {
    await using server = await startTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const channel = await dial().open(telnet(server.port));
    const talk = new Conversation(channel);
    channel.write('x');
    expect(await talk.ended).toMatchObject({
      code: 'NW_CONNECTION_LOST',
      message: expect.stringContaining('r1 (') as string,
    });
  });

  it('holds the far end back while it is paused', async () => {
    let written = 0;
    await using server = await startTcpServer((socket) => {
      const more = (): void => {
        while (written < 50_000_000 && socket.write(Buffer.alloc(100_000, 'x'))) written += 100_000;
      };
      socket.on('drain', more);
      more();
    });
    const channel = await dial().open(telnet(server.port));
    const talk = new Conversation(channel);
    await eventually(() => talk.bytes > 0);
    channel.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const seen = talk.bytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(talk.bytes).toBe(seen);
    expect(written).toBeLessThan(50_000_000);
    channel.resume();
    await eventually(() => talk.bytes > seen);
    channel.destroy();
    expect(dialed().openSockets).toBe(0);
    expect(await talk.ended).toBeUndefined();
  });

  it('closes within a second even when the far end does not', async () => {
    await using server = await startTcpServer(() => {}, { allowHalfOpen: true });
    const channel = await dial().open(telnet(server.port));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const closed = channel.close();
      await turns(20);
      vi.advanceTimersByTime(999);
      await turns(20);
      expect(dialed().openSockets).toBe(1);
      vi.advanceTimersByTime(1);
      await closed;
    } finally {
      vi.useRealTimers();
    }
    expect(dialed().openSockets).toBe(0);
  });

  it.each([
    ['', false],
    [', behind a hop', true],
  ])('reads no further while a peer negotiates without end and takes no answers%s', async (_where, isBehindHop) => {
    await using hop = await startSshServer({ forwards: true });
    const via = isBehindHop ? [endpoint(hop.port, { name: 'bastion' })] : [];
    // More than kernels hold of requests and answers, here and in a hop.
    const mostRequests = 100_000_000;
    const storm = Buffer.alloc(30_000, Buffer.from([255, 251, 99]));
    let peer: Socket | undefined;
    let asked = 0;
    let isOver = false;
    await using server = await startTcpServer((socket) => {
      peer = socket;
      socket.pause();
      const ask = (): void => {
        while (!isOver && asked < mostRequests) {
          asked += storm.length / 3;
          if (!socket.write(storm)) return;
        }
      };
      socket.on('drain', ask);
      ask();
    });
    const channel = await dial().open({ ...telnet(server.port), via });
    const talk = new Conversation(channel);
    await eventually(() => peer !== undefined);
    let before = -1;
    // What is asked and what is answered stand still once nobody takes the answers.
    while (asked !== before) {
      before = asked;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(asked).toBeLessThan(mostRequests);
    expect(talk.text).toBe('');
    isOver = true;
    peer!.write('login: ');
    peer!.resume();
    await talk.until(/login: $/);
    await eventually(() => Buffer.concat(server.received).length === 3 * asked);
  });

  it('can only talk', async () => {
    await using server = await startTcpServer();
    const channel = await dial().open(telnet(server.port));
    for (const call of [channel.exec('x'), channel.getFile('x'), channel.putFile('x', Buffer.alloc(0))]) {
      expect(await failureOf(call)).toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    }
  });

  it('is refused like any connection', async () => {
    expect(await failureOf(dial().open(telnet(await closedPort())))).toMatchObject({ code: 'NW_CONNECT_REFUSED' });
  });
});
