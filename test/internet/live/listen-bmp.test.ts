import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BmpListener, type ListenBmpOptions, listenBmp } from '../../../src/internet/live/bmp/listen-bmp.ts';
import { Gate } from '../../../src/internet/live/gate.ts';
import type { LiveEvent } from '../../../src/internet/live/live-event.ts';
import { LiveTable } from '../../../src/internet/live/table/live-table.ts';
import {
  endOfRib4,
  initiation,
  monitoring,
  peerA,
  peerB,
  peerDown,
  peerUp,
  statistics,
  termination,
  update,
} from './bmp-messages.ts';
import { tableTexts } from './table-texts.ts';
import { until } from './until.ts';

let table: LiveTable;
let gate: Gate;
let events: LiveEvent[];
let listener: BmpListener;
let sockets: Socket[];

beforeEach(() => {
  table = new LiveTable();
  gate = new Gate();
  events = [];
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await listener.close();
});

async function listen(options: Partial<ListenBmpOptions> = {}): Promise<void> {
  listener = await listenBmp({
    host: '127.0.0.1',
    port: 0,
    table,
    gate,
    onEvent: (event) => events.push(event),
    ...options,
  });
}

async function router(...messages: readonly Uint8Array[]): Promise<Socket> {
  const socket = connect(listener.port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(Buffer.concat(messages));
  return socket;
}

const routes = (count: number, net: number, asn = 64_500): Uint8Array[] =>
  Array.from({ length: count }, (_, index) =>
    monitoring(
      { ...peerA, asn },
      update({ announce: [`${net}.${index >> 8}.${index & 255}.0/24`], path: [asn, 100 + (index % 50)] }),
    ),
  );
const of = <K extends LiveEvent['kind']>(kind: K) =>
  events.filter((event): event is LiveEvent & { kind: K } => event.kind === kind);

describe('routers that report', () => {
  test('one tells its routes; a neighbour goes, and its routes with it', async () => {
    await listen();
    const socket = await router(
      initiation('cairo-1'),
      peerUp(peerA),
      ...routes(3, 10),
      monitoring(peerA, endOfRib4),
      peerUp(peerB),
      monitoring(peerB, update({ announce: ['2001:db8:1::/48'], path: [4_200_000_001, 9] })),
      statistics(peerB, { 7: 1n }),
    );
    await until(() => of('statistics').length === 1);
    expect(table.routeCount).toBe(4);
    expect((await tableTexts(table))[3]).toBe(
      '2001:db8:1::/48 4200000001 9 @4200000001 2001:db8::1 cairo-1 at 127.0.0.1',
    );
    socket.write(peerDown(peerA));
    await until(() => of('peer-down').length === 1);
    expect(events).toEqual([
      { kind: 'router-up', router: 'cairo-1', address: '127.0.0.1', description: 'a router of the lab' },
      { kind: 'peer-up', router: 'cairo-1', peer: { asn: 64_500, address: '192.0.2.1' } },
      { kind: 'table-complete', router: 'cairo-1', peer: { ...peerA, rib: 'pre-policy' }, family: 4, routes: 3 },
      { kind: 'peer-up', router: 'cairo-1', peer: { asn: 4_200_000_001, address: '2001:db8::1' } },
      { kind: 'statistics', router: 'cairo-1', peer: { ...peerB, rib: 'pre-policy' }, values: { 7: 1 } },
      {
        kind: 'peer-down',
        router: 'cairo-1',
        peer: peerA,
        reason: 'the neighbour closed the session with a notification',
        routes: 3,
      },
    ]);
    expect(table.routeCount).toBe(1);
  });

  test('routes before and after the policy, and of the Loc-RIB, are one vantage point each; what is sent on is left out', async () => {
    await listen();
    const bgp = update({ announce: ['203.0.113.0/24'], path: [64_500, 9] });
    await router(
      initiation('r'),
      peerUp(peerA),
      monitoring(peerA, bgp),
      monitoring({ ...peerA, flags: 0x40 }, bgp),
      monitoring({ ...peerA, flags: 0x10 }, bgp),
      monitoring({ asn: 65_000, address: '192.0.2.255', type: 3 }, bgp),
      termination(0),
    );
    await until(() => of('router-down').length === 1);
    expect(await tableTexts(table)).toEqual([
      '203.0.113.0/24 64500 9 @64500 192.0.2.1 r at 127.0.0.1',
      '203.0.113.0/24 64500 9 @64500 192.0.2.1 r at 127.0.0.1',
      '203.0.113.0/24 64500 9 @65000 192.0.2.255 r at 127.0.0.1',
    ]);
    expect(of('router-down')[0]).toMatchObject({
      reason: 'ended by the router: administratively closed',
      routes: 3,
      skipped: ['1 passed over: a route that the router sends to others (Adj-RIB-Out)'],
    });
  });

  describe('the AS of the router', () => {
    const inner = { asn: 2914, address: '192.0.2.7' };
    const locRib = { asn: 2914, address: '192.0.2.255', type: 3 };
    const self = { asn: 0, address: '0.0.0.0' };
    const toldBy = (localAsn: number): Uint8Array[] => [
      initiation('r'),
      peerUp(peerA, { localAsn }),
      monitoring(peerA, update({ announce: ['10.1.0.0/16'], path: [64_500, 9] })),
      // As FRR tells it: the own AS is there already.
      monitoring(peerA, update({ announce: ['10.2.0.0/16'], path: [localAsn, 64_500, [7, 8]] })),
      peerUp({ ...inner, asn: localAsn }, { localAsn }),
      monitoring({ ...inner, asn: localAsn }, update({ announce: ['10.3.0.0/16'], path: [9] })),
      monitoring({ ...locRib, asn: localAsn }, update({ announce: ['10.4.0.0/16'], path: [64_500, 9] })),
      // FRR again: what it originates comes from AS 0.
      monitoring(self, update({ announce: ['10.5.0.0/16'], path: [] })),
    ];

    test('stands first in every path, so that its links are seen', async () => {
      await listen();
      await router(...toldBy(2914));
      await until(() => table.routeCount === 5);
      expect(await tableTexts(table)).toEqual([
        '10.1.0.0/16 2914 64500 9 @2914 192.0.2.1 r at 127.0.0.1',
        '10.2.0.0/16 2914 64500 {7,8} @2914 192.0.2.1 r at 127.0.0.1',
        '10.3.0.0/16 2914 9 @2914 192.0.2.7 r at 127.0.0.1',
        '10.4.0.0/16 2914 64500 9 @2914 192.0.2.255 r at 127.0.0.1',
        '10.5.0.0/16 2914 @2914 0.0.0.0 r at 127.0.0.1',
      ]);
    });

    test.each([
      ['a private one', 65_000, {}],
      ['that of a collector', 6447, { areCollectors: true }],
    ])('%s does not', async (_, asn, options) => {
      await listen(options);
      await router(...toldBy(asn));
      await until(() => table.routeCount === 5);
      expect(await tableTexts(table)).toEqual([
        '10.1.0.0/16 64500 9 @64500 192.0.2.1 r at 127.0.0.1',
        '10.2.0.0/16 64500 {7,8} @64500 192.0.2.1 r at 127.0.0.1',
        `10.3.0.0/16 9 @${asn} 192.0.2.7 r at 127.0.0.1`,
        `10.4.0.0/16 64500 9 @${asn} 192.0.2.255 r at 127.0.0.1`,
        `10.5.0.0/16  @${asn} 0.0.0.0 r at 127.0.0.1`,
      ]);
    });
  });

  test('one that is lost leaves its routes, until it comes again and tells them anew', async () => {
    await listen();
    const socket = await router(initiation('r'), peerUp(peerA), ...routes(5, 10));
    await until(() => table.routeCount === 5);
    socket.resetAndDestroy();
    await until(() => of('router-down').length === 1);
    expect(of('router-down')[0]).toMatchObject({
      router: 'r',
      reason: expect.stringMatching(/lost/),
      routes: 5,
      messages: 7,
    });
    expect(table.routeCount).toBe(5);
    expect([...table.peers][0]!.lostMs).toBeGreaterThan(1_700_000_000_000);
    await router(initiation('r'), peerUp(peerA), ...routes(2, 11));
    await until(() => of('router-up').length === 2 && table.routeCount === 2);
    expect([...table.peers].map(({ lostMs }) => lostMs)).toEqual([undefined]);
  });
});

describe('hostile routers', () => {
  test('a bad frame ends its session with the byte and the reason; the others go on, and nothing read is lost', async () => {
    await listen();
    const good = await router(initiation('good'), peerUp(peerA), ...routes(10, 10));
    const sound = [initiation('bad'), peerUp({ ...peerA, asn: 666 }), ...routes(10, 11, 666)];
    const bad = await router(...sound, Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await once(bad, 'close');
    await until(() => of('router-down').length === 1);
    expect(of('router-down')[0]).toMatchObject({
      router: 'bad',
      offset: Buffer.concat(sound).length,
      reason: 'expected BMP version 3, found 71',
      messages: 12,
      routes: 10,
    });
    await until(() => table.routeCount === 20);
    good.write(Buffer.concat(routes(20, 10)));
    await until(() => table.routeCount === 30);
    expect(listener.routerCount).toBe(1);
  });

  test('one that never says who it is, and one that never ends a message', async () => {
    await listen({ helloTimeoutMs: 60, messageTimeoutMs: 60 });
    await router();
    await until(() => of('router-down').length === 1);
    expect(of('router-down')[0]).toMatchObject({ reason: 'no Initiation message within 60 ms', offset: 0 });
    const hello = initiation('slow');
    const slow = await router(hello, monitoring(peerA, update({})).subarray(0, 20));
    const drip = setInterval(() => slow.write(Uint8Array.of(0)), 10);
    await until(() => of('router-down').length === 2).finally(() => clearInterval(drip));
    expect(of('router-down')[1]).toMatchObject({
      router: 'slow',
      reason: 'a message whose end did not come within 60 ms',
      offset: hello.length,
    });
  });

  test('a silent router between messages is not ended', async () => {
    await listen({ helloTimeoutMs: 50, messageTimeoutMs: 50 });
    const socket = await router(initiation('quiet'), peerUp(peerA));
    await sleep(150);
    socket.write(Buffer.concat(routes(1, 10)));
    await until(() => table.routeCount === 1);
    expect(of('router-down')).toEqual([]);
  });

  test('more routers than may be, more neighbours than may be, more routes than may be', async () => {
    await listen({ mostRouters: 2, mostPeers: 1, mostRoutesOfRouter: 5 });
    const one = await router(initiation('one'), peerUp(peerA), ...routes(8, 10));
    await until(() => of('refused').length === 1);
    expect(of('refused')[0]).toMatchObject({ router: 'one', peer: { asn: 64_500 } });
    await router(initiation('two'), peerUp(peerA), peerUp(peerB));
    await until(() => of('router-down').length === 1);
    expect(of('router-down')[0]).toMatchObject({ router: 'two', reason: 'more than 1 neighbours' });
    expect(table.routeCount).toBe(5);
    await router(initiation('three'));
    await until(() => of('router-up').length === 3);
    const four = await router();
    await once(four, 'close');
    expect(of('router-down')[1]).toMatchObject({ reason: 'more than 2 routers' });
    // What it withdraws makes room.
    one.write(
      Buffer.concat([monitoring(peerA, update({ withdraw: ['10.0.0.0/24', '10.0.1.0/24'] })), ...routes(10, 12)]),
    );
    await until(async () => (await tableTexts(table)).some((line) => line.startsWith('12.0.1.0/24')));
    expect(table.routeCount).toBe(5);
  });

  test('one that comes and goes under ever new names keeps no more routes than one that stays', async () => {
    await listen({ mostRoutesOfRouter: 25 });
    for (let number = 0; number < 6; number += 1) {
      await router(initiation(`name-${number}`), peerUp(peerA), ...routes(10, 10 + number), termination(0));
      await until(() => of('router-down').length === number + 1);
    }
    expect(table.routeCount).toBe(20);
    // The last two.
    expect(new Set([...table.peers].map(({ collector }) => collector))).toEqual(
      new Set(['name-4 at 127.0.0.1', 'name-5 at 127.0.0.1']),
    );
  });

  test('twenty routers at once, in pieces, each with its own routes', async () => {
    await listen();
    await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        const asn = 1000 + number;
        const bytes = Buffer.concat([
          initiation(`r${number}`),
          peerUp({ ...peerA, asn }),
          ...routes(200, 20 + number, asn),
        ]);
        const socket = await router();
        for (let at = 0; at < bytes.length; at += 777) {
          socket.write(bytes.subarray(at, at + 777));
          if (at % 3 === 0) await sleep(0);
        }
      }),
    );
    await until(() => table.routeCount === 4000);
    expect(table.peers.size).toBe(20);
    expect(new Set([...table.peers].map(({ routes: { count } }) => count))).toEqual(new Set([200]));
  });

  test('while the table is held nothing is taken, and no router is given up for it', async () => {
    await listen({ messageTimeoutMs: 40 });
    await gate.hold(async () => {
      await router(initiation('r'), peerUp(peerA), ...routes(50, 10));
      await sleep(120);
      expect(table.routeCount).toBe(0);
    });
    await until(() => table.routeCount === 50);
    expect(of('router-down')).toEqual([]);
  });
});

test('a port that somebody has is said so', async () => {
  await listen();
  await expect(
    listenBmp({ host: '127.0.0.1', port: listener.port, table, gate, onEvent: () => {} }),
  ).rejects.toMatchObject({
    code: 'NW_INTERNET_LISTEN',
    message: expect.stringContaining('EADDRINUSE'),
  });
});
