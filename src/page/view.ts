import { byId, type PageElement, type PageWindow } from './dom.ts';
import { Gestures, keyStep } from './gestures.ts';

const mostScale = 4;
const leastScale = 0.05;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Moves and scales a drawing (`#map`, its content in `#layer`): wheel, drag, two fingers, keys. */
export class View {
  readonly #svg: PageElement;
  readonly #layer: PageElement;
  readonly #gestures: Gestures;
  #scale = 1;
  #x = 0;
  #y = 0;
  #isWhole = false;
  #size: { width: number; height: number } = { width: 1, height: 1 };

  constructor(window: PageWindow) {
    this.#svg = byId(window, 'map');
    this.#layer = byId(window, 'layer');
    this.#gestures = new Gestures(this.#svg, {
      move: (dx, dy) => this.#move(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
    });
  }

  set size(size: { width: number; height: number }) {
    this.#size = size;
  }

  /** A click that ends a drag is none. */
  get hasDragged(): boolean {
    return this.#gestures.hasDragged;
  }

  /** The whole drawing, as large as the window allows, but not larger than life. */
  fit(): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    this.#scale = Math.min(width / (this.#size.width + 24), height / (this.#size.height + 24), 1.25);
    this.#x = (width - this.#size.width * this.#scale) / 2;
    this.#y = (height - this.#size.height * this.#scale) / 2;
    this.#apply();
    this.#isWhole = true;
  }

  /** The window has another size: the whole stays the whole, a part stays where it is (a phone shows its keyboard). */
  resized(): void {
    if (this.#isWhole) this.fit();
  }

  /** Brings a box into the middle, large enough to be read. */
  show({ x, y, width, height }: Box): void {
    const room = this.#svg.getBoundingClientRect();
    this.#scale = Math.max(this.#scale, Math.min(1, mostScale));
    this.#x = room.width / 2 - (x + width / 2) * this.#scale;
    this.#y = room.height / 2 - (y + height / 2) * this.#scale;
    this.#apply();
  }

  zoom(factor: number, atX?: number, atY?: number): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    const [x, y] = [atX ?? width / 2, atY ?? height / 2];
    const scale = Math.min(mostScale, Math.max(leastScale, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#apply();
  }

  /** Answers to arrows, `+`, `-` and `0`; whether the key was one of them. */
  key(key: string): boolean {
    const way = keyStep(key);
    if (way !== undefined) this.#move(...way);
    else if (key === '+' || key === '=') this.zoom(1.25);
    else if (key === '-') this.zoom(0.8);
    else if (key === '0') this.fit();
    else return false;
    return true;
  }

  #move(dx: number, dy: number): void {
    this.#x += dx;
    this.#y += dy;
    this.#apply();
  }

  #apply(): void {
    this.#isWhole = false;
    this.#layer.setAttribute('transform', `translate(${this.#x} ${this.#y}) scale(${this.#scale})`);
  }
}
