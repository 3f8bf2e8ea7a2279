import { setImmediate as turn } from 'node:timers/promises';
import { abortError } from '#core';
import { escapeXml } from '#page';
import { dotLinkStyle, dotQuoted } from '../draw/graph-formats.ts';
import { linkTimeMs } from '../draw/link-time.ts';
import type { MapRelation } from '../draw/map-model.ts';
import { relations } from '../graph/as-graph.ts';
import { nameOf } from './core-names.ts';
import type { PlanetLayout, PlanetPlaces } from './layout-planet.ts';
import { placePlanet } from './place-planet.ts';
import { type PlanetColumns, type PlanetSource, planetColumns } from './planet-columns.ts';
import { type PlanetTheme, planetColors, type Rgb } from './tone.ts';

/** Text for other programs: Graphviz, Gephi, any. */
export type PlanetTextFormat = 'dot' | 'gexf' | 'json';

export interface PlanetTextOptions {
  readonly format: PlanetTextFormat;
  /** Where ASes are in GEXF. Default: `polar`. */
  readonly layout?: PlanetLayout;
  /** Colours in DOT and GEXF. Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** What the text says of its data. */
  readonly credit?: string;
  readonly signal?: AbortSignal;
}

/** An AS as a format writes it. */
interface Node {
  readonly asn: number;
  readonly name: string;
  /** Empty for an unknown one. */
  readonly country: string;
  readonly cone: number;
  readonly color: Rgb;
  /** 0 to 1. */
  readonly x: number;
  readonly y: number;
}

/** AS numbers; of a sale `from` is who sells. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly relation: Exclude<MapRelation, 'member'>;
}

interface Writer {
  readonly start: (facts: { title: string; timeMs: number; credit: string; ink: Rgb; ground: Rgb }) => string;
  readonly node: (node: Node, at: number) => string;
  readonly between: string;
  readonly edge: (edge: Edge, at: number) => string;
  readonly end: string;
}

/** Lines of a piece: some milliseconds, then others have their turn. */
const linesAtOnce = 2048;

/**
 * Every AS and every link as text, piece by piece: the whole would be a hundred megabytes.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function* planetText(source: PlanetSource, options: PlanetTextOptions): AsyncGenerator<string, void> {
  const { format, layout = 'polar', theme = 'dark', credit = '', signal } = options;
  const { graph, registry } = source;
  const columns = await planetColumns(source);
  const places = format === 'gexf' ? await placePlanet(columns, layout, signal) : undefined;
  const colors = planetColors[theme];
  const writer = writers[format];
  const { links, asns } = graph;
  const title = `The internet: ${asns.length.toLocaleString('en-US')} ASes, ${links.count.toLocaleString('en-US')} links`;
  yield writer.start({ title, timeMs: linkTimeMs(source), credit, ink: colors.ink, ground: colors.ground });
  yield* pieces(asns.length, (at) => writer.node(nodeAt(at, columns, places), at));
  yield writer.between;
  yield* pieces(links.count, (at) => writer.edge(edgeAt(at), at));
  yield writer.end;

  async function* pieces(count: number, line: (at: number) => string): AsyncGenerator<string, void> {
    for (let first = 0; first < count; first += linesAtOnce) {
      if (signal?.aborted) throw abortError(signal);
      let piece = '';
      for (let at = first; at < Math.min(count, first + linesAtOnce); at += 1) piece += line(at);
      yield piece;
      await turn();
    }
  }

  function nodeAt(at: number, { cone, part }: PlanetColumns, placed: PlanetPlaces | undefined): Node {
    const asn = asns[at]!;
    return {
      asn,
      name: registry.name(asn) ?? '',
      country: registry.country(asn) ?? '',
      cone: cone[at]!,
      color: colors.points[part[at]!]!,
      x: placed?.x[at] ?? 0,
      y: placed?.y[at] ?? 0,
    };
  }

  function edgeAt(at: number): Edge {
    const [a, b] = [asns[links.a[at]!]!, asns[links.b[at]!]!];
    const relation = relations[links.relation[at]!]!;
    return relation === 'provider' ? { from: b, to: a, relation: 'customer' } : { from: a, to: b, relation };
  }
}

const hex = (color: Rgb): string => `#${color.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
/** An attribute of the type `xsd:token` has no blanks but single ones inside. */
const token = (text: string): string => escapeXml(text.replace(/\s+/g, ' ').trim());

