import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Gate } from '../../../src/internet/live/gate.ts';
import type { LiveEvent } from '../../../src/internet/live/live-event.ts';
import { type FollowRisOptions, followRis, type RisFeed } from '../../../src/internet/live/ris/follow-ris.ts';
import { parseRisFilter, subscription } from '../../../src/internet/live/ris/ris-filter.ts';
import { readRisMessage } from '../../../src/internet/live/ris/ris-message.ts';
import { LiveTable } from '../../../src/internet/live/table/live-table.ts';
import { selfSignedCertificate } from '../../../src/lab/http/self-signed.ts';
import { tableTexts } from './table-texts.ts';
import { until } from './until.ts';

const update = (data: object): string =>
  JSON.stringify({
    type: 'ris_message',
    data: {
      timestamp: 1_700_000_000.25,
      peer: '192.0.2.1',
      peer_asn: '64500',
      id: 'x',
      host: 'rrc00.ripe.net',
      type: 'UPDATE',
      ...data,
    },
  });
const announce = (prefixes: readonly string[], path: unknown = [64_500, 64_501]): string =>
  update({ path, origin: 'igp', announcements: [{ next_hop: '192.0.2.1', prefixes }] });

describe('messages of RIS Live', () => {
  const peer = { asn: 64_500, address: '192.0.2.1', host: 'rrc00' };
  test.each([
    [
      'an announcement with a set',
      announce(['203.0.113.0/24'], [64_500, [7, 8]]),
      {
        kind: 'update',
        peer,
        path: { hops: [64_500, 0], sets: [[1, [7, 8]]] },
        announced: ['203.0.113.0/24'],
        withdrawn: [],
      },
    ],
    [
      'withdrawals alone',
      update({ withdrawals: ['203.0.113.0/24', '2001:db8::/32'] }),
      { kind: 'update', peer, path: undefined, announced: [], withdrawn: ['203.0.113.0/24', '2001:db8::/32'] },
    ],
    [
      'a neighbour that went down',
      update({ type: 'RIS_PEER_STATE', state: 'down' }),
      { kind: 'peer-state', peer, isUp: false },
    ],
    ['one that came up', update({ type: 'STATE', state: 'connected' }), { kind: 'peer-state', peer, isUp: true }],
    ['an OPEN', update({ type: 'OPEN' }), { kind: 'other', what: 'OPEN' }],
    ['a pong', '{"type":"pong","data":null}', { kind: 'other', what: 'pong' }],
    ['an error', '{"type":"ris_error","data":{"message":"no such host"}}', { kind: 'error', text: 'no such host' }],
    ['no JSON', '{"type":', { kind: 'unreadable', reason: 'no JSON object' }],
    [
      'no peer',
      '{"type":"ris_message","data":{"type":"UPDATE"}}',
      { kind: 'unreadable', reason: 'a message without a peer' },
    ],
    [
      'a path of something else',
      announce(['203.0.113.0/24'], ['x']),
      { kind: 'unreadable', reason: 'an announcement whose path cannot be read' },
    ],
  ])('%s', (_, text, expected) => {
    expect(readRisMessage(text)).toEqual(expected);
  });

  test('cut or with noise in it, one is never an exception', () => {
    const text = announce(['203.0.113.0/24', '2001:db8::/32']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), fc.string({ maxLength: 5 }), (at, noise) => {
        readRisMessage(text.slice(0, at));
        readRisMessage(text.slice(0, at) + noise + text.slice(at + noise.length));
      }),
    );
    fc.assert(fc.property(fc.json(), (json) => void readRisMessage(`{"type":"ris_message","data":${json}}`)));
  });
});

