import { setImmediate as turn } from 'node:timers/promises';
import { indexOfAsn } from '../graph/as-graph.ts';
import { nameOf } from '../planet/core-names.ts';
import { type PlanetLayout, planetLayouts } from '../planet/layout-planet.ts';
import { coneMembers, planetAs } from '../planet/planet-answers.ts';
import { type PlanetSource, planetColumns } from '../planet/planet-columns.ts';
import { PlanetFinder } from '../planet/planet-finder.ts';
import { planetHead, shownSigns } from '../planet/planet-head.ts';
import { planetPage } from '../planet/planet-page.ts';
import { packPoints } from '../planet/planet-points.ts';
import { PlanetTiles } from '../planet/tiles.ts';
import type { PlanetTheme } from '../planet/tone.ts';

export interface PlanetSiteOptions {
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  readonly credit?: string;
  /** Tells this graph from the one before at the same address. Default: by its time and size. */
  readonly version?: string;
}

/** What answers to the page, whatever server it stands in. */
export interface PlanetSite extends AsyncDisposable {
  /** Resolves when what is seen first is laid out. @throws NetwrightError `NW_CANCELLED` when this was closed before. */
  readonly ready: Promise<void>;
  /** @param path below the page, such as `tiles/polar/0/0/0.png?…`; undefined where there is nothing. */
  answer(path: string): Promise<PlanetAnswer | undefined>;
}

export interface PlanetAnswer {
  readonly type: string;
  readonly body: Uint8Array | string;
  /** Seconds that a browser may keep it. */
  readonly keepS: number;
}

/** Names that the page asks for at most at once. */
const mostNames = 100;

/**
 * The site of a planet: page, tiles, points, answers. Layouts and tiles are made in threads; a question that needs them
 * waits.
 */
export async function planetSite(source: PlanetSource, options: PlanetSiteOptions = {}): Promise<PlanetSite> {
  const { theme = 'dark', credit } = options;
  const { graph, registry, cones } = source;
  const columns = await planetColumns(source);
  const tiles = new PlanetTiles(columns);
  const finder = new PlanetFinder(source);
  const found = planetHead(source, { theme, credit, version: options.version });
  await turn();
  const json = (value: unknown): PlanetAnswer => ({ type: 'application/json', body: JSON.stringify(value), keepS: 0 });
  const binary = (body: Uint8Array): PlanetAnswer => ({ type: 'application/octet-stream', body, keepS: 0 });
  const head = json(found);
  const ready = tiles.places(planetLayouts[0]).then(() => {
    // What is seen first is drawn while the browser asks for it.
    for (const at of [0, 1, 2, 3]) tiles.tile(planetLayouts[0], theme, 1, at & 1, at >> 1).catch(() => undefined);
  });
  // Whoever waits for it learns of a failure; nobody has to.
  ready.catch(() => undefined);

  return {
    ready,
    async answer(address) {
      const [path = '', query = ''] = address.split('?', 2);
      const asked = new URLSearchParams(query);
      if (path === '' || path === 'index.html')
        return { type: 'text/html; charset=utf-8', body: planetPage({ theme }), keepS: 0 };
      if (path === 'head.json') return head;
      if (path === 'state.json') return json({ version: found.version });
      if (path === 'search.json') return json(await finder.find((asked.get('q') ?? '').slice(0, 80)));
      if (path === 'names.json') return json(namesOf(asked.get('of') ?? ''));
      const [, kind, name = ''] = /^(points|signs|as|name|cone)\/([a-z]+|\d{1,10})\.(?:bin|json)$/.exec(path) ?? [];
      if (kind === 'points' || kind === 'signs') return isLayout(name) ? await placed(kind, name) : undefined;
      if (kind !== undefined) return of(kind, Number(name));
      const [, layout = '', zoom, x, y] = /^tiles\/([a-z]+)\/(\d)\/(\d{1,2})\/(\d{1,2})\.png$/.exec(path) ?? [];
      if (!isLayout(layout)) return undefined;
      const body = await tiles.tile(layout, theme, Number(zoom), Number(x), Number(y));
      return body && { type: 'image/png', body, keepS: 3600 };
    },
    async [Symbol.asyncDispose]() {
      await tiles[Symbol.asyncDispose]();
    },
  };

  async function placed(kind: 'points' | 'signs', layout: PlanetLayout): Promise<PlanetAnswer> {
    const places = await tiles.places(layout);
    if (kind === 'points') return binary(packPoints(columns, places));
    return json(shownSigns(places, graph.asns.length));
  }

  function of(kind: string, asn: number): PlanetAnswer | undefined {
    const index = indexOfAsn(graph, asn);
    if (index < 0) return undefined;
    if (kind === 'cone') return binary(new Uint8Array(coneMembers(source, index).buffer));
    if (kind === 'as') return json(planetAs(source, asn));
    return json({
      name: registry.name(asn) ?? '',
      country: registry.country(asn) ?? '',
      cone: cones.recursive[index],
    });
  }

  function namesOf(list: string): string[] {
    const asns = list.slice(0, mostNames * 11).split(',');
    return asns.slice(0, mostNames).map((asn) => (/^\d{1,10}$/.test(asn) ? nameOf(registry.name(Number(asn))) : ''));
  }
}

const isLayout = (name: string): name is PlanetLayout => (planetLayouts as readonly string[]).includes(name);
