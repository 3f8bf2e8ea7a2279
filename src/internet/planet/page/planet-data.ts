import type { PlanetHit } from '../planet-answers.ts';
import type { PlanetHead } from '../planet-head.ts';
import type { Sign } from './overlay.ts';
import type { AsAnswer } from './panel.ts';
import type { Points } from './points.ts';

/** A layout: where ASes are, and what areas are called. */
export interface PlacedPlanet {
  readonly points: Points;
  readonly signs: readonly Sign[];
}

/** What is said of the AS below the pointer. */
export interface AsFacts {
  readonly name: string;
  readonly country: string;
  readonly cone: number;
}

/** A square of edges, 512 pixels of a side. */
export interface Tile {
  /** An image or a canvas. */
  readonly image: object;
  readonly isReady: () => boolean;
}

export interface TilePlace {
  readonly layout: string;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  /** Not seen yet: others come first. */
  readonly isAhead: boolean;
}

/** Where the page has what it shows from: its server, or itself. Undefined stands for what is not there. */
export interface PlanetData {
  head(): Promise<PlanetHead | undefined>;
  placed(layout: string): Promise<PlacedPlanet | undefined>;
  /** Calls back once: when it can be drawn, or when there is none. */
  tile(place: TilePlace, done: () => void, failed: () => void): Tile;
  /** So many are kept. */
  readonly mostTiles: number;
  as(asn: number): Promise<AsAnswer | undefined>;
  facts(asn: number): Promise<AsFacts | undefined>;
  /** Indexes of its customers, of theirs, and so on. */
  cone(asn: number): Promise<Uint32Array | undefined>;
  /** Short names, in the order of the numbers. */
  names(asns: readonly number[]): Promise<readonly string[]>;
  find(text: string): Promise<readonly PlanetHit[]>;
  /** The version of the newest graph there is; missing where there is never another. */
  newest?(): Promise<string | undefined>;
}
