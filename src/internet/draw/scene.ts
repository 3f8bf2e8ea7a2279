import type { InternetMap } from './map-model.ts';

/** A map with places: what every layout makes, and every drawing draws. Pixels, y downwards. */
export interface Scene {
  readonly map: InternetMap;
  readonly width: number;
  readonly height: number;
  /** By AS of the map; undefined for one that is not drawn. */
  readonly marks: readonly (Mark | undefined)[];
  readonly frames: readonly Frame[];
  readonly lines: readonly Line[];
  readonly notes: readonly string[];
}

/** Above that many links, of those to customers only one each is drawn between dots. */
const manyLinks = 260;

/** Lines from exchanges to those who sell: more would hide the rest. */
const mostPresences = 60;

/**
 * Which links to exchanges are drawn as lines, by index: those of the largest providers, as many as there is room for. The
 * others have a sign.
 */
export function presenceLines({ ases, links }: Pick<InternetMap, 'ases' | 'links'>): {
  readonly shown: ReadonlySet<number>;
  readonly note: string[];
} {
  const all = links.flatMap(({ to, relation }, at) => (relation === 'member' && ases[to]!.hue >= 0 ? [at] : []));
  const order = [...all].sort((a, b) => ases[links[a]!.to]!.hue - ases[links[b]!.to]!.hue || a - b);
  const last = order[mostPresences];
  // All of an AS or none.
  const kept = last === undefined ? order : order.filter((at) => ases[links[at]!.to]!.hue < ases[links[last]!.to]!.hue);
  const providers = new Set(kept.map((at) => links[at]!.to)).size;
  const note = last === undefined ? [] : [`lines to exchanges are those of the ${providers} largest providers there`];
  return { shown: new Set(kept), note };
}

/** Which links a drawing of dots shows, by index: all, or for customers in blocks those of their main provider only. */
export function linksOfDots({ ases, links }: Pick<InternetMap, 'ases' | 'links'>): {
  readonly shown: readonly number[];
  readonly note: string[];
} {
  const all = [...links.keys()];
  if (links.length <= manyLinks) return { shown: all, note: [] };
  const presences = presenceLines({ ases, links });
  const shown = all.filter((at) => {
    const { from, to, relation } = links[at]!;
    if (relation === 'member') return presences.shown.has(at);
    const home = ases[to]!.home;
    return home < 0 ? ases[to]!.hue >= 0 || (ases[from]!.home < 0 && ases[to]!.role === 'upstream') : home === from;
  });
  const left = links.length - shown.length;
  return {
    shown,
    note: [
      `of customers only the link to their main provider is drawn, at exchanges only providers: ${left.toLocaleString('en-US')} links are not`,
    ],
  };
}

/** How an AS is drawn: on a card with three lines, as a row in a block, or as a dot with its label beside it. */
export interface Mark {
  readonly kind: 'card' | 'row' | 'dot';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Only for dots: where the label is. */
  readonly text?: DotLabel;
}

export interface DotLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Degrees, about the point. */
  readonly turn: number;
  readonly text: string;
  readonly size: number;
}

/** An area with a heading. */
export interface Frame {
  readonly kind: 'band' | 'block' | 'ring' | 'cluster' | 'ground';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly heading: string;
  /** Last line of a block: how many more there are. */
  readonly more?: string;
  /** Of the provider whose block it is; -1 for none. */
  readonly hue: number;
}

export interface Line {
  /** Index into the links of the map; -1 for the line from a provider to its block. */
  readonly link: number;
  readonly path: string;
  /** Hue of the provider at its beginning, -1 where an upstream is there. */
  readonly hue: number;
  readonly kind: 'customer' | 'peer' | 'unknown' | 'sibling' | 'member' | 'trunk';
}
