import { setImmediate as turn } from 'node:timers/promises';
import { findInPlanet, type PlanetHit, wantedOf } from './planet-answers.ts';
import type { PlanetSource } from './planet-columns.ts';

/** So many names are read at a time, before others have their turn. */
const namesAtOnce = 8000;

/** Finds ASes by number and name; names are read once, when they are first asked for. */
export class PlanetFinder {
  readonly #source: PlanetSource;
  #names: Promise<readonly string[]> | undefined;

  constructor(source: PlanetSource) {
    this.#source = source;
  }

  async find(text: string): Promise<PlanetHit[]> {
    if (wantedOf(text) === '') return [];
    this.#names ??= this.#read();
    return findInPlanet(this.#source, await this.#names, text);
  }

  async #read(): Promise<readonly string[]> {
    const { graph, registry } = this.#source;
    const names: string[] = [];
    for (const asn of graph.asns) {
      names.push((registry.name(asn) ?? '').toLowerCase());
      if (names.length % namesAtOnce === 0) await turn();
    }
    return names;
  }
}
