import { parentPort, workerData } from 'node:worker_threads';
import { layoutPlanet, type PlanetLayout } from './layout-planet.ts';
import type { PlanetColumns } from './planet-columns.ts';

/** Lays a planet out beside the event loop: it takes up to a second. */
const { columns, layout } = workerData as LayoutJob;
parentPort!.postMessage(layoutPlanet(columns, layout));

export interface LayoutJob {
  readonly columns: PlanetColumns;
  readonly layout: PlanetLayout;
}
