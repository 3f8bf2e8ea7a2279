import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initiation, monitoring, peerA, peerDown, peerUp, update } from '../internet/live/bmp-messages.ts';
import { Netwright } from './netwright.ts';

let home: string;
let netwright: Netwright;
const sockets: Socket[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-live-cli-'));
  netwright = new Netwright(home);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await rm(home, { recursive: true });
});

const neighbour = { ...peerA, asn: 2914 };
const table = [
  initiation('cairo-1', 'a router'),
  peerUp(neighbour),
  monitoring(neighbour, update({ announce: ['41.32.0.0/12'], path: [2914, 3356, 8452] })),
];

async function report(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(Buffer.concat(table));
}

describe('netwright internet live', () => {
  it('says at its end that there are no routes, and what that means for the graph', async () => {
    const never = await netwright.call(['internet', 'live', '--bmp', '0', '--for', '50ms']);
    expect(never.code, never.stderr).toBe(0);
    expect(never.stderr).toContain('there are no routes: no graph was written of nothing');
    expect(existsSync(join(home, 'planet.nwgraph'))).toBe(false);
    let isTold = false;
    let isDown = false;
    let isEnded = false;
    const gone = await netwright.spawn(['internet', 'live', '--bmp', '0', '--every', '100ms'], {
      onOutput: (text, kill) => {
        const port = /listening for routers at 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (port !== undefined && !isTold) {
          isTold = true;
          void report(Number(port));
        }
        if (!isDown && text.includes('graph written')) {
          isDown = true;
          sockets[0]!.write(peerDown(neighbour));
        }
        if (!isEnded && text.includes('is down')) {
          isEnded = true;
          setTimeout(() => kill('SIGINT'), 50);
        }
      },
    });
    expect(gone.code, gone.stderr).toBe(0);
    expect(gone.stderr).toContain('there are no routes any more: the graph stays as it was written last');
    expect(existsSync(join(home, 'planet.nwgraph'))).toBe(true);
  });

  it('writes what it has heard when Ctrl-C ends it, and the graph answers', async () => {
    await writeFile(join(home, 'asn.txt'), '2914 NTT NTT, US\n3356 LEVEL3 Lumen, US\n8452 TE-AS TE-AS, EG\n');
    let isTold = false;
    let isEnded = false;
    const ended = await netwright.spawn(['internet', 'live', 'asn.txt', '--bmp', '0', '--every', '1h'], {
      onOutput: (text, kill) => {
        const port = /listening for routers at 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (port !== undefined && sockets.length === 0 && !isTold) {
          isTold = true;
          void report(Number(port));
        }
        if (!isEnded && text.includes('AS2914 192.0.2.1 is up')) {
          isEnded = true;
          setTimeout(() => kill('SIGINT'), 200);
        }
      },
    });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/\d\d:\d\d:\d\d {2}cairo-1 reports from 127\.0\.0\.1: a router\n/);
    expect(ended.stdout).toMatch(/graph written: 3 ASes, 2 links, 1 prefix from 1 route, [\d.]+ kB in /);
    const asked = await netwright.call(['internet', 'upstreams', '8452', '--json']);
    expect(asked.json().upstreams).toMatchObject([{ to: 3356, name: 'LEVEL3 Lumen' }]);
  }, 60_000);

  it('tells everything as JSON lines, and ends after a time', async () => {
    const stop = new AbortController();
    const running = netwright.call(
      ['internet', 'live', '--bmp', '0', '--for', '1500ms', '--table', 'now.mrt.gz', '-o', 'now.nwgraph', '--json'],
      { signal: stop.signal },
    );
    const ended = await running;
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.lines()).toMatchObject([
      { kind: 'started', routes: 0 },
      { kind: 'listening', host: '127.0.0.1', port: expect.any(Number) },
    ]);
    expect(ended.stderr).toContain('there are no routes');
    expect(existsSync(join(home, 'now.nwgraph'))).toBe(false);
  }, 30_000);

  it.each([
    [['live'], 'neither --bmp nor --ris-live'],
    [['live', '--bmp', '0', '--ris-filter', 'host=rrc00'], '--ris-filter goes with --ris-live'],
    [['live', '--bmp', 'elephants'], 'expected a port or an address with one'],
    [['live', '--bmp', '0', '--every', '30d'], 'up to 24 days'],
    [['live', '--ris-live', '--ris-filter', 'colour=blue'], 'there is no filter "colour"'],
    [['live', '--ris-url', 'https://example.org', '--for', '1s'], 'expected the address of a WebSocket'],
  ])('%j is refused', async (args, words) => {
    const ended = await netwright.call(['internet', ...args]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(words);
  });

  it('a file that is not there', async () => {
    const ended = await netwright.call(['internet', 'live', '--bmp', '0', 'nowhere.gz', '--for', '1s']);
    expect(ended.code).toBe(66);
    expect(ended.stderr).toContain('NW_INTERNET_FILE');
  });
});
