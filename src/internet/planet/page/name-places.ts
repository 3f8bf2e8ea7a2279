/** A name that wants a place, at a dot; all in pixels. */
export interface WantedName {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly radius: number;
  /** Direction away from where it is crowded, in radians: where it looks first when there is no room beside the dot. */
  readonly away: number;
  /** Whether it may stand farther away, tied to its dot by a line. */
  readonly mayLead: boolean;
}

/** Middle of a name, and whether a line must tie it to its dot. */
export interface NamePlace {
  readonly x: number;
  readonly y: number;
  readonly isLed: boolean;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

const reaches = [26, 42, 62, 86, 114, 146];
const turns = [0, 0.4, -0.4, 0.8, -0.8, 1.25, -1.25];

/**
 * Gives names places that overlap with none given before: beside their dot, else at the end of a short line. Used for the
 * picture and by the page, which asks anew for every frame.
 */
export class NamePlaces {
  readonly #height: number;
  readonly #unit: number;
  readonly #width: number;
  readonly #depth: number;
  readonly #cell: number;
  readonly #grid = new Map<number, Box[]>();

  /** @param unit pixels of a pixel of the page: lines are so much longer in a large picture */
  constructor(width: number, depth: number, height: number, unit = 1) {
    [this.#width, this.#depth, this.#height, this.#unit] = [width, depth, height, unit];
    this.#cell = 96 * unit;
  }

  /** Ground that no name may stand on: a dot, a heading. */
  take(left: number, top: number, right: number, bottom: number): void {
    const box = [left, top, right, bottom] as const;
    for (const cell of this.#cells(box)) {
      const there = this.#grid.get(cell);
      if (there === undefined) this.#grid.set(cell, [box]);
      else there.push(box);
    }
  }

  /** A name that stands where it does or not at all: whether it does. */
  tryAt(x: number, y: number, width: number): boolean {
    const box = this.#box(x, y, width);
    if (!this.#isFree(box)) return false;
    this.take(...box);
    return true;
  }

  place({ x, y, width, radius, away, mayLead }: WantedName): NamePlace | undefined {
    const beside = radius + this.#height / 2 + this.#unit;
    const aside = radius + width / 2 + 3 * this.#unit;
    for (const [dx, dy] of [
      [0, -beside],
      [0, beside],
      [aside, 0],
      [-aside, 0],
    ] as const) {
      if (this.tryAt(x + dx, y + dy, width)) return { x: x + dx, y: y + dy, isLed: false };
    }
    if (!mayLead) return undefined;
    for (const reach of reaches) {
      for (const turn of turns) {
        const [cos, sin] = [Math.cos(away + turn), Math.sin(away + turn)];
        // The line ends at the nearer end of the name.
        const at = x + cos * (reach * this.#unit) + (cos < -0.3 ? -width / 2 : cos > 0.3 ? width / 2 : 0);
        const high = y + sin * reach * this.#unit;
        if (this.tryAt(at, high, width)) return { x: at, y: high, isLed: true };
      }
    }
    return undefined;
  }

  #box(x: number, y: number, width: number): Box {
    return [x - width / 2, y - this.#height / 2, x + width / 2, y + this.#height / 2];
  }

  #isFree(box: Box): boolean {
    const [left, top, right, bottom] = box;
    if (left < 0 || top < 0 || right > this.#width || bottom > this.#depth) return false;
    return this.#cells(box).every((cell) =>
      (this.#grid.get(cell) ?? []).every(([l, t, r, b]) => l >= right || r <= left || t >= bottom || b <= top),
    );
  }

  #cells([left, top, right, bottom]: Box): number[] {
    const cells: number[] = [];
    for (let x = Math.floor(left / this.#cell); x <= Math.floor(right / this.#cell); x += 1) {
      for (let y = Math.floor(top / this.#cell); y <= Math.floor(bottom / this.#cell); y += 1) cells.push(x * 4096 + y);
    }
    return cells;
  }
}
