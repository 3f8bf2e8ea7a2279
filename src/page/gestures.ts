import type { PageElement, PageEvent } from './dom.ts';

/** What a hand wants of a drawing; places in pixels from its upper left corner. */
export interface GestureActs {
  move(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** A press that did not drag. */
  tap?(x: number, y: number): void;
  /** The pointer passes without being pressed. */
  hover?(x: number, y: number): void;
}

/** So far a pointer may go between down and up and still be a click. */
const tapReach = 6;
/** Pixels that an arrow key moves. */
const step = 60;
const steps: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [step, 0],
  ArrowRight: [-step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
};

/** Which way an arrow key moves the drawing; undefined for any other key. */
export const keyStep = (key: string): readonly [dx: number, dy: number] | undefined => steps[key];

/** Wheel, drag and two fingers on an element, as moves and zooms. */
export class Gestures {
  readonly #element: PageElement;
  readonly #acts: GestureActs;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #spread = 0;
  #moved = 0;

  constructor(element: PageElement, acts: GestureActs) {
    this.#element = element;
    this.#acts = acts;
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    element.addEventListener('pointerup', (event) => this.#up(event, true));
    element.addEventListener('pointercancel', (event) => this.#up(event, false));
  }

  /** Whether the pointer was dragged since it was pressed: then a click means nothing. */
  get hasDragged(): boolean {
    return this.#moved > tapReach;
  }

  #place({ clientX, clientY }: PageEvent): { x: number; y: number } {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #wheel(event: PageEvent): void {
    event.preventDefault();
    const { x, y } = this.#place(event);
    this.#acts.zoom(Math.exp(-event.deltaY * 0.0015), x, y);
  }

  #down(event: PageEvent): void {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, this.#place(event));
    this.#moved = 0;
  }

  #move(event: PageEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const now = this.#place(event);
    if (before === undefined) {
      this.#acts.hover?.(now.x, now.y);
      return;
    }
    this.#pointers.set(event.pointerId, now);
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    // From here on the drag goes on outside of the drawing too; a click before it stays a click on what is below.
    if (this.hasDragged) this.#element.setPointerCapture(event.pointerId);
    const [one, other] = [...this.#pointers.values()];
    if (one === undefined || other === undefined) {
      this.#acts.move(now.x - before.x, now.y - before.y);
      return;
    }
    const spread = Math.hypot(one.x - other.x, one.y - other.y);
    if (this.#spread > 0) this.#acts.zoom(spread / this.#spread, (one.x + other.x) / 2, (one.y + other.y) / 2);
    this.#spread = spread;
  }

  #up(event: PageEvent, isTap: boolean): void {
    const wasPressed = this.#pointers.delete(event.pointerId);
    this.#spread = 0;
    if (!isTap || !wasPressed || this.hasDragged) return;
    const { x, y } = this.#place(event);
    this.#acts.tap?.(x, y);
  }
}
