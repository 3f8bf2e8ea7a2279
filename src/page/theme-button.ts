import { byId, type PageWindow } from './dom.ts';

/** `#theme` changes between light and dark, whatever the system says. */
export function themeButton(window: PageWindow): void {
  const { documentElement } = window.document;
  byId(window, 'theme').addEventListener('click', () => {
    const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const now = documentElement.getAttribute('data-theme') ?? system;
    documentElement.setAttribute('data-theme', now === 'dark' ? 'light' : 'dark');
  });
}
