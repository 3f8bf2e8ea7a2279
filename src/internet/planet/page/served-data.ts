import type { PageWindow } from '#page';
import type { PlanetHit } from '../planet-answers.ts';
import type { PlanetHead } from '../planet-head.ts';
import type { Sign } from './overlay.ts';
import type { AsAnswer } from './panel.ts';
import type { AsFacts, PlacedPlanet, PlanetData, Tile, TilePlace } from './planet-data.ts';
import { unpackPoints } from './points.ts';

/** Asks the page's own server; every address is below that of the page. */
export class ServedData implements PlanetData {
  readonly mostTiles = 220;
  readonly #window: PageWindow;
  #version = '';

  constructor(window: PageWindow) {
    this.#window = window;
  }

  async head(): Promise<PlanetHead | undefined> {
    const head = await this.#json<PlanetHead>('head.json');
    this.#version = head?.version ?? '';
    return head;
  }

  async placed(layout: string): Promise<PlacedPlanet | undefined> {
    const [packed, signs] = await Promise.all([
      this.#binary(`points/${layout}.bin`),
      this.#json<readonly Sign[]>(`signs/${layout}.json`),
    ]);
    return packed === undefined || signs === undefined ? undefined : { points: unpackPoints(packed), signs };
  }

  tile({ layout, zoom, x, y }: TilePlace, done: () => void, failed: () => void): Tile {
    const image = new this.#window.Image();
    image.onload = done;
    image.onerror = failed;
    // Tiles of another graph are others.
    image.src = `tiles/${layout}/${zoom}/${x}/${y}.png?v=${this.#version}`;
    return { image, isReady: () => image.complete && image.naturalWidth > 0 };
  }

  async as(asn: number): Promise<AsAnswer | undefined> {
    return await this.#json(`as/${asn}.json`);
  }

  async facts(asn: number): Promise<AsFacts | undefined> {
    return await this.#json(`name/${asn}.json`);
  }

  async cone(asn: number): Promise<Uint32Array | undefined> {
    const found = await this.#binary(`cone/${asn}.bin`);
    return found && new Uint32Array(found);
  }

  async names(asns: readonly number[]): Promise<readonly string[]> {
    return (await this.#json<readonly string[]>(`names.json?of=${asns.join(',')}`)) ?? [];
  }

  async find(text: string): Promise<readonly PlanetHit[]> {
    return (await this.#json<readonly PlanetHit[]>(`search.json?q=${encodeURIComponent(text)}`)) ?? [];
  }

  async newest(): Promise<string | undefined> {
    return (await this.#json<{ version: string }>('state.json'))?.version;
  }

  async #json<T>(address: string): Promise<T | undefined> {
    const answer = await this.#window.fetch(address);
    return answer.ok ? ((await answer.json()) as T) : undefined;
  }

  async #binary(address: string): Promise<ArrayBuffer | undefined> {
    const answer = await this.#window.fetch(address);
    return answer.ok ? await answer.arrayBuffer() : undefined;
  }
}
