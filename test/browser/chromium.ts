import { type Browser, chromium, type Page } from 'playwright-core';
import { peer } from '../peers/peers.ts';

/** Debian's Chromium; tests with a browser are skipped aloud where it is missing. */
export const browserPeer = peer('chromium');

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: browserPeer.path!,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Everything that a page must not do: mistakes in the console, requests, dialogs. */
export function watch(page: Page): string[] {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) trouble.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return trouble;
}
