import { describe, expect, test } from 'vitest';
import { buildTopology, drawTopology, type Observer } from '#facts';
import { layoutTopology, type PlacedTopology, portSize } from '../../../src/facts/topology/layout-topology.ts';
import { textWidth } from '../../../src/facts/topology/measure.ts';
import { neighbor, network, observer } from './network.ts';

interface Rectangle {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxesOf = ({ nodes }: PlacedTopology): Rectangle[] =>
  nodes.map(({ node, x, y, width, height }) => ({
    what: node.id,
    left: x,
    right: x + width,
    top: y,
    bottom: y + height,
  }));

/** Where names stand: the heads of boxes, and the interfaces at their edges. */
const textsOf = ({ nodes }: PlacedTopology): Rectangle[] =>
  nodes.flatMap(({ node, x, y, width, ports }) => [
    { what: node.id, left: x, right: x + width, top: y, bottom: y + 28 },
    ...ports.map(({ text, side, x: at, y: middle }) => {
      const long = textWidth(text, portSize);
      const left = side === 'left' ? at + 6 : at - 6 - long;
      return { what: `${node.id} ${text}`, left, right: left + long, top: middle - 5, bottom: middle + 5 };
    }),
  ]);

function withoutSite(one: Observer): Observer {
  const copy: { -readonly [K in keyof Observer]: Observer[K] } = { ...one };
  delete copy.site;
  return copy;
}

/** Pairs that lie upon each other. */
function overlaps(rectangles: readonly Rectangle[]): string[] {
  const found: string[] = [];
  const sorted = [...rectangles].sort((a, b) => a.left - b.left);
  for (const [index, one] of sorted.entries()) {
    for (const other of sorted.slice(index + 1)) {
      if (other.left >= one.right) break;
      if (one.top < other.bottom && other.top < one.bottom) found.push(`${one.what} | ${other.what}`);
    }
  }
  return found;
}

describe('a drawing of the topology', () => {
  test.each([
    ['20 devices', network(2, 7)],
    ['200 devices in sites', network(10, 18)],
    ['200 devices without sites', network(10, 18).map(withoutSite)],
  ])('%s: no name lies upon another, no port outside of its box', { timeout: 60_000 }, async (_, observers) => {
    const topology = buildTopology(observers);
    const picture = await layoutTopology(topology);
    expect(picture.nodes).toHaveLength(topology.nodes.length);
    expect(picture.links).toHaveLength(topology.links.length);
    expect(overlaps(boxesOf(picture))).toEqual([]);
    expect(overlaps(textsOf(picture))).toEqual([]);
    for (const { x, y, width, height, ports } of picture.nodes) {
      for (const port of ports) {
        expect(port.x === x || port.x === x + width).toBe(true);
        expect(port.y > y + 28 && port.y + portSize < y + height).toBe(true);
      }
    }
    // Lines begin and end at ports.
    const places = new Set(picture.nodes.flatMap(({ ports }) => ports.map(({ x, y }) => `${x} ${y}`)));
    const isAtPort = (point: { x: number; y: number } | undefined): boolean =>
      point !== undefined && [-1, 0, 1].some((off) => places.has(`${point.x} ${point.y + off}`));
    for (const { points } of picture.links) {
      expect(isAtPort(points[0]) && isAtPort(points.at(-1))).toBe(true);
    }
  });

  test('is one SVG, the same each time, in both themes, with hostile names escaped', async () => {
    const topology = buildTopology([
      observer('a<script>&"', { 'Eth1"><x': [neighbor('b', 'Eth1')] }, { role: 'core', site: '<site>' }),
      observer('b', {}, { role: 'access' }),
      observer('c', {}, { failure: 'NW_CONNECT_TIMEOUT' }),
    ]);
    const light = await drawTopology(topology, 'svg');
    expect(await drawTopology(topology, 'svg')).toBe(light);
    expect(light).not.toContain('<script');
    expect(light).toContain('a&lt;script&gt;&amp;&quot;');
    expect(light).toContain('seen by a&lt;script&gt;&amp;&quot; alone');
    expect(light).toContain('class="line onesided"');
    expect(light).toContain('no answer');
    expect(await drawTopology(topology, 'svg', { theme: 'dark' })).toContain('#11161d');
  });

  test('is text for Graphviz, and JSON', async () => {
    const topology = buildTopology(network(1, 2));
    const dot = await drawTopology(topology, 'dot');
    expect(dot).toContain('"core1" -- "core2" [taillabel="Eth1/1", headlabel="Eth1/1"];');
    expect(dot).toContain('label="site1";');
    expect(JSON.parse(await drawTopology(topology, 'json'))).toEqual(topology);
  });

  test('of nothing is a drawing of nothing', async () => {
    expect(await drawTopology(buildTopology([]), 'svg')).toContain('0 devices, 0 links');
  });
});
