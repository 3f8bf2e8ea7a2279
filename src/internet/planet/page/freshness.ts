import { byId, type PageWindow } from '#page';

const everyMs = 5000;

/** Asks now and then whether the server has a newer graph, and offers it: what is looked at does not go away by itself. */
export function watchForNewer(window: PageWindow, version: string, newest: () => Promise<string | undefined>): void {
  const button = byId(window, 'newer');
  button.addEventListener('click', () => window.location.reload());
  const ask = async (): Promise<void> => {
    if (window.document.hidden) return;
    const found = await newest();
    if (found !== undefined) button.hidden = found === version;
  };
  const next = (): void => {
    // A server that has ended answers no more: what is drawn stays.
    window.setTimeout(() => void ask().then(next, next), everyMs);
  };
  next();
}
