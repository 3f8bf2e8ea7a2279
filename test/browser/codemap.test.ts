import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeModel, drawClasses, drawModules, moduleGraph } from '#codemap';
import { modelOf } from '../codemap/code-folder.ts';
import { hostileModel, hostileNames } from '../codemap/draw/hostile.ts';
import { browserPeer, openBrowser, watch } from './chromium.ts';

const vendors = Array.from(
  { length: 6 },
  (_, index) =>
    [
      `vendor${index}/driver.py`,
      `from base import Base\nclass Vendor${index}Base(Base): pass\nclass Vendor${index}SSH(Vendor${index}Base):\n    def send(self): pass\nclass Vendor${index}Telnet(Vendor${index}Base): pass\n`,
    ] as const,
);
const code = {
  'base.py':
    'class Log: pass\nclass Base:\n    """What all have."""\n    def __init__(self):\n        self.log = Log()\n    def send(self, command): pass\n    def close(self): pass\n',
  ...Object.fromEntries(vendors),
  'factory.py':
    'from vendor0.driver import Vendor0SSH\nfrom vendor1.driver import Vendor1SSH\nfrom vendor2.driver import Vendor2SSH\nMAP = {"zero": Vendor0SSH, "one": Vendor1SSH, "two": Vendor2SSH}\ndef connect(kind):\n    return MAP[kind]()\n',
};

