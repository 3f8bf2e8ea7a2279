import { byId, escapeXml, type PageElement, type PageWindow, showHits } from '#page';
import type { PlanetData } from './planet-data.ts';

const pauseMs = 120;

/** The field to search in: by number or name, whoever has the names answers. */
export class Finder {
  readonly #window: PageWindow;
  readonly #data: PlanetData;
  readonly #field: PageElement;
  readonly #hits: PageElement;
  #timer = 0;

  constructor(window: PageWindow, data: PlanetData) {
    this.#window = window;
    this.#data = data;
    this.#field = byId(window, 'search');
    this.#hits = byId(window, 'hits');
    this.#field.addEventListener('input', () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#find(), pauseMs);
    });
    this.#field.addEventListener('keydown', ({ key }) => {
      const first = this.#hits.querySelector('a')?.getAttribute('href') ?? undefined;
      const asn = /^(?:as)?(\d+)$/i.exec(this.#field.value.trim())?.[1];
      if (key === 'Enter') window.location.hash = asn === undefined ? (first ?? '') : `#AS${asn}`;
    });
  }

  get isTyping(): boolean {
    return this.#window.document.activeElement === this.#field;
  }

  focus(): void {
    this.#field.focus();
  }

  close(): void {
    this.#hits.hidden = true;
    this.#field.blur();
  }

  async #find(): Promise<void> {
    const wanted = this.#field.value;
    const found = await this.#data.find(wanted);
    if (wanted !== this.#field.value) return;
    showHits(
      this.#hits,
      wanted,
      found.map(
        ({ asn, name, country }) => `<a href="#AS${asn}">AS${asn} ${escapeXml(name)} ${escapeXml(country)}</a>`,
      ),
    );
  }
}
