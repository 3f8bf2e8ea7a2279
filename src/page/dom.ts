import type { Canvas } from './canvas.ts';

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
  /** Of a canvas: pixels. */
  width: number;
  height: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
  readonly style: { cursor: string; width: string; height: string };
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
  /** Of a canvas. */
  getContext(kind: '2d', options?: { alpha?: boolean }): Canvas;
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
  readonly pointerType: string;
  readonly button: number;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly matches: boolean;
  preventDefault(): void;
}

/** A picture that the page loads. */
export interface PageImage {
  src: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  readonly complete: boolean;
  readonly naturalWidth: number;
}

interface PageAnswer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface PageWindow {
  readonly document: {
    readonly documentElement: PageElement;
    readonly activeElement: PageElement | null;
    readonly hidden: boolean;
    getElementById(id: string): PageElement | null;
    createElement(name: 'canvas'): PageElement;
    addEventListener(type: string, listener: (event: PageEvent) => void): void;
  };
  readonly location: { hash: string; reload(): void };
  readonly history: { replaceState(data: null, title: string, url: string): void };
  readonly Image: new () => PageImage;
  readonly performance: { now(): number; mark(name: string): void };
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  matchMedia(query: string): { readonly matches: boolean };
  requestAnimationFrame(act: () => void): number;
  setTimeout(act: () => void, ms: number): number;
  clearTimeout(id: number): void;
  fetch(address: string): Promise<PageAnswer>;
  atob(text: string): string;
  readonly TextDecoder: new () => { decode(bytes: ArrayBuffer): string };
  readonly Blob: new (parts: readonly Uint8Array[]) => { stream(): { pipeThrough(by: object): object } };
  readonly Response: new (body: object) => { arrayBuffer(): Promise<ArrayBuffer> };
  /** Browsers of before 2023 have none. */
  readonly DecompressionStream?: new (
    format: 'deflate',
  ) => object;
}

/** The element of the page with that id: the page is written with it. */
export function byId({ document }: Pick<PageWindow, 'document'>, id: string): PageElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}
