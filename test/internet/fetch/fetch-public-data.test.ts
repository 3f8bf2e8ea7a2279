import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fetched, fetchPublicData } from '../../../src/internet/fetch/fetch-public-data.ts';
import { publicDownloads } from '../../../src/internet/fetch/public-data.ts';

const body = Buffer.from('8452 TE-AS TE-AS, EG\n'.repeat(4000));
const sha256 = createHash('sha256').update(body).digest('hex');

interface Seen {
  readonly path: string;
  readonly range: string | undefined;
  readonly atMs: number;
}

let server: Server;
let base: string;
let folder: string;
let seen: Seen[];
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', range: request.headers.range, atMs: performance.now() });
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(async () => {
  seen = [];
  folder = await mkdtemp(join(tmpdir(), 'netwright-fetch-'));
  return async () => await rm(folder, { recursive: true });
});

async function all(outcomes: AsyncIterable<Fetched>): Promise<Fetched[]> {
  const found: Fetched[] = [];
  for await (const outcome of outcomes) found.push(outcome);
  return found;
}

async function names(options: { retries?: number; signal?: AbortSignal; url?: string } = {}): Promise<Fetched> {
  const { url = `${base}/asn.txt`, ...rest } = options;
  const found = await all(
    fetchPublicData({
      folder,
      sources: ['names'],
      urls: { names: url },
      pauseMs: 0,
      retryDelayMs: 1,
      retries: 0,
      ...rest,
    }),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A server as they are: with an entity tag, and parts. */
function serveWhole(request: IncomingMessage, response: ServerResponse, tag = '"one"', content = body): void {
  response.setHeader('etag', tag);
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  if (request.headers['if-none-match'] === tag) response.writeHead(304).end();
  else if (from !== undefined && request.headers['if-range'] === tag) {
    response.writeHead(206, {
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
      'content-length': content.length - Number(from),
    });
    response.end(content.subarray(Number(from)));
  } else response.writeHead(200, { 'content-length': content.length }).end(content);
}

describe('fetching public data', () => {
  it('downloads a file, and does not ask for the same again', async () => {
    handle = serveWhole;
    const first = await names();
    expect(first).toMatchObject({ ok: true, value: { outcome: 'downloaded', bytes: body.length, sha256 } });
    expect(await readFile(first.path)).toEqual(body);
    expect(await names()).toMatchObject({ ok: true, value: { outcome: 'unchanged', sha256 } });
    const newer = Buffer.from('1 LVLT-1, US\n');
    handle = (request, response) => serveWhole(request, response, '"two"', newer);
    expect(await names()).toMatchObject({ ok: true, value: { outcome: 'downloaded', bytes: newer.length } });
    expect(await readFile(first.path)).toEqual(newer);
  });

  it('goes on where a broken connection stopped', async () => {
    let breaks = 2;
    handle = (request, response) => {
      if (breaks === 0) return serveWhole(request, response);
      breaks -= 1;
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      const status = from === 0 ? 200 : 206;
      response.writeHead(status, {
        etag: '"one"',
        'content-length': body.length - from,
        'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
      });
      response.write(body.subarray(from, from + 20_000), () => setTimeout(() => response.destroy(), 20));
    };
    const done = await names({ retries: 3 });
    expect(done).toMatchObject({ ok: true, value: { outcome: 'resumed', bytes: body.length, sha256 } });
    expect(await readFile(done.path)).toEqual(body);
    expect(seen.map(({ range }) => range)).toEqual([undefined, 'bytes=20000-', 'bytes=40000-']);
  });

  it('goes on in a later call, and begins anew when the file is another one by then', async () => {
    const broken = (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200, { etag: '"one"', 'content-length': body.length });
      response.write(body.subarray(0, 30_000), () => setTimeout(() => response.destroy(), 20));
    };
    handle = broken;
    expect(await names()).toMatchObject({ ok: false, error: { code: 'NW_INTERNET_FETCH', retryable: true } });
    handle = serveWhole;
    expect(await names()).toMatchObject({ ok: true, value: { outcome: 'resumed', sha256 } });
    await rm(join(folder, 'asn.txt'));
    handle = broken;
    await names();
    const newer = Buffer.from('1 LVLT-1, US\n');
    handle = (request, response) => serveWhole(request, response, '"two"', newer);
    const done = await names();
    expect(done).toMatchObject({ ok: true, value: { outcome: 'downloaded', bytes: newer.length } });
    expect(await readFile(done.path)).toEqual(newer);
  });

  it('compares the published checksum, and keeps nothing that differs', async () => {
    const arin = (md5: string) => async (): Promise<Fetched> => {
      handle = (request, response) => {
        if (request.url?.endsWith('.md5')) response.end(`MD5 (delegated) = ${md5}\n`);
        else serveWhole(request, response);
      };
      const downloads = publicDownloads({ sources: ['rir'], nowMs: 0 }).filter(({ name }) => name === 'rir-arin');
      const [one] = downloads;
      const { download } = await import('../../../src/internet/fetch/download.ts');
      const { Agent } = await import('undici');
      const dispatcher = new Agent();
      try {
        const value = await download({
          url: `${base}/arin`,
          checksumUrl: `${base}/arin.md5`,
          file: join(folder, one!.file),
          dispatcher,
          retries: 0,
          retryDelayMs: 1,
          nowMs: () => 0,
        });
        return { name: one!.name, url: '', path: '', durationMs: 0, ok: true, value };
      } finally {
        await dispatcher.destroy();
      }
    };
    await expect(arin('0'.repeat(32))()).rejects.toThrow(/expected MD5 0{32} as published/);
    await expect(readFile(join(folder, 'delegated-arin-extended-latest'))).rejects.toMatchObject({ code: 'ENOENT' });
    const md5 = createHash('md5').update(body).digest('hex');
    expect(await arin(md5)()).toMatchObject({ value: { isChecked: true, sha256 } });
  });

  it('follows a redirection, tries again after a busy server, gives up on what is not there', async () => {
    let busy = 1;
    handle = (request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: `${base}/asn.txt` }).end();
      else if (busy-- > 0) response.writeHead(503, { 'retry-after': '0' }).end();
      else serveWhole(request, response);
    };
    expect(await names({ url: `${base}/moved`, retries: 1 })).toMatchObject({ ok: true, value: { sha256 } });
    handle = (_, response) => void response.writeHead(404).end();
    seen = [];
    const gone = await names({ retries: 3 });
    expect(gone).toMatchObject({ ok: false, error: { code: 'NW_INTERNET_FETCH', retryable: false } });
    expect(seen).toHaveLength(1);
  });

  it('leaves a pause between two requests to one host, and stops when it is told to', async () => {
    handle = serveWhole;
    const urls = Object.fromEntries(
      ['net', 'ix', 'ixlan', 'netixlan'].map((kind) => [`peeringdb-${kind}`, `${base}/${kind}`]),
    );
    const found = await all(fetchPublicData({ folder, sources: ['peeringdb'], urls, pauseMs: 60 }));
    expect(found.every(({ ok }) => ok)).toBe(true);
    const gaps = seen.slice(1).map(({ atMs }, at) => atMs - seen[at]!.atMs);
    expect(Math.min(...gaps)).toBeGreaterThan(50);
    handle = (_, response) => response.writeHead(200, { 'content-length': 9 }).flushHeaders();
    const abort = new AbortController();
    const waiting = names({ signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });
});

describe('addresses of public data', () => {
  const nowMs = Date.parse('2026-03-05T07:20:00Z');
  it('are those of today', () => {
    const urls = (options: object) => publicDownloads({ nowMs, ...options }).map(({ url }) => url);
    expect(urls({ collectors: ['rrc00'] })).toEqual(['https://data.ris.ripe.net/rrc00/latest-bview.gz']);
    expect(urls({ collectors: ['route-views2', 'route-views.linx'] })).toEqual([
      'https://archive.routeviews.org/bgpdata/2026.03/RIBS/rib.20260305.0600.bz2',
      'https://archive.routeviews.org/route-views.linx/bgpdata/2026.03/RIBS/rib.20260305.0600.bz2',
    ]);
    expect(urls({ sources: ['as-rel'] })).toEqual([
      'https://publicdata.caida.org/datasets/as-relationships/serial-2/20260201.as-rel2.txt.bz2',
    ]);
    expect(urls({ sources: ['rir'] })).toHaveLength(5);
  });

  it('are refused for what nobody knows', () => {
    expect(() => publicDownloads({ nowMs, collectors: ['rrc'] })).toThrow('expected a collector such as rrc00');
    expect(() => publicDownloads({ nowMs, sources: ['names'], urls: { rir: 'x' } })).toThrow('expected one of names');
  });
});
