import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { type Atlas, type PlanetServer, servePlanet } from '#internet';
import { threadCpuMs } from '../../cpu-time.ts';
import { madePlanet } from '../draw/made-planet.ts';

let atlas: Atlas;
let server: PlanetServer;
beforeAll(async () => {
  atlas = await madePlanet();
  server = await servePlanet(atlas, { credit: 'data: made up' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** `fetch` does not let a request lie about its host. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: Record<string, unknown>;
    body: Buffer;
  }>();
  const asked = request(new URL(path, server.url), { headers, method }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () =>
      resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
    );
  });
  asked.on('error', reject);
  asked.end();
  return await promise;
}

it('serves the page on the loopback address only, with a policy that lets only its own script run', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const { status, headers, body } = await get('/');
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'sha256-/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(body.toString()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

it('refuses a request for another host, and what is not a question', async () => {
  expect((await get('/', { host: 'rebound.example:80' })).status).toBe(421);
  expect((await get('/head.json', {}, 'POST')).status).toBe(405);
  for (const path of [
    '/../package.json',
    '/tiles/polar/7/0/0.png',
    '/tiles/polar/1/2/0.png',
    '/tiles/x/0/0/0.png',
    '/as/0.json',
    '/points/nowhere.bin',
  ]) {
    expect((await get(path)).status, path).toBe(404);
  }
});

it('answers with tiles, points, neighbours, cones and names', async () => {
  const tile = await get('/tiles/country/2/1/1.png');
  expect(tile.headers['content-type']).toBe('image/png');
  expect(tile.body.readUInt32BE(16)).toBe(512);
  const points = await get('/points/polar.bin');
  expect(points.body.readUInt32LE(0)).toBe(atlas.graph.asns.length);
  const top = atlas.cones.recursive.indexOf(Math.max(...atlas.cones.recursive));
  const asn = atlas.graph.asns[top]!;
  expect(JSON.parse((await get(`/as/${asn}.json`)).body.toString())).toMatchObject({
    asn,
    cone: atlas.cones.recursive[top],
  });
  expect((await get(`/cone/${asn}.bin`)).body.length).toBe(atlas.cones.recursive[top]! * 4);
  expect(JSON.parse((await get(`/search.json?q=${asn}`)).body.toString())[0]).toMatchObject({ asn });
  expect((await get('/head.json')).body.toString()).toContain('data: made up');
});

it('says which port is taken', async () => {
  const port = Number(new URL(server.url).port);
  await expect(servePlanet(atlas, { port })).rejects.toMatchObject({ code: 'NW_USAGE' });
});

describe('a planet that is read while it is served', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-feed-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'planet.nwgraph');
  const patience = { timeout: 20_000 };
  const stateOf = async (url: string): Promise<string> =>
    ((await (await fetch(`${url}state.json`)).json()) as { version: string }).version;

  it('listens before there is a graph, shows its page, and answers when there is one', async () => {
    const { promise, resolve } = Promise.withResolvers<Atlas>();
    await using feed = await servePlanet({ file, open: () => promise });
    expect(await (await fetch(feed.url)).text()).toContain('Reading the graph');
    const head = fetch(`${feed.url}head.json`);
    resolve(atlas);
    await feed.ready;
    expect(((await (await head).json()) as { names: unknown[] }).names.length).toBeGreaterThan(10);
  });

  it('takes over a newer file, and keeps the one before where the newer cannot be read', async () => {
    writeFileSync(file, 'one');
    const opened: string[] = [];
    const problems: unknown[] = [];
    const open = async (): Promise<Atlas> => {
      const text = readFileSync(file, 'utf8');
      opened.push(text);
      if (text.includes('broken')) throw new NetwrightError('NW_INTERNET_INVALID', 'broken');
      return atlas;
    };
    const onProblem = (error: unknown): void => void problems.push(error);
    await using feed = await servePlanet({ file, open }, { watchMs: 20, onProblem });
    await feed.ready;
    const first = await stateOf(feed.url);
    writeFileSync(file, 'another');
    await expect.poll(async () => await stateOf(feed.url), patience).not.toBe(first);
    const second = await stateOf(feed.url);
    writeFileSync(file, 'a broken one');
    await expect.poll(() => problems.length, patience).toBe(1);
    expect(await stateOf(feed.url)).toBe(second);
    expect(opened).toEqual(['one', 'another', 'a broken one']);
  });

  it('says why it cannot be read, and ends with the signal', async () => {
    const refused = new NetwrightError('NW_INTERNET_INVALID', 'no graph');
    await using broken = await servePlanet({ file, open: () => Promise.reject(refused) });
    await expect(broken.ready).rejects.toBe(refused);
    expect((await fetch(`${broken.url}head.json`)).status).toBe(500);
    const stop = new AbortController();
    const served = await servePlanet(atlas, { signal: stop.signal });
    stop.abort();
    await expect
      .poll(
        async () =>
          await fetch(served.url).then(
            () => 'there',
            () => 'gone',
          ),
      )
      .toBe('gone');
    await expect(servePlanet(atlas, { signal: stop.signal })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('lets nothing wait while it lays a large planet out', async () => {
    const large = await madePlanet(20_000, 3);
    // Code is loaded and compiled before it is judged.
    await using warm = await servePlanet(atlas);
    await warm.ready;
    // What this thread computes between two turns: other programs on the machine do not count.
    let longest = 0;
    let before = threadCpuMs();
    const probe = setInterval(() => {
      longest = Math.max(longest, threadCpuMs() - before);
      before = threadCpuMs();
    }, 1);
    await using feed = await servePlanet(large);
    await feed.ready;
    for (const path of ['points/country.bin', 'points/hierarchical.bin', 'tiles/country/0/0/0.png']) {
      expect((await fetch(`${feed.url}${path}`)).status).toBe(200);
    }
    clearInterval(probe);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(50);
  });
});
