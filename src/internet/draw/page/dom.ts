/**
 * The little of a browser that the pages use. The rest of the product runs without one, so its types are not those of
 * the whole program.
 */
export interface PageElement {
  innerHTML: string;
  textContent: string | null;
  value: string;
  hidden: boolean;
  disabled: boolean;
  readonly parentElement: PageElement | null;
  readonly classList: { add(name: string): void; remove(name: string): void; toggle(name: string, on?: boolean): void };
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  addEventListener(type: string, listener: (event: PageEvent) => void, options?: { passive?: boolean }): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  setPointerCapture(id: number): void;
  focus(): void;
  blur(): void;
  select(): void;
}

export interface PageEvent {
  readonly target: PageElement;
  readonly clientX: number;
  readonly clientY: number;
  readonly deltaX: number;
  readonly deltaY: number;
  readonly pointerId: number;
  readonly button: number;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly matches: boolean;
  preventDefault(): void;
}

export interface PageWindow {
  readonly document: {
    readonly documentElement: PageElement;
    readonly activeElement: PageElement | null;
    getElementById(id: string): PageElement | null;
    addEventListener(type: string, listener: (event: PageEvent) => void): void;
  };
  readonly location: { hash: string };
  readonly history: { replaceState(data: null, title: string, url: string): void };
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  matchMedia(query: string): { readonly matches: boolean };
}

/** The element of the page with that id: the page is written with it. */
export function byId({ document }: PageWindow, id: string): PageElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}
