import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  answerAsn,
  answerPrefix,
  type FollowEvent,
  type FollowInternetOptions,
  type Following,
  followInternet,
  openGraph,
  openRoutes,
  servePlanet,
  writeBgp4mp,
  writeTableDumpV2,
} from '#internet';
import { generatedTable } from '../routes/generated.ts';
import { peerA as documentationPeer, initiation, monitoring, peerDown, peerUp, update } from './bmp-messages.ts';
import { routeLines } from './table-texts.ts';
import { until } from './until.ts';

/** An AS of the internet: paths through ASes of the documentation are no evidence. */
const peerA = { ...documentationPeer, asn: 2914 };

let folder: string;
let stop: AbortController;
let events: FollowEvent[];
let sockets: Socket[];
let following: Following | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-live-'));
  stop = new AbortController();
  events = [];
  sockets = [];
});
afterEach(async () => {
  stop.abort();
  await following?.done.catch(() => {}); // the test has looked at it
  for (const socket of sockets) socket.destroy();
  await rm(folder, { recursive: true });
});

async function follow(options: Partial<FollowInternetOptions> = {}): Promise<string> {
  const output = join(folder, 'now.nwgraph');
  following = await followInternet({
    bmp: [{ host: '127.0.0.1', port: 0 }],
    output,
    everyMs: 40,
    signal: stop.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return output;
}

async function router(...messages: readonly Uint8Array[]): Promise<Socket> {
  const socket = connect(following!.ports[0]!, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(Buffer.concat(messages));
  return socket;
}

const of = <K extends FollowEvent['kind']>(kind: K) =>
  events.filter((event): event is FollowEvent & { kind: K } => event.kind === kind);
const announce = (prefix: string, ...path: number[]): Uint8Array =>
  monitoring(peerA, update({ announce: [prefix], path }));

describe('a graph that is kept current', () => {
  test('answers from what a router told a moment ago, with the names of a file', async () => {
    const names = join(folder, 'asn.txt');
    await writeFile(names, '3356 LEVEL3 Lumen, US\n8452 TE-AS TE-AS, EG\n');
    const output = await follow({ files: [names] });
    const socket = await router(initiation('r'), peerUp(peerA), announce('41.32.0.0/12', 2914, 3356, 8452));
    await until(() => of('graph').length === 1);
    const before = await openGraph(output);
    expect(answerPrefix(before, '41.32.0.0/12').origins.map(({ asn }) => asn)).toEqual([8452]);
    expect(answerAsn(before, ['8452']).ases[0]).toMatchObject({
      name: expect.stringContaining('TE-AS'),
      country: 'EG',
    });
    expect(before.timeMs).toBeGreaterThan(Date.now() - 60_000);
    socket.write(Buffer.concat([announce('41.32.0.0/12', 2914, 174, 8452), announce('2001:db8::/32', 2914, 174)]));
    await until(() => of('graph').length === 2);
    const after = await openGraph(output);
    expect(answerAsn(after, ['8452']).ases[0]!.neighbours.map(({ to }) => to)).toEqual([174]);
    expect(of('graph')[1]).toMatchObject({ file: output, ases: 3, links: 2, prefixes: 2, paths: 2, routes: 2 });
  });

  test('is shown by a server that has it open, as it becomes newer', async () => {
    const file = await follow();
    const socket = await router(initiation('r'), peerUp(peerA), announce('41.32.0.0/12', 2914, 3356, 8452));
    await until(() => of('graph').length === 1);
    await using server = await servePlanet({ file, open: () => openGraph(file) }, { watchMs: 20 });
    await server.ready;
    const subtitle = async (): Promise<string> =>
      ((await (await fetch(`${server.url}head.json`)).json()) as { subtitle: string }).subtitle;
    expect(await subtitle()).toContain('3 ASes · 2 links');
    socket.write(announce('102.0.0.0/12', 2914, 174, 24_835));
    await until(async () => (await subtitle()).includes('5 ASes · 4 links'));
    // The neighbour is gone, and what it told: a graph of nothing is not shown.
    socket.write(peerDown(peerA));
    await until(() => following!.status().routes === 0);
    expect(await subtitle()).toContain('5 ASes · 4 links');
  });

  test('is written once more when it ends, and nothing half is left behind', async () => {
    const output = await follow({ everyMs: 3_600_000, tableOutput: join(folder, 'now.mrt.gz') });
    const socket = await router(initiation('r'), peerUp(peerA), announce('203.0.113.0/24', 2914, 9));
    await until(() => following!.status().routes === 1);
    expect(following!.status()).toMatchObject({ routers: 1, vantagePoints: 1, messages: 3, isRisLiveUp: undefined });
    expect(of('graph')).toEqual([]);
    stop.abort();
    await following!.done;
    expect(socket.destroyed || (await once(socket, 'close'))).toBeTruthy();
    expect((await readdir(folder)).sort()).toEqual(['now.mrt.gz', 'now.nwgraph']);
    expect((await openGraph(output)).prefixes?.count).toBe(1);
    expect(routeLines(await openRoutes(join(folder, 'now.mrt.gz'), { collector: 'c' }))).toEqual([
      '203.0.113.0/24 2914 9 @2914 192.0.2.1 c',
    ]);
  });

  test('while a graph is being built nobody waits, and an end in between leaves a whole one', async () => {
    const rib = join(folder, 'rib.mrt');
    await writeFile(rib, Buffer.concat([...writeTableDumpV2(generatedTable(3000))]));
    const output = await follow({ files: [rib], everyMs: 10 });
    // The first graph is under way now.
    await router(
      initiation('r'),
      peerUp({ ...peerA, asn: 7 }),
      monitoring({ ...peerA, asn: 7 }, update({ announce: ['203.0.113.0/24'], path: [7, 9] })),
    );
    await until(() => following!.status().routers === 1);
    stop.abort();
    await following!.done;
    expect((await readdir(folder)).sort()).toEqual(['now.nwgraph', 'rib.mrt']);
    expect((await openGraph(output)).prefixes?.count).toBeGreaterThanOrEqual(3000);
  });

  test('nothing is written while nothing changes', async () => {
    const output = await follow();
    await router(initiation('r'), peerUp(peerA));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(of('graph')).toEqual([]);
    sockets[0]!.write(announce('203.0.113.0/24', 2914, 9));
    await until(() => of('graph').length === 1);
    const first = await readFile(output);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(of('graph')).toHaveLength(1);
    expect(await readFile(output)).toEqual(first);
  });

  test('the routes of a router that does not come back go after a while', async () => {
    await follow({ keepLostMs: 60 });
    const socket = await router(initiation('gone'), peerUp(peerA), announce('203.0.113.0/24', 2914, 9));
    await until(() => following!.status().routes === 1);
    socket.destroy();
    await until(() => of('expired').length === 1);
    expect(of('expired')).toEqual([{ kind: 'expired', router: 'gone at 127.0.0.1', routes: 1 }]);
    expect(following!.status().routes).toBe(0);
  });

  test('a place that cannot be written is told, and tried again', async () => {
    await follow({ output: join(folder, 'nowhere', 'now.nwgraph') });
    await router(initiation('r'), peerUp(peerA), announce('203.0.113.0/24', 2914, 9));
    await until(() => of('graph-failed').length >= 2);
    expect(of('graph-failed')[0]!.error).toMatchObject({
      code: 'NW_INTERNET_FILE',
      message: expect.stringContaining('nowhere'),
    });
    stop.abort();
    await expect(following!.done).rejects.toMatchObject({ code: 'NW_INTERNET_FILE' });
  });
});

describe('what it begins with', () => {
  test('a table and the updates after it are replayed', async () => {
    const rib = join(folder, 'rib.mrt');
    const updates = join(folder, 'updates.mrt');
    const given = generatedTable(200);
    await writeFile(rib, Buffer.concat([...writeTableDumpV2(given)]));
    const [first, second] = given.peers as [(typeof given.peers)[0], (typeof given.peers)[0]];
    await writeFile(
      updates,
      Buffer.concat([
        ...writeBgp4mp([
          { timestampS: 1, peer: first, announce: ['203.0.113.0/24'], attributes: { path: [first.asn, 9] } },
          {
            timestampS: 2,
            peer: first,
            withdraw: ['203.0.113.0/24'],
            announce: ['198.51.100.0/24'],
            attributes: { path: [first.asn, 9] },
          },
          { timestampS: 3, peer: second, oldState: 6, newState: 1 },
        ]),
      ]),
    );
    await follow({ files: [rib, updates], everyMs: 3_600_000, tableOutput: join(folder, 'now.mrt') });
    await until(() => of('graph').length === 1);
    const lines = routeLines(await openRoutes(join(folder, 'now.mrt'), { collector: 'c' }));
    const expected = routeLines({ ...given, peers: given.peers.map((peer) => ({ ...peer, collector: 'c' })) });
    expect(lines).toEqual(
      [
        ...expected.filter((line) => !line.includes(`@${second.asn} `)),
        `198.51.100.0/24 ${first.asn} 9 @${first.asn} ${first.address} c`,
      ].sort(),
    );
  });

  test('a graph file: its routes, by the first AS of their paths', async () => {
    const rib = join(folder, 'rib.mrt');
    const given = generatedTable(200);
    await writeFile(rib, Buffer.concat([...writeTableDumpV2(given)]));
    const output = await follow({ files: [rib], everyMs: 3_600_000 });
    await until(() => of('graph').length === 1);
    stop.abort();
    await following!.done;
    const first = await openGraph(output);
    stop = new AbortController();
    const again = await follow({ files: [output], output: join(folder, 'again.nwgraph'), everyMs: 3_600_000 });
    await until(() => of('graph').length === 2);
    const second = await openGraph(again);
    expect(second.graph.asns).toEqual(first.graph.asns);
    expect(second.prefixes?.words).toEqual(first.prefixes?.words);
    expect(second.prefixes?.origins).toEqual(first.prefixes?.origins);
  });

  test('and a neighbour of it that a router tells of anew has only what the router tells', async () => {
    const rib = join(folder, 'rib.mrt');
    const given = generatedTable(50);
    await writeFile(rib, Buffer.concat([...writeTableDumpV2(given)]));
    await follow({ files: [rib], everyMs: 3_600_000 });
    const before = following!.status().routes;
    const { asn, address } = given.peers[0]!;
    const same = { asn, address };
    const own = given.peerOf.filter((peer) => peer === 0).length;
    const socket = await router(
      initiation('r'),
      peerUp(same),
      monitoring(same, update({ announce: ['203.0.113.0/24'], path: [asn, 9] })),
    );
    await until(() => following!.status().routes === before - own + 1);
    socket.write(peerDown(same));
    await until(() => following!.status().routes === before - own);
  });
});

test('RIS Live and routers together', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (client) =>
    client.send(
      JSON.stringify({
        type: 'ris_message',
        data: {
          peer: '192.0.2.9',
          peer_asn: '3333',
          host: 'rrc00',
          type: 'UPDATE',
          path: [3333, 1103, 9],
          announcements: [{ next_hop: '192.0.2.9', prefixes: ['203.0.113.0/24'] }],
        },
      }),
    ),
  );
  try {
    const url = `ws://127.0.0.1:${(server.address() as { port: number }).port}/`;
    const output = await follow({ risLive: { url } });
    await router(initiation('r'), peerUp(peerA), announce('203.0.113.0/24', 2914, 9));
    await until(() => of('graph').some(({ routes }) => routes === 2));
    const atlas = await openGraph(output);
    expect(
      answerAsn(atlas, ['9'])
        .ases[0]!.neighbours.map(({ to }) => to)
        .sort((a, b) => a - b),
    ).toEqual([1103, 2914]);
    expect(following!.status().isRisLiveUp).toBe(true);
  } finally {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a port that is taken is an error at once, and nothing stays open', async () => {
  await follow();
  const [port] = following!.ports;
  const second = followInternet({
    bmp: [
      { host: '127.0.0.1', port: 0 },
      { host: '127.0.0.1', port: port! },
    ],
    output: join(folder, 'x'),
    signal: stop.signal,
  });
  await expect(second).rejects.toMatchObject({ code: 'NW_INTERNET_LISTEN' });
});
