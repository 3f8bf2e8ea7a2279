import { byId, type PageElement, type PageEvent, type PageWindow } from './dom.ts';

const mostScale = 4;
const step = 60;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Moves and scales the drawing: wheel, drag, two fingers, keys. */
export class View {
  readonly #svg: PageElement;
  readonly #layer: PageElement;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #scale = 1;
  #x = 0;
  #y = 0;
  #size: { width: number; height: number } = { width: 1, height: 1 };
  #spread = 0;
  /** How far the pointer went since it was pressed: a click does not drag. */
  moved = 0;

  constructor(window: PageWindow) {
    this.#svg = byId(window, 'map');
    this.#layer = byId(window, 'layer');
    this.#svg.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#svg.addEventListener('pointerdown', (event) => this.#down(event));
    this.#svg.addEventListener('pointermove', (event) => this.#move(event));
    for (const type of ['pointerup', 'pointercancel']) {
      this.#svg.addEventListener(type, ({ pointerId }) => {
        this.#pointers.delete(pointerId);
        this.#spread = 0;
      });
    }
  }

  set size(size: { width: number; height: number }) {
    this.#size = size;
  }

  get scale(): number {
    return this.#scale;
  }

  /** The whole drawing, as large as the window allows, but not larger than life. */
  fit(): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    this.#scale = Math.min(width / (this.#size.width + 24), height / (this.#size.height + 24), 1.25);
    this.#x = (width - this.#size.width * this.#scale) / 2;
    this.#y = (height - this.#size.height * this.#scale) / 2;
    this.#apply();
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
    const scale = Math.min(mostScale, Math.max(0.05, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#apply();
  }

  /** Answers to arrows, `+`, `-` and `0`; whether the key was one of them. */
  key(key: string): boolean {
    const ways: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const way = ways[key];
    if (way !== undefined) {
      this.#x += way[0];
      this.#y += way[1];
      this.#apply();
    } else if (key === '+' || key === '=') this.zoom(1.25);
    else if (key === '-') this.zoom(0.8);
    else if (key === '0') this.fit();
    else return false;
    return true;
  }

  #wheel(event: PageEvent): void {
    event.preventDefault();
    const { left, top } = this.#svg.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - left, event.clientY - top);
  }

  #down({ pointerId, clientX, clientY, button }: PageEvent): void {
    if (button !== 0) return;
    this.#pointers.set(pointerId, { x: clientX, y: clientY });
    this.moved = 0;
  }

  #move({ pointerId, clientX, clientY }: PageEvent): void {
    const before = this.#pointers.get(pointerId);
    if (before === undefined) return;
    this.#pointers.set(pointerId, { x: clientX, y: clientY });
    this.moved += Math.abs(clientX - before.x) + Math.abs(clientY - before.y);
    // From here on the drag goes on outside of the drawing too; a click before it stays a click on what is below.
    if (this.moved > 6) this.#svg.setPointerCapture(pointerId);
    const [one, other] = [...this.#pointers.values()];
    if (one !== undefined && other !== undefined) {
      const spread = Math.hypot(one.x - other.x, one.y - other.y);
      const { left, top } = this.#svg.getBoundingClientRect();
      if (this.#spread > 0) this.zoom(spread / this.#spread, (one.x + other.x) / 2 - left, (one.y + other.y) / 2 - top);
      this.#spread = spread;
      return;
    }
    this.#x += clientX - before.x;
    this.#y += clientY - before.y;
    this.#apply();
  }

  #apply(): void {
    this.#layer.setAttribute('transform', `translate(${this.#x} ${this.#y}) scale(${this.#scale})`);
  }
}
