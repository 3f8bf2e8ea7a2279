import type { PageWindow } from '#page';
import type { PlanetData } from './planet-data.ts';
import type { Points } from './points.ts';

/** Milliseconds without a new question: while the map moves nothing is asked. */
const pauseMs = 160;
const mostAtOnce = 80;

/** Names of points, as labels show them: those of the largest from the beginning, others when they are seen. */
export class Names {
  readonly #window: PageWindow;
  readonly #data: PlanetData;
  readonly #changed: () => void;
  readonly #known = new Map<number, string>();
  readonly #asked = new Set<number>();
  #timer = 0;

  constructor(window: PageWindow, data: PlanetData, changed: () => void) {
    this.#window = window;
    this.#data = data;
    this.#changed = changed;
  }

  get(index: number): string | undefined {
    return this.#known.get(index);
  }

  has(index: number): boolean {
    return this.#known.has(index);
  }

  set(index: number, asn: number, name: string): void {
    this.#known.set(index, name === '' ? `AS${asn}` : `${name} ${asn}`);
  }

  /** Asks for the names of those that are seen without one. */
  ask(indexes: readonly number[], { asns }: Points): void {
    this.#window.clearTimeout(this.#timer);
    const open = indexes.filter((index) => !this.#asked.has(index)).slice(0, mostAtOnce);
    if (open.length === 0) return;
    this.#timer = this.#window.setTimeout(() => {
      for (const index of open) this.#asked.add(index);
      this.#fetch(open, asns).catch(() => {
        // A server that is gone has no names: numbers stay, and the next look asks again.
        for (const index of open) this.#asked.delete(index);
      });
    }, pauseMs);
  }

  async #fetch(indexes: readonly number[], asns: Uint32Array): Promise<void> {
    const found = await this.#data.names(indexes.map((index) => asns[index]!));
    for (const [at, index] of indexes.entries()) this.set(index, asns[index]!, found[at] ?? '');
    this.#changed();
  }
}