const writers: Readonly<Record<PlanetTextFormat, Writer>> = {
  json: {
    start: ({ title, timeMs, credit }) =>
      `{\n"title": ${JSON.stringify(title)},\n"time": ${timeMs > 0 ? JSON.stringify(new Date(timeMs).toISOString()) : null},\n"credit": ${JSON.stringify(credit)},\n"ases": [`,
    node: ({ asn, name, country, cone }, at) =>
      `${at === 0 ? '\n' : ',\n'}${JSON.stringify({ asn, name, country, cone })}`,
    between: '\n],\n"links": [',
    edge: ({ from, to, relation }, at) =>
      `${at === 0 ? '\n' : ',\n'}{"from":${from},"to":${to},"relation":"${relation}"}`,
    end: '\n]\n}\n',
  },
  dot: {
    start: ({ title, timeMs, credit, ink, ground }) =>
      [
        ...(credit === '' ? [] : [`// ${credit.replace(/\s+/g, ' ')}`]),
        'digraph internet {',
        `  label=${dotQuoted(timeMs > 0 ? `${title}, ${dayOf(timeMs)}` : title)}; bgcolor="${hex(ground)}"; outputorder=edgesfirst;`,
        `  node [shape=point, fontcolor="${hex(ink)}"]; edge [color="#7d889780", arrowsize=0.4];`,
        '',
      ].join('\n'),
    node: ({ asn, name, country, cone, color }) =>
      `  ${asn} [label=${dotQuoted(`AS${asn} ${nameOf(name)} ${country}`.replace(/ +/g, ' ').trim())}, cone=${cone}, color="${hex(color)}"];\n`,
    between: '',
    edge: ({ from, to, relation }) => `  ${from} -> ${to}${dotLinkStyle[relation]};\n`,
    end: '}\n',
  },
  gexf: {
    start: ({ title, timeMs, credit }) =>
      `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta${timeMs > 0 ? ` lastmodifieddate="${dayOf(timeMs)}"` : ''}><creator>netwright</creator><description>${escapeXml([title, credit].filter((text) => text !== '').join('; '))}</description></meta>
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="name" type="string"/><attribute id="1" title="country" type="string"/><attribute id="2" title="cone" type="integer"/></attributes>
<attributes class="edge"><attribute id="0" title="relation" type="string"/></attributes>
<nodes>
`,
    node: ({ asn, name, country, cone, color: [r, g, b], x, y }) => {
      const label = token(`AS${asn} ${nameOf(name)}`);
      const values = [name, country, cone].map(
        (value, at) => `<attvalue for="${at}" value="${escapeXml(`${value}`)}"/>`,
      );
      // Gephi counts upwards.
      const place = `<viz:position x="${((x - 0.5) * 10_000).toFixed(1)}" y="${((0.5 - y) * 10_000).toFixed(1)}"/>`;
      const size = (4 + 4 * Math.log10(cone + 1)).toFixed(1);
      return `<node id="${asn}" label="${label}"><attvalues>${values.join('')}</attvalues><viz:color r="${r}" g="${g}" b="${b}"/>${place}<viz:size value="${size}"/></node>\n`;
    },
    between: '</nodes>\n<edges>\n',
    edge: ({ from, to, relation }, at) =>
      `<edge id="${at}" source="${from}" target="${to}" type="${relation === 'customer' ? 'directed' : 'undirected'}"><attvalues><attvalue for="0" value="${relation}"/></attvalues></edge>\n`,
    end: '</edges>\n</graph>\n</gexf>\n',
  },
};
