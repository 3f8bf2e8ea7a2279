import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Atlas,
  drawHilbertHtml,
  drawMap,
  drawPlanetHtml,
  drawPlanetSvg,
  mapOfCountry,
  type PlanetServer,
  servePlanet,
} from '#internet';
import { countriesOf, madePlanet } from '../internet/draw/made-planet.ts';
import { browserPeer, openBrowser, watch } from './chromium.ts';

const phone = { width: 390, height: 844 };

/** Pages draw when the machine lets them. */
const patience = { timeout: 20_000 };

// Without Chromium there is no page to look at; `peer` has said so, and under CI=true it throws instead of skipping.
describe.skipIf(browserPeer.isMissing)('pages of the internet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-internet-'));
  let browser: Browser;
  let atlas: Atlas;
  let server: PlanetServer;

  beforeAll(async () => {
    browser = await openBrowser();
    atlas = await madePlanet(3000);
    server = await servePlanet(atlas);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const newPage = async (): Promise<Page> => await browser.newPage({ viewport: { width: 1100, height: 760 } });

  it('a map stands alone: it finds an AS, shows its neighbours and its cone, and asks nobody', async () => {
    const map = mapOfCountry(atlas, countriesOf(atlas).small);
    const file = join(folder, 'map.html');
    writeFileSync(file, await drawMap(map, { format: 'html', theme: 'dark' }));
    const page = await newPage();
    const trouble = watch(page);
    await page.goto(pathToFileURL(file).href);
    const seller = map.ases.find(({ role, customers }) => role === 'provider' && customers > 0)!;
    await page.fill('#search', String(seller.asn));
    await page.click('#hits a');
    expect(await page.textContent('#side-body h2')).toBe(`AS${seller.asn}`);
    const near = await page.locator('#map .as.near').count();
    expect(near).toBeGreaterThan(1);
    expect(near).toBeLessThan(await page.locator('#map .as').count());
    await page.click('#cone');
    const before = await page.getAttribute('#layer', 'transform');
    await page.mouse.move(500, 300);
    await page.mouse.wheel(0, -300);
    expect(await page.getAttribute('#layer', 'transform')).not.toBe(before);
    await page.keyboard.press('Escape');
    expect(await page.locator('#map.marked').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('a map on a phone says below what was chosen, stays where it is when the keyboard comes, and cuts no remark', async () => {
    const map = mapOfCountry(atlas, countriesOf(atlas).small);
    const file = join(folder, 'phone.html');
    writeFileSync(file, await drawMap({ ...map, notes: ['far too long a remark '.repeat(40)] }, { format: 'html' }));
    const page = await newPage();
    await page.goto(pathToFileURL(file).href);
    const note = (await page.locator('footer p').boundingBox())!;
    expect(note.x + note.width).toBeLessThanOrEqual(1100);
    expect(note.height).toBeGreaterThan(30);
    await page.setViewportSize(phone);
    await page.fill('#search', 'nobody at all');
    expect(await page.textContent('#hits')).toBe('nothing found');
    const seller = map.ases.find(({ role, customers }) => role === 'provider' && customers > 0)!;
    await page.fill('#search', String(seller.asn));
    await page.keyboard.press('Enter');
    const side = (await page.locator('#side').boundingBox())!;
    const drawing = (await page.locator('#map').boundingBox())!;
    expect([side.x, side.width, drawing.width]).toEqual([0, phone.width, phone.width]);
    expect(drawing.y + drawing.height).toBeLessThanOrEqual(side.y);
    const before = await page.getAttribute('#layer', 'transform');
    await page.setViewportSize({ ...phone, height: 500 });
    expect(await page.getAttribute('#layer', 'transform')).toBe(before);
    await page.close();
  });

  it('a map shows where ASes meet: who is present at an exchange, and where an AS is', async () => {
    const exchange = atlas.registry.exchanges.toSorted((a, b) => b.members.length - a.members.length)[0]!;
    const map = mapOfCountry(atlas, exchange.country);
    const file = join(folder, 'exchange.html');
    writeFileSync(file, await drawMap(map, { format: 'html', layout: 'country' }));
    const page = await newPage();
    const trouble = watch(page);
    await page.goto(`${pathToFileURL(file).href}#IX${exchange.id}`);
    expect(await page.textContent('#side-body h2')).toBe(exchange.name);
    const present = page.locator('#side-body h3', { hasText: 'Present here' });
    expect(await present.count()).toBe(1);
    await page.locator('#side-body a').first().click();
    await expect.poll(async () => await page.textContent('#side-body'), patience).toContain('Present at');
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('the space of addresses says what is below the pointer, and shows where somebody is', async () => {
    const [asn] = atlas.graph.asns;
    const prefixes = {
      count: 1,
      count4: 1,
      length: Uint8Array.of(8),
      words: Uint32Array.of(0x29000000, 0, 0, 0),
      offsets: Uint32Array.of(0, 1),
      origins: Uint32Array.of(asn!),
      seenBy: Uint16Array.of(1),
    };
    const file = join(folder, 'ipv4.html');
    writeFileSync(file, await drawHilbertHtml({ ...atlas, prefixes }, { by: 'as' }));
    const page = await newPage();
    const trouble = watch(page);
    // The picture is written into the page: that is no request to anybody.
    await page.goto(pathToFileURL(file).href);
    await page.locator('#legend a').first().click();
    await expect
      .poll(async () => await page.textContent('#tip'), patience)
      .toBe(`AS${asn}: the largest holder in 256 /16 blocks`);
    // On light ground what steps back gets lighter.
    expect(await page.getAttribute('#marks', 'data-veil')).toMatch(/^#000000/);
    expect(await drawHilbertHtml({ ...atlas, prefixes }, { theme: 'light' })).toContain('data-veil="#ffffff');
    // Everything but one of 256 squares steps back.
    expect(await inkOf(page, 'marks')).toBe(65_536 - 256);
    const { x, y, width } = (await page.locator('#marks').boundingBox())!;
    await page.mouse.move(x + 2, y + 2);
    expect(await page.textContent('#tip')).toContain('0.0.0.0/16 · nobody originates it');
    await page.fill('#search', '41.7');
    expect(await page.textContent('#tip')).toContain(`41.7.0.0/16 · AS${asn}`);
    await page.fill('#search', 'nobody at all');
    expect(await page.textContent('#tip')).toContain('nothing found');
    expect(await inkOf(page, 'marks')).toBe(0);
    await page.keyboard.press('Escape');
    expect(await inkOf(page, 'marks')).toBe(0);
    expect(width).toBeGreaterThan(300);
    await page.setViewportSize(phone);
    const map = (await page.locator('#map').boundingBox())!;
    expect([map.width > 300, map.height]).toEqual([true, map.width]);
    // Reading pixels back is the test's own doing.
    expect(trouble.filter((one) => !/^request: data:|getImageData/.test(one))).toEqual([]);
    await page.close();
  });

  it('the planet offers a newer graph, and shows it when it is asked to', async () => {
    const graph = join(folder, 'planet.nwgraph');
    writeFileSync(graph, 'one');
    let title = 'first';
    const feed = { file: graph, open: () => Promise.resolve(atlas) };
    await using served = await servePlanet(feed, { watchMs: 50, credit: () => title });
    const page = await newPage();
    await page.goto(served.url);
    await expect.poll(async () => await page.textContent('#subtitle'), patience).toContain('first');
    title = 'second';
    writeFileSync(graph, 'another');
    await page.locator('#newer').click({ timeout: 20_000 });
    await expect.poll(async () => await page.textContent('#subtitle'), patience).toContain('second');
    await page.close();
  });

  it.each(['country', 'hierarchical'])('the planet has its names in layout %s too', async (layout) => {
    const page = await newPage();
    await page.goto(server.url);
    await expect.poll(async () => await inkOf(page, 'top'), patience).toBeGreaterThan(1000);
    const before = await inkOf(page, 'top');
    await page.selectOption('#layout', layout);
    await expect.poll(async () => await inkOf(page, 'top'), patience).not.toBe(before);
    expect(await inkOf(page, 'top')).toBeGreaterThan(1000);
    await page.close();
  });

  it('the planet paints, pans, finds an AS and highlights its cone, and asks only its server', async () => {
    const page = await newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) wrong.push(request.url());
    });
    await page.goto(server.url);
    await expect.poll(async () => await inkOf(page, 'dots'), patience).toBeGreaterThan(500);
    await expect.poll(async () => await brightOf(page, 'edges'), patience).toBeGreaterThan(10_000);
    // The largest are named before anything is asked, and nothing lies over the map.
    await expect.poll(async () => await inkOf(page, 'top'), patience).toBeGreaterThan(1000);
    const [header, map] = [await page.locator('header').boundingBox(), await page.locator('#top').boundingBox()];
    expect(header!.y + header!.height).toBeLessThanOrEqual(map!.y);
    expect(await page.locator('footer').textContent()).toContain('networks peer');
    const top = atlas.cones.recursive.indexOf(Math.max(...atlas.cones.recursive));
    const asn = atlas.graph.asns[top]!;
    await page.fill('#search', `AS${asn}`);
    await page.locator('#hits a').first().click();
    await expect.poll(async () => await page.textContent('#side-body h2'), patience).toBe(`AS${asn}`);
    await page.click('#cone');
    const before = await brightOf(page, 'edges');
    await page.mouse.move(400, 400);
    await page.mouse.down();
    await page.mouse.move(150, 250, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => await brightOf(page, 'edges'), patience).not.toBe(before);
    await page.selectOption('#layout', 'country');
    await expect.poll(async () => await inkOf(page, 'dots'), patience).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('the planet stands alone too: it paints, zooms, finds, highlights and changes its layout, and asks nobody', async () => {
    const file = join(folder, 'planet.html');
    writeFileSync(file, await drawPlanetHtml(atlas, { credit: 'data: made up' }));
    const page = await newPage();
    const trouble = watch(page);
    // Squares of edges that the page paints itself.
    await page.addInitScript(`
      window.painted = 0;
      const { putImageData } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.putImageData = function (...given) {
        if (this.canvas.width === 512 && this.canvas.height === 512) window.painted += 1;
        return putImageData.apply(this, given);
      };`);
    const painted = async (): Promise<number> => await page.evaluate<number>('window.painted');
    await page.goto(pathToFileURL(file).href);
    await expect.poll(async () => await inkOf(page, 'dots'), patience).toBeGreaterThan(500);
    await expect.poll(async () => await brightOf(page, 'edges'), patience).toBeGreaterThan(10_000);
    expect(await painted()).toBe(0);
    expect(await page.textContent('#subtitle')).toContain('data: made up');
    const top = atlas.cones.recursive.indexOf(Math.max(...atlas.cones.recursive));
    const asn = atlas.graph.asns[top]!;
    await page.fill('#search', `AS${asn}`);
    await page.locator('#hits a').first().click();
    await expect.poll(async () => await page.textContent('#side-body h2'), patience).toBe(`AS${asn}`);
    const known = (await (await fetch(`${server.url}as/${asn}.json`)).json()) as { cone: number; customers: number[] };
    const panel = await page.textContent('#side-body');
    expect(panel).toContain(`customer cone ${known.cone.toLocaleString('en-US')}`);
    expect(panel).toContain(`Customers · ${known.customers.length.toLocaleString('en-US')}`);
    const before = await inkOf(page, 'dots', 200);
    await page.click('#cone');
    await expect.poll(async () => await inkOf(page, 'dots', 200), patience).not.toBe(before);
    await page.keyboard.press('Escape');
    // Far in, where no tile is in the page.
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('+');
    await expect.poll(painted, patience).toBeGreaterThan(5);
    expect(await brightOf(page, 'edges')).toBeGreaterThan(5000);
    await page.keyboard.press('0');
    for (const layout of ['country', 'hierarchical']) {
      const ink = await inkOf(page, 'top');
      await page.selectOption('#layout', layout);
      await expect.poll(async () => await inkOf(page, 'top'), patience).not.toBe(ink);
      await expect.poll(async () => await brightOf(page, 'edges'), patience).toBeGreaterThan(5000);
    }
    await page.mouse.move(550, 400);
    // Pictures are in the page; reading pixels back is the test's own doing.
    expect(trouble.filter((one) => !/^request: data:|getImageData/.test(one))).toEqual([]);
    await page.close();
  });

  it('the planet as SVG opens in a browser', async () => {
    const file = join(folder, 'planet.svg');
    writeFileSync(file, await drawPlanetSvg(atlas, { size: 512 }));
    const page = await newPage();
    const trouble = watch(page);
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('circle').count()).toBeGreaterThan(50);
    expect(await page.locator('image').boundingBox()).toMatchObject({ width: 760, height: 760 });
    expect(trouble.filter((one) => !one.startsWith('request: data:'))).toEqual([]);
    await page.close();
  });

  /** Pixels of a canvas that are not transparent. */
  const inkOf = async (page: Page, id: string, above = 0): Promise<number> => await count(page, id, 3, above);
  /** Pixels that are not as dark as the ground. */
  const brightOf = async (page: Page, id: string): Promise<number> => await count(page, id, 0, 40);

  async function count(page: Page, id: string, channel: number, above: number): Promise<number> {
    return await page.locator(`#${id}`).evaluate(
      (element, [at, least]) => {
        // Runs in the page, where the element is a canvas; the project is typed without a browser's library.
        const canvas = element as unknown as {
          width: number;
          height: number;
          getContext(kind: '2d'): {
            getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
          };
        };
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let found = 0;
        for (let pixel = at!; pixel < data.length; pixel += 4) if (data[pixel]! > least!) found += 1;
        return found;
      },
      [channel, above],
    );
  }
});
