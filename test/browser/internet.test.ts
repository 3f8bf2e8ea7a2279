import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Atlas, drawMap, mapOfCountry, type PlanetServer, servePlanet } from '#internet';
import { countriesOf, madePlanet } from '../internet/draw/made-planet.ts';
import { browserPeer, openBrowser, watch } from './chromium.ts';

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
    await expect.poll(async () => await inkOf(page, 'dots')).toBeGreaterThan(500);
    await expect.poll(async () => await brightOf(page, 'edges')).toBeGreaterThan(10_000);
    const top = atlas.cones.recursive.indexOf(Math.max(...atlas.cones.recursive));
    const asn = atlas.graph.asns[top]!;
    await page.fill('#search', `AS${asn}`);
    await page.locator('#hits a').first().click();
    await expect.poll(async () => await page.textContent('#side-body h2')).toBe(`AS${asn}`);
    await page.click('#cone');
    const before = await brightOf(page, 'edges');
    await page.mouse.move(400, 400);
    await page.mouse.down();
    await page.mouse.move(150, 250, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => await brightOf(page, 'edges')).not.toBe(before);
    await page.selectOption('#layout', 'country');
    await expect.poll(async () => await inkOf(page, 'dots')).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
    await page.close();
  });

  /** Pixels of a canvas that are not transparent. */
  const inkOf = async (page: Page, id: string): Promise<number> => await count(page, id, 3, 0);
  /** Pixels that are not as dark as the ground. */
  const brightOf = async (page: Page, id: string): Promise<number> => await count(page, id, 0, 40);

  async function count(page: Page, id: string, channel: number, above: number): Promise<number> {
    return await page.locator(`#${id}`).evaluate(
      (element, [at, least]) => {
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
