import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatePlanet } from '#internet';
import { expectError, Netwright } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Commands that draw, over a graph file that was built of a made-up planet. */
const planet = generatePlanet({ ases: 400, seed: 2 });
const country = planet.registry.country(planet.clique[0]!)!;
let home: string;
let netwright: Netwright;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-map-'));
  netwright = new Netwright(home);
  const made = ['simulate', '--ases', '400', '--seed', '2', '-o', 'rib.mrt.gz', '--names', 'names.json'];
  for (const args of [made, ['build', 'rib.mrt.gz', 'names.json']]) {
    const ended = await netwright.call(['internet', ...args]);
    expect(ended.code, ended.stderr).toBe(0);
  }
});
afterAll(async () => await rm(home, { recursive: true }));

const map = async (...args: string[]) => await netwright.call(['internet', 'map', ...args]);

/** One that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('internet map', () => {
  it.each([
    ['svg', '<svg '],
    ['png', '\u0089PNG'],
    ['html', '<!doctype html>'],
    ['dot', 'digraph internet {'],
    ['gexf', '<?xml '],
    ['json', '{\n  "title"'],
  ])('writes a country as %s, by the ending of the file', async (format, start) => {
    const ended = await map('--country', country, '-o', `map.${format}`, '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const { sizeBytes, ases } = ended.json();
    const bytes = await readFile(join(home, `map.${format}`));
    expect(bytes.length).toBe(sizeBytes);
    expect(ases).toBeGreaterThan(3);
    expect(bytes.toString('latin1')).toContain(start);
  });

  it('takes every option of the original, and its own', async () => {
    const colors = ['--node-color', 'teal', '--upstream-color', '#123456', '--downstream-color', 'orange'];
    const more = ['--operator-color', 'purple', '--background', '#fffbe6', '--node-size', '1.5', '--label', 'asn'];
    const ended = await map('--country', country, '--dark', '--layout', 'polar', ...colors, ...more, '-o', 'all.svg');
    expect(ended.code, ended.stderr).toBe(0);
    const svg = await readFile(join(home, 'all.svg'), 'utf8');
    expect(svg).toContain('.paper{fill:#fffbe6}');
    expect(svg).toContain('#123456');
    expect(svg).toContain('purple');
  });

  it.each([
    ['svg', '<svg '],
    ['png', '\u0089PNG'],
    ['html', '<!doctype html>'],
    ['dot', 'digraph internet {'],
    ['gexf', '<?xml '],
    ['json', '{\n"title"'],
  ])('writes the planet as %s, by the ending of the file', async (format, start) => {
    const ended = await map('--world', '--size', '300', '-o', `world.${format}`, '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const { sizeBytes, ases, links } = ended.json();
    const bytes = await readFile(join(home, `world.${format}`));
    expect(bytes.length).toBe(sizeBytes);
    expect(bytes.toString('latin1')).toContain(start);
    if (format === 'png') expect(bytes.readUInt32BE(16)).toBe(300);
    if (format === 'json') {
      const read = JSON.parse(bytes.toString()) as { ases: unknown[]; links: unknown[] };
      expect([read.ases.length, read.links.length]).toEqual([ases, links]);
    }
  });

  it('prints the planet piece by piece, and refuses to put it into one document', async () => {
    const printed = await map('--world', '--format', 'dot');
    expect(printed.code, printed.stderr).toBe(0);
    expect(printed.stdout.match(/ -> /g)!.length).toBeGreaterThan(400);
    expect((await map('--world', '--json')).json().ases.length).toBeGreaterThan(300);
    expectError(await map('--world', '--format', 'gexf', '--json'), 'NW_USAGE', 2);
  });

  it('leaves what stood there when it cannot write', async () => {
    expectError(await map('--world', '-o', 'no/folder/planet.gexf', '--json'), 'NW_USAGE', 2);
  });

  it('says what it cannot do instead of doing something else', async () => {
    for (const args of [
      [],
      ['--world', '--country', country],
      ['--world', '--size', '100', '-o', 'world.svg'],
      ['--hilbert', '-o', 'space.dot'],
      ['--world', '--layout', 'force', '-o', 'world.png'],
      ['--country', country, '--layout', 'hierarchical'],
      ['--country', country, '-o', 'map.xyz'],
      ['--country', country, '--background', 'url(x)', '-o', 'map.svg'],
    ]) {
      expectError(await map(...args, '--json'), 'NW_USAGE', 2);
    }
  });
});

describe('internet serve', () => {
  it('says where the planet is, serves it, and ends well when it is told to', async () => {
    const stop = new AbortController();
    const port = await freePort();
    const ended = netwright.call(['internet', 'serve', '--port', `${port}`, '--json'], { signal: stop.signal });
    const url = `http://127.0.0.1:${port}/`;
    const patience = { timeout: 20_000 };
    await expect
      .poll(
        async () =>
          await fetch(`${url}state.json`).then(
            ({ status }) => status,
            () => 0,
          ),
        patience,
      )
      .toBe(200);
    const head = (await (await fetch(`${url}head.json`)).json()) as { subtitle: string };
    expect(head.subtitle).toContain('ASes');
    expect(head.subtitle).toContain('rib.mrt.gz');
    stop.abort();
    const done = await ended;
    expect(done.code).toBe(0);
    expect(done.json()).toEqual({ url });
  });

  it('does not begin without a graph', async () => {
    const ended = await netwright.call(['internet', 'serve', '-g', 'nowhere.nwgraph', '--json']);
    expect(ended.code).not.toBe(0);
  });
});