describe('filters', () => {
  test('become subscriptions', () => {
    expect(JSON.parse(subscription(parseRisFilter('host=rrc21 prefix=41.32.0.0/12 path=^AS3356,8452 less')))).toEqual({
      type: 'ris_subscribe',
      data: {
        host: 'rrc21',
        prefix: '41.32.0.0/12',
        path: '^3356,8452',
        moreSpecific: true,
        lessSpecific: true,
        socketOptions: { acknowledge: true },
      },
    });
    expect(JSON.parse(subscription(parseRisFilter('peer=2001:db8::1 prefix=::/0 exact'))).data).toMatchObject({
      peer: '2001:db8::1',
      moreSpecific: false,
    });
  });

  test.each(['host', 'colour=blue', 'prefix=41.32.0.0', 'prefix=elephants/8', 'path=x'])('%s is none', (text) => {
    expect(() => parseRisFilter(text)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/NW_USAGE|NW_INTERNET_INVALID/) }),
    );
  });
});

describe('a server that speaks as RIS Live does', () => {
  let server: WebSocketServer;
  let url: string;
  let table: LiveTable;
  let gate: Gate;
  let stop: AbortController;
  let events: LiveEvent[];
  let feed: RisFeed | undefined;
  /** What clients said, in order. */
  let said: { type: string; data?: unknown }[];
  let onClient: (client: WebSocket) => void;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as { port: number }).port}/`;
    table = new LiveTable();
    gate = new Gate();
    stop = new AbortController();
    events = [];
    said = [];
    onClient = () => {};
    server.on('connection', (client) => {
      client.on('message', (text: Buffer) => {
        const message = JSON.parse(text.toString());
        said.push(message);
        if (message.type === 'ping') client.send('{"type":"pong","data":null}');
        if (message.type === 'ris_subscribe') {
          client.send(JSON.stringify({ type: 'ris_subscribe_ok', data: message.data }));
          onClient(client);
        }
      });
    });
  });
  afterEach(async () => {
    stop.abort();
    await feed?.done;
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  const follow = (options: Partial<FollowRisOptions> = {}): void => {
    feed = followRis({
      url,
      table,
      gate,
      signal: stop.signal,
      onEvent: (event) => events.push(event),
      firstRetryMs: 10,
      random: () => 0,
      ...options,
    });
  };

  test('announcements and withdrawals reach the table; what cannot be read is counted', async () => {
    onClient = (client) => {
      client.send(announce(['203.0.113.0/24', '2001:db8:1::/48'], [64_500, 64_501, [7, 8]]));
      client.send(announce(['198.51.100.0/24', 'elephants/8']));
      client.send(announce(['198.51.100.0/24'], [64_500, 9]));
      client.send('nonsense');
      client.send(update({ withdrawals: ['203.0.113.0/24'] }));
      client.send(update({ type: 'RIS_PEER_STATE', state: 'down', peer: '192.0.2.9' }));
    };
    follow();
    await until(() => feed!.messages === 7);
    expect(await tableTexts(table)).toEqual([
      '198.51.100.0/24 64500 9 @64500 192.0.2.1 rrc00',
      '2001:db8:1::/48 64500 64501 {7,8} @64500 192.0.2.1 rrc00',
    ]);
    expect(Object.fromEntries(feed!.skipped)).toEqual({ 'a prefix that cannot be read': 1, 'no JSON object': 1 });
    expect(said).toEqual([
      { type: 'ris_subscribe', data: { moreSpecific: true, socketOptions: { acknowledge: true } } },
    ]);
  });

  test('each filter is a subscription, and the words of the server are passed on', async () => {
    onClient = (client) => client.send('{"type":"ris_error","data":{"message":"Unknown host"}}');
    follow({ filters: [{ host: 'rrc99' }, { path: '8452' }] });
    await until(() => events.filter(({ kind }) => kind === 'feed-note').length === 2);
    expect(said.map(({ data }) => data)).toMatchObject([{ host: 'rrc99' }, { path: '8452' }]);
    expect(events).toContainEqual({ kind: 'feed-note', feed: url, text: 'Unknown host' });
  });

  test('a neighbour that goes down at its collector takes its routes with it', async () => {
    onClient = (client) => {
      client.send(announce(['203.0.113.0/24']));
      client.send(update({ type: 'RIS_PEER_STATE', state: 'down' }));
    };
    follow();
    await until(() => feed!.messages === 3);
    expect(table.routeCount).toBe(0);
  });

  test('a lost connection is made again, and it is told how long nothing was heard', async () => {
    let connections = 0;
    onClient = (client) => {
      connections += 1;
      client.send(announce([`10.${connections}.0.0/16`]));
      if (connections < 3) client.close(1001, 'going away');
    };
    follow();
    await until(() => table.routeCount === 3);
    const kinds = events.map(({ kind }) => kind);
    expect(kinds).toEqual(['feed-up', 'feed-down', 'feed-up', 'feed-down', 'feed-up']);
    // 10 ms, then 20 ms; half of it with this source of chance.
    expect(events.filter((event) => event.kind === 'feed-down')).toMatchObject([
      { reason: 'the server closed the connection (1001: going away)', retryMs: 5, messages: 2 },
      { retryMs: 10 },
    ]);
    const deaf = events.flatMap((event) => (event.kind === 'feed-up' ? [event.deafMs] : []));
    expect(deaf[0]).toBe(0);
    expect(deaf[1]).toBeGreaterThan(3);
    expect(deaf[1]).toBeLessThan(5000);
  });

  test('a server that falls silent is asked, and given up when it does not answer', async () => {
    follow({ silenceMs: 120 });
    await until(() => said.some(({ type }) => type === 'ping'));
    // It answered: the connection stays.
    expect(events.map(({ kind }) => kind)).toEqual(['feed-up']);
    for (const client of server.clients) {
      client.removeAllListeners('message');
      client.pause();
    }
    await until(() =>
      events.some((event) => event.kind === 'feed-down' && event.reason === 'nothing was heard for 120 ms'),
    );
  });

  test('nobody there: attempts go on until it is stopped', async () => {
    const closed = url;
    await new Promise((resolve) => server.close(resolve));
    follow({ url: closed });
    await until(() => events.length >= 3);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['feed-down']));
    expect(events[0]).toMatchObject({ reason: expect.stringMatching(/ECONNREFUSED/) });
  });

  test('while the table is held, what comes waits and is not lost', async () => {
    onClient = (client) => {
      for (let number = 0; number < 1000; number += 1)
        client.send(announce([`10.${number >> 8}.${number & 255}.0/24`]));
    };
    let during = -1;
    await gate.hold(async () => {
      follow();
      await until(() => said.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      during = table.routeCount;
    });
    await until(() => table.routeCount === 1000);
    expect(during).toBe(0);
  });

  test('over TLS, a certificate that nobody signed is refused, and the reason is told', async () => {
    const { cert, key } = selfSignedCertificate(['localhost', '127.0.0.1']);
    const secure = createServer({ cert, key });
    const heard: unknown[] = [];
    new WebSocketServer({ server: secure }).on('connection', (client) => heard.push(client));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    try {
      follow({ url: `wss://127.0.0.1:${(secure.address() as { port: number }).port}/` });
      await until(() => events.length > 0);
      expect(events[0]).toMatchObject({ kind: 'feed-down', reason: expect.stringMatching(/self-signed certificate/) });
      expect(heard).toEqual([]);
    } finally {
      await new Promise((resolve) => secure.close(resolve));
    }
  });

  test('a server that is none of a WebSocket', async () => {
    const plain = createHttpServer((_, response) => response.writeHead(403).end('no'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    try {
      follow({ url: `ws://127.0.0.1:${(plain.address() as { port: number }).port}/` });
      await until(() => events.length > 0);
      expect(events[0]).toMatchObject({ kind: 'feed-down', reason: expect.stringMatching(/WebSocket|101/) });
    } finally {
      plain.closeAllConnections();
      await new Promise((resolve) => plain.close(resolve));
    }
  });

  test('a message larger than any of theirs ends the connection', async () => {
    onClient = (client) => client.send(`"${'x'.repeat(5 << 20)}"`);
    follow();
    await until(() => events.some(({ kind }) => kind === 'feed-down'));
    expect(table.routeCount).toBe(0);
  });

  test('an address that is none of a WebSocket is refused', () => {
    expect(() =>
      followRis({ url: 'https://example.org', table, gate, signal: stop.signal, onEvent: () => {} }),
    ).toThrow(/expected the address of a WebSocket/);
  });
});
