/**
 * The planet drawn: a picture of 4096 pixels, then the page in Chromium without a GPU: first paint, bytes, frames while it
 * is panned. With a graph file, else with a planet that is made up in the size of the real one.
 *
 *     node --conditions=source bench/internet-draw.bench.ts [planet.nwgraph]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import {
  type Atlas,
  drawMap,
  drawPlanetHtml,
  drawPlanetPng,
  generatePlanet,
  mapOfCountry,
  openGraph,
  recursiveConeSizes,
  servePlanet,
} from '../src/internet/index.ts';
import { printTable } from './table.ts';

const goals = { pictureS: 5, paintS: 2, megabytes: 1.5, framesPerS: 25 };
const panMs = 3000;
const rows: (string | number)[][] = [];

function note(what: string, value: number, unit: string, isMet: boolean | undefined, goal = ''): void {
  rows.push([
    what,
    `${value.toFixed(2)} ${unit}`,
    isMet === undefined ? '' : isMet ? `met (${goal})` : `MISSED (${goal})`,
  ]);
  if (isMet === false) process.exitCode = 1;
}

async function atlasOf(file: string | undefined): Promise<Atlas> {
  if (file !== undefined) return await openGraph(file);
  const { graph, registry } = generatePlanet({ ases: 80_000, seed: 1 });
  return { graph, registry, cones: { recursive: await recursiveConeSizes(graph) }, sources: [], timeMs: 0 };
}

async function timed<T>(act: () => Promise<T>): Promise<[value: T, seconds: number]> {
  const start = performance.now();
  const value = await act();
  return [value, (performance.now() - start) / 1000];
}

/** Frames a second of the page's own clock while the pointer drags the map in circles. */
async function framesOf(page: Page): Promise<number> {
  const frames = page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        // Runs in the page, where the global object is the window; the project is typed without a browser's library.
        const browserWindow = globalThis as unknown as { requestAnimationFrame(act: () => void): void };
        const start = performance.now();
        let count = 0;
        const next = (): void => {
          count += 1;
          const passed = performance.now() - start;
          if (passed > ms) resolve((count / passed) * 1000);
          else browserWindow.requestAnimationFrame(next);
        };
        browserWindow.requestAnimationFrame(next);
      }),
    panMs,
  );
  const end = performance.now() + panMs;
  await page.mouse.move(700, 450);
  await page.mouse.down();
  for (let step = 0; performance.now() < end; step += 1) {
    await page.mouse.move(700 + Math.sin(step / 9) * 300, 450 + Math.cos(step / 9) * 200);
  }
  await page.mouse.up();
  return await frames;
}

/** Seconds after which the page has all its points. */
async function firstPaintOf(page: Page): Promise<number> {
  const mark = (): Promise<number> => page.evaluate(() => performance.getEntriesByName('points')[0]?.startTime ?? 0);
  while ((await mark()) === 0) await page.waitForTimeout(20);
  return (await mark()) / 1000;
}

const atlas = await atlasOf(process.argv[2]);
const { asns, links } = atlas.graph;
console.log(
  `${asns.length} ASes, ${links.count} links, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`,
);
const country = atlas.registry.ofCountry('PL').length > 0 ? 'PL' : atlas.registry.country(asns[0]!)!;
const [svg, mapS] = await timed(async () => await drawMap(mapOfCountry(atlas, country), { format: 'svg' }));
note(`country ${country} as SVG, ${(svg.length / 1000).toFixed(0)} kB`, mapS, 's', undefined);
const before = process.cpuUsage();
const [png, pictureS] = await timed(async () => await drawPlanetPng(atlas));
const { user, system } = process.cpuUsage(before);
note('planet as PNG 4096, processor time', (user + system) / 1e6, 's', undefined);
note(
  `planet as PNG 4096, ${(png.length / 1e6).toFixed(1)} MB`,
  pictureS,
  's',
  pictureS < goals.pictureS,
  `${goals.pictureS} s`,
);

const folder = await mkdtemp(join(tmpdir(), 'netwright-draw-'));
const alone = join(folder, 'planet.html');
const [html, htmlS] = await timed(async () => await drawPlanetHtml(atlas));
await writeFile(alone, html);
note(`planet as one page, ${(html.length / 1e6).toFixed(1)} MB`, htmlS, 's', undefined);

const [server, startS] = await timed(async () => await servePlanet(atlas));
note('planet served: listens after', startS, 's', undefined);
const [, readyS] = await timed(async () => await server.ready);
note('planet served: laid out after', readyS, 's', undefined);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  let bytes = 0;
  page.on('requestfinished', (request) => {
    void request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
      bytes += responseBodySize + responseHeadersSize;
    });
  });
  await page.goto(server.url);
  const paintS = await firstPaintOf(page);
  await page.waitForLoadState('networkidle');
  note('page: all points there', paintS, 's', paintS < goals.paintS, `${goals.paintS} s`);
  note('page: transferred', bytes / 1e6, 'MB', bytes / 1e6 < goals.megabytes, `${goals.megabytes} MB`);
  for (const [what, zooms] of [
    ['the whole', 0],
    ['zoomed in', 5],
  ] as const) {
    for (let step = 0; step < zooms; step += 1) await page.keyboard.press('+');
    const frames = await framesOf(page);
    note(`page: panned, ${what}`, frames, 'frames/s', frames >= goals.framesPerS, `${goals.framesPerS}`);
  }
  await page.goto(pathToFileURL(alone).href);
  const aloneS = await firstPaintOf(page);
  note('page in one file: all points there', aloneS, 's', aloneS < goals.paintS, `${goals.paintS} s`);
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('+');
  const frames = await framesOf(page);
  note(
    'page in one file: panned while it paints',
    frames,
    'frames/s',
    frames >= goals.framesPerS,
    `${goals.framesPerS}`,
  );
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
  await server[Symbol.asyncDispose]();
}
printTable(['what', 'measured', 'goal'], rows);
