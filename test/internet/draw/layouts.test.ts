import { beforeAll, describe, expect, it } from 'vitest';
import { type Atlas, type InternetMap, mapOfAsns, mapOfCountry } from '#internet';
import { cornersOf, doOverlap } from '../../../src/internet/draw/label-places.ts';
import { layoutCountry } from '../../../src/internet/draw/layout-country.ts';
import { layoutForce } from '../../../src/internet/draw/layout-force.ts';
import { layoutLayered } from '../../../src/internet/draw/layout-layered.ts';
import { layoutPolar } from '../../../src/internet/draw/layout-polar.ts';
import type { Mark, Scene } from '../../../src/internet/draw/scene.ts';
import { countriesOf, madePlanet } from './made-planet.ts';

const layouts = { layered: layoutLayered, polar: layoutPolar, force: layoutForce, country: layoutCountry };
let maps: Record<string, InternetMap>;

beforeAll(async () => {
  const atlas: Atlas = await madePlanet(4000);
  const { large, small } = countriesOf(atlas);
  const top = [...atlas.graph.asns.keys()].sort((a, b) => atlas.cones.recursive[b]! - atlas.cones.recursive[a]!);
  const asns = [...top.slice(0, 1), ...top.slice(40, 42)].map((at) => atlas.graph.asns[at]!);
  maps = {
    'a large country': mapOfCountry(atlas, large),
    'a small country': mapOfCountry(atlas, small),
    'three ASes': mapOfAsns(atlas, asns),
  };
});

const inside = (one: Mark, other: Mark): boolean =>
  one.x < other.x + other.width - 0.01 &&
  other.x < one.x + one.width - 0.01 &&
  one.y < other.y + other.height - 0.01 &&
  other.y < one.y + one.height - 0.01;

describe.each(Object.keys(layouts) as (keyof typeof layouts)[])('layout %s', (name) => {
  it.each(['a large country', 'a small country', 'three ASes'])(
    'places each AS of %s once, and no two labels on one another',
    async (which) => {
      const map = maps[which]!;
      const scene: Scene = await layouts[name](map);
      const marks = scene.marks.filter((mark) => mark !== undefined);
      expect(marks).toHaveLength(map.ases.length);
      const boxed = marks.filter(({ kind }) => kind !== 'dot');
      const clashes = boxed.flatMap((one, at) => boxed.slice(at + 1).filter((other) => inside(one, other)));
      expect(clashes).toEqual([]);
      const labels = marks.flatMap(({ text }) =>
        text === undefined ? [] : [{ text: text.text, corners: cornersOf(text) }],
      );
      const overlapping = labels.flatMap((one, at) =>
        labels
          .slice(at + 1)
          .flatMap((other) => (doOverlap(one.corners, other.corners) ? [`${one.text} / ${other.text}`] : [])),
      );
      expect(overlapping).toEqual([]);
      for (const { x, y, width, height } of marks) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(scene.width + 0.5);
        expect(y + height).toBeLessThanOrEqual(scene.height + 0.5);
      }
    },
  );
});

describe('layout layered', () => {
  const middles = (path: string): [number, number][] =>
    Array.from(path.matchAll(/L(-?\d+) (-?\d+)/g), ([, x, y]) => [Number(x), Number(y)]);

  it('has upstreams above gateways, these above providers inside, and customers below them all', () => {
    const map = maps['a large country']!;
    const { marks } = layoutLayered(map);
    const lowest = (take: (at: number) => boolean): number =>
      Math.max(
        ...map.ases
          .keys()
          .filter(take)
          .map((at) => marks[at]!.y),
      );
    const highest = (take: (at: number) => boolean): number =>
      Math.min(
        ...map.ases
          .keys()
          .filter(take)
          .map((at) => marks[at]!.y),
      );
    const isUpstream = (at: number): boolean => map.ases[at]!.role === 'upstream';
    const isGateway = (at: number): boolean => map.ases[at]!.hue >= 0 && map.ases[at]!.isGateway;
    const isDomestic = (at: number): boolean => map.ases[at]!.hue >= 0 && !map.ases[at]!.isGateway;
    const isCustomer = (at: number): boolean => map.ases[at]!.role === 'downstream';
    expect(lowest(isUpstream)).toBeLessThan(highest(isGateway));
    expect(lowest(isGateway)).toBeLessThan(highest(isDomestic));
    expect(lowest(isDomestic)).toBeLessThan(highest(isCustomer));
  });

  it('leads lines between cards, never over one', () => {
    const map = maps['a large country']!;
    const scene = layoutLayered(map);
    const cards = scene.marks.filter((mark) => mark?.kind === 'card') as Mark[];
    const points = scene.lines.flatMap(({ path }) => middles(path));
    expect(points.length).toBeGreaterThan(20);
    const over = points.filter(([x, y]) =>
      cards.some((card) => x > card.x + 1 && x < card.x + card.width - 1 && y > card.y && y < card.y + card.height),
    );
    expect(over).toEqual([]);
  });
});

it('the force layout lets others have their turn, and can be cancelled', async () => {
  const map = maps['a large country']!;
  const stop = new AbortController();
  setImmediate(() => stop.abort());
  await expect(layoutForce(map, { signal: stop.signal })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
});

it('the polar layout lets others have their turn before it places labels', async () => {
  let turns = 0;
  let next = setImmediate(function count() {
    turns += 1;
    next = setImmediate(count);
  });
  await layoutPolar(maps['a small country']!);
  clearImmediate(next);
  expect(turns).toBeGreaterThan(0);
});
