import { byId, type PageWindow } from '#page';
import { indexOfAsn } from '../../graph/as-graph.ts';
import { nameOf } from '../core-names.ts';
import { type AnswerSource, coneMembers, findInPlanet, type PlanetHit, planetAs } from '../planet-answers.ts';
import type { PlanetHead } from '../planet-head.ts';
import type { RasterLines } from '../raster.ts';
import type { Sign } from './overlay.ts';
import { kindsOf, type PackedLinks, packedIds, unpackLinks } from './packed-planet.ts';
import type { AsAnswer } from './panel.ts';
import type { AsFacts, PlacedPlanet, PlanetData, Tile, TilePlace } from './planet-data.ts';
import { type Points, unpackPoints } from './points.ts';
import { TilePainter } from './tile-painter.ts';

/** What stands in the page as JSON. */
export interface EmbeddedHead {
  readonly head: PlanetHead;
  readonly signs: Readonly<Record<string, readonly Sign[]>>;
}

/** All of it is in the page: unpacked when it is first asked for, tiles that are not there are painted here. */
export class EmbeddedData implements PlanetData {
  // Painted ones are a megabyte each.
  readonly mostTiles = 100;
  readonly #window: PageWindow;
  readonly #head: EmbeddedHead;
  readonly #kept = new Map<string, Promise<unknown>>();
  readonly #painter: TilePainter;

  constructor(window: PageWindow) {
    this.#window = window;
    this.#head = JSON.parse(byId(window, 'data').textContent ?? '') as EmbeddedHead;
    this.#painter = new TilePainter(window, this.#head.head.theme, async (layout) => await this.#lines(layout));
  }

  async head(): Promise<PlanetHead | undefined> {
    return this.#window.DecompressionStream === undefined ? undefined : this.#head.head;
  }

  async placed(layout: string): Promise<PlacedPlanet | undefined> {
    return { points: await this.#points(layout), signs: this.#head.signs[layout] ?? [] };
  }

  tile(place: TilePlace, done: () => void, failed: () => void): Tile {
    const { layout, zoom, x, y } = place;
    const text = this.#window.document.getElementById(packedIds.tile(layout, zoom, x, y))?.textContent;
    if (text === undefined || text === null) return this.#painter.paint(place, done, failed);
    const image = new this.#window.Image();
    image.onload = done;
    image.onerror = failed;
    image.src = `data:image/png;base64,${text}`;
    return { image, isReady: () => image.complete && image.naturalWidth > 0 };
  }

  async as(asn: number): Promise<AsAnswer | undefined> {
    return planetAs(await this.#source(), asn);
  }

  async facts(asn: number): Promise<AsFacts | undefined> {
    const { graph, registry, cones } = await this.#source();
    const index = indexOfAsn(graph, asn);
    if (index < 0) return undefined;
    return { name: registry.name(asn) ?? '', country: registry.country(asn) ?? '', cone: cones.recursive[index]! };
  }

  async cone(asn: number): Promise<Uint32Array | undefined> {
    const source = await this.#source();
    const index = indexOfAsn(source.graph, asn);
    return index < 0 ? undefined : coneMembers(source, index);
  }

  async names(asns: readonly number[]): Promise<readonly string[]> {
    const { registry } = await this.#source();
    return asns.map((asn) => nameOf(registry.name(asn)));
  }

  async find(text: string): Promise<readonly PlanetHit[]> {
    const source = await this.#source();
    const names = await this.#once('lower', async () => (await this.#names()).map((name) => name.toLowerCase()));
    return findInPlanet(source, names, text);
  }

  /** A planet as the product itself has one. */
  async #source(): Promise<AnswerSource> {
    return await this.#once('source', async () => {
      const [{ asns }, links, names, facts] = await Promise.all([
        this.#somePoints(),
        this.#links(),
        this.#names(),
        this.#unpack(packedIds.facts),
      ]);
      const cones = new Uint32Array(facts, 0, asns.length);
      const countries = new Uint16Array(facts, asns.length * 4, asns.length);
      const of = <T>(asn: number, value: (index: number) => T): T | undefined => {
        const index = indexOfAsn({ asns }, asn);
        return index < 0 ? undefined : value(index);
      };
      return {
        graph: { asns, ...links },
        registry: {
          name: (asn) => of(asn, (index) => names[index]),
          country: (asn) =>
            of(asn, (index) => {
              const code = countries[index]!;
              return code === 0 ? undefined : String.fromCharCode(code >> 8, code & 255);
            }),
        },
        cones: { recursive: cones },
      };
    });
  }

  async #lines(layout: string): Promise<RasterLines> {
    return await this.#once(`lines ${layout}`, async () => {
      const [points, { links }] = await Promise.all([this.#points(layout), this.#links()]);
      const kind = await this.#once('kinds', async () => kindsOf(links.relation));
      const place = (value: number): number => value / 65_536;
      return {
        x: Float32Array.from(points.x, place),
        y: Float32Array.from(points.y, place),
        from: links.a,
        to: links.b,
        kind,
      };
    });
  }

  async #points(layout: string): Promise<Points> {
    return await this.#once(`points ${layout}`, async () => unpackPoints(await this.#unpack(packedIds.points(layout))));
  }

  /** Numbers are the same in every layout. */
  async #somePoints(): Promise<Points> {
    return await this.#points(Object.keys(this.#head.signs)[0]!);
  }

  async #links(): Promise<PackedLinks> {
    return await this.#once('links', async () => {
      const [{ count }, buffer] = await Promise.all([this.#somePoints(), this.#unpack(packedIds.links)]);
      return unpackLinks(buffer, count);
    });
  }

  async #names(): Promise<readonly string[]> {
    return await this.#once('names', async () =>
      new this.#window.TextDecoder().decode(await this.#unpack(packedIds.names)).split('\n'),
    );
  }

  async #once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key) as Promise<T> | undefined;
    if (known !== undefined) return await known;
    const making = make();
    this.#kept.set(key, making);
    return await making;
  }

  async #unpack(id: string): Promise<ArrayBuffer> {
    const { Blob, Response, DecompressionStream } = this.#window;
    const text = this.#window.atob(byId(this.#window, id).textContent ?? '');
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
    return await new Response(
      new Blob([bytes]).stream().pipeThrough(new DecompressionStream!('deflate')),
    ).arrayBuffer();
  }
}
