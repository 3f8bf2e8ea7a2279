import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Atlas, type PlanetServer, servePlanet } from '#internet';
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