// Without Chromium there is no page to look at; `peer` has said so, and under CI=true it throws instead of skipping.
describe.skipIf(browserPeer.isMissing)('the page of a code map', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-page-'));
  let browser: Browser;
  let model: CodeModel;

  beforeAll(async () => {
    browser = await openBrowser();
    model = await modelOf(code);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    text: string,
    hash = '',
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{ page: Page; trouble: string[] }> {
    const file = join(folder, 'map.html');
    writeFileSync(file, text);
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...options });
    const trouble = watch(page);
    await page.goto(pathToFileURL(file).href + hash);
    return { page, trouble };
  }

  const html = async (one: CodeModel = model): Promise<string> =>
    (await drawClasses(one, { format: 'html', fold: 'none', link: 'https://git.example.org/{file}#L{line}' })).text;
  const transform = async (page: Page): Promise<string> => (await page.getAttribute('#layer', 'transform')) ?? '';
  const row = (page: Page, name: string) => page.locator(`#content [data-id$="#${name}"] text`).first();

  it('shows the whole at first, and fits every row into its box with the fonts of this machine', async () => {
    const { page, trouble } = await open(await html());
    const outside = await page.evaluate<string[]>(`(() => {
      const room = document.getElementById('map').getBoundingClientRect();
      const found = [];
      for (const box of document.querySelectorAll('#content .b')) {
        const rect = box.querySelector('rect.box').getBoundingClientRect();
        if (rect.left < room.left || rect.top < room.top || rect.right > room.right || rect.bottom > room.bottom) found.push('a box is out of sight');
        for (const text of box.querySelectorAll('text')) {
          const { left, right } = text.getBoundingClientRect();
          if (left < rect.left || right > rect.right + 1) found.push(text.textContent);
        }
      }
      return found;
    })()`);
    expect(outside).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('leaves nothing marked when the panel is closed', async () => {
    const { page, trouble } = await open(await html());
    await row(page, 'Log').click();
    expect(await page.locator('#content .chosen').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    expect(await page.locator('#side').isVisible()).toBe(false);
    expect(await page.locator('#content .chosen').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('finds classes, keys and members, and shows lineage, members with origin, keys and lines', async () => {
    const { page, trouble } = await open(await html());
    await page.keyboard.press('/');
    await page.keyboard.type('vendor0ssh');
    expect(await page.locator('#hits a').first().textContent()).toContain('Vendor0SSH');
    await page.keyboard.press('Enter');
    expect(await page.locator('#side-body h2').textContent()).toBe('Vendor0SSH');
    const panel = (await page.locator('#side-body').textContent()) ?? '';
    expect(panel).toContain('vendor0/driver.py:3');
    expect(panel).toContain('zeroMAP');
    expect(await page.locator('#side-body ol li').allTextContents()).toEqual(['Vendor0SSH', 'Vendor0Base', 'Base']);
    expect(await page.locator('#side-body td.override').textContent()).toContain('overrides Base');
    expect(await page.locator('#side-body details summary').allTextContents()).toEqual(['3 from Base']);
    expect(await page.locator('#side-body .what a.place').getAttribute('href')).toBe(
      'https://git.example.org/vendor0/driver.py#L3',
    );
    const kin = await page
      .locator('#content .kin')
      .evaluateAll((all) => all.map((one) => (one.getAttribute('data-id') ?? '').split('#')[1]));
    expect([...new Set(kin)].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'Base',
      'Vendor0Base',
      'Vendor0SSH',
    ]);
    await page.keyboard.press('/');
    await page.keyboard.type('two');
    expect(await page.locator('#hits a').first().textContent()).toContain('MAP → Vendor2SSH');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.locator('#side').isHidden()).toBe(true);
    expect(await page.locator('#map.marked').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('folds and unfolds folders and heirs, and comes back to the picture it began with', async () => {
    const { page, trouble } = await open(await html());
    const before = await page.locator('#content').innerHTML();
    await page.locator('#content [data-fold]', { hasText: 'vendor3' }).click();
    expect(await row(page, 'Vendor3SSH').count()).toBe(0);
    expect(await page.locator('#content [data-fold]', { hasText: '3 classes' }).count()).toBe(1);
    const covered = await page.evaluate<boolean>(`(() => {
      const boxes = [...document.querySelectorAll('#content .b')].map((box) => box.querySelector('rect.box').getBoundingClientRect());
      return boxes.some((a, index) =>
        boxes.slice(index + 1).some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    })()`);
    expect(covered).toBe(false);
    await page.locator('#content [data-fold]', { hasText: 'vendor3' }).click();
    expect(await page.locator('#content').innerHTML()).toBe(before);
    await page.click('#fold');
    expect(await page.locator('#content [data-fold]', { hasText: '3 classes' }).count()).toBe(6);
    await page.evaluate(`location.hash = encodeURIComponent('vendor5/driver.py#Vendor5Telnet')`);
    await expect.poll(async () => await row(page, 'Vendor5Telnet').count()).toBe(1);
    await page.click('#unfold');
    expect(await row(page, 'Vendor1SSH').count()).toBe(1);
    await row(page, 'Base').click();
    await page.locator('#side-body button[data-close]').click();
    expect(await row(page, 'Vendor1SSH').count()).toBe(0);
    expect(await page.locator('#side-body button[data-close]').textContent()).toBe('Unfold the 18 below');
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('moves with mouse, wheel and keys; a drag is no click', async () => {
    const { page, trouble } = await open(await html());
    const states = [await transform(page)];
    const change = async (act: () => Promise<void>): Promise<void> => {
      await act();
      await expect.poll(async () => await transform(page)).not.toBe(states.at(-1));
      states.push(await transform(page));
    };
    await page.mouse.move(600, 400);
    await change(async () => await page.mouse.wheel(0, -300));
    await change(async () => await page.keyboard.press('ArrowLeft'));
    await change(async () => await page.keyboard.press('+'));
    const { x = 0, y = 0 } = (await row(page, 'Base').boundingBox()) ?? {};
    await change(async () => {
      await page.mouse.move(x + 4, y + 4);
      await page.mouse.down();
      await page.mouse.move(x + 90, y + 60, { steps: 5 });
      await page.mouse.up();
    });
    expect(await page.locator('#side').isHidden()).toBe(true);
    await change(async () => await page.keyboard.press('0'));
    expect(states.at(-1)).toBe(states[0]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('zooms with two fingers', async () => {
    const { page, trouble } = await open(await html(), '', { hasTouch: true });
    const client = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', spread: number): Promise<void> => {
      const touchPoints =
        type === 'touchEnd'
          ? []
          : [
              { x: 600 - spread, y: 400, id: 0 },
              { x: 600 + spread, y: 400, id: 1 },
            ];
      await client.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    const scale = async (): Promise<number> => Number(/scale\(([\d.]+)/.exec(await transform(page))?.[1]);
    const before = await scale();
    await touch('touchStart', 50);
    for (const spread of [60, 80, 100]) await touch('touchMove', spread);
    await touch('touchEnd', 0);
    expect((await scale()) / before).toBeGreaterThan(1.4);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('opens at a class when the address says so, in both themes', async () => {
    const { page, trouble } = await open(await html(), `#${encodeURIComponent('vendor4/driver.py#Vendor4SSH')}`);
    expect(await page.locator('#side-body h2').textContent()).toBe('Vendor4SSH');
    const paper = async (): Promise<string> =>
      await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await page.click('#theme');
    expect(await paper()).not.toBe(light);
    await page.close();
    expect(trouble).toEqual([]);
    const nowhere = await open(await html(), '#%E0%A4%A');
    expect(await nowhere.page.locator('#side').isHidden()).toBe(true);
    expect(nowhere.trouble).toEqual([]);
    await nowhere.page.close();
  });

  it('runs nothing that stands in a name', async () => {
    const hostile = hostileModel();
    const { page, trouble } = await open(await html(hostile));
    for (const { id } of hostile.classes) {
      await page.evaluate(`location.hash = ${JSON.stringify(encodeURIComponent(id.toWellFormed()))}`);
      await page.waitForTimeout(20);
    }
    for (const name of hostileNames.slice(0, 6)) {
      await page.fill('#search', name);
      await page.press('#search', 'Enter');
    }
    await page.click('#fold');
    await page.click('#unfold');
    const odd = await page
      .locator('img, iframe, object, #content script, #side script, [onerror], [onload], a[href^="javascript"]')
      .count();
    expect(odd).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('tells of a folder which lines import it', async () => {
    const text = await drawModules(model, moduleGraph(model), {
      format: 'html',
      depth: 1,
      link: 'https://git.example.org/{file}#L{line}',
    });
    const { page, trouble } = await open(text);
    await page.locator('#content [data-id="folder:vendor0"]').first().click();
    expect(await page.locator('#side-body h2').textContent()).toBe('vendor0');
    expect(
      await page.locator('#side-body a.place').evaluateAll((all) => all.map((one) => one.getAttribute('href'))),
    ).toContain('https://git.example.org/factory.py#L1');
    await page.keyboard.press('/');
    await page.keyboard.type('vendor5');
    expect(await page.locator('#hits a').first().textContent()).toBe('vendor51 module');
    await page.keyboard.press('Enter');
    await expect.poll(async () => await page.locator('#side-body h2').textContent()).toBe('vendor5');
    expect(trouble).toEqual([]);
    await page.close();
  });
});
