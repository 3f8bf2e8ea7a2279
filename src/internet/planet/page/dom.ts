/** The little of a browser that the page of the planet uses. */
export interface PageElement {
  innerHTML: string;
  textContent: string | null;
  value: string;
  hidden: boolean;
  width: number;
  height: number;
  readonly style: { cursor: string; width: string; height: string };
  readonly clientWidth: number;
  readonly clientHeight: number;
  addEventListener(type: string, listener: (event: PageEvent) => void, options?: { passive?: boolean }): void;
  getAttribute(name: string): string | null;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  setPointerCapture(id: number): void;
  focus(): void;
  blur(): void;
  getContext(kind: '2d', options?: { alpha?: boolean }): Canvas;
}

export interface PageEvent {
  readonly target: PageElement;
  readonly clientX: number;
  readonly clientY: number;
  readonly deltaY: number;
  readonly pointerId: number;
  readonly button: number;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  preventDefault(): void;
}

export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export interface Canvas {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  imageSmoothingEnabled: boolean;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  drawImage(image: object, x: number, y: number, width: number, height: number): void;
  createImageData(width: number, height: number): Pixels;
  putImageData(pixels: Pixels, x: number, y: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  stroke(): void;
  fill(): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { width: number };
}

export interface PageImage {
  src: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  readonly complete: boolean;
  readonly naturalWidth: number;
}

export interface PageWindow {
  readonly document: {
    readonly activeElement: PageElement | null;
    getElementById(id: string): PageElement | null;
    addEventListener(type: string, listener: (event: PageEvent) => void): void;
  };
  readonly location: { hash: string };
  readonly history: { replaceState(data: null, title: string, url: string): void };
  readonly Image: new () => PageImage;
  readonly performance: { now(): number; mark(name: string): void };
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  requestAnimationFrame(act: () => void): number;
  setTimeout(act: () => void, ms: number): number;
  clearTimeout(id: number): void;
  fetch(
    address: string,
  ): Promise<{ readonly ok: boolean; json(): Promise<unknown>; arrayBuffer(): Promise<ArrayBuffer> }>;
}

/** The element of the page with that id: the page is written with it. */
export function byId({ document }: PageWindow, id: string): PageElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}
