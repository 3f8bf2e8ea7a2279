import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Atlas, buildAsGraph, drawHilbertHtml, drawHilbertPng, drawPlanetPng } from '#internet';
import { coreNames, nameOf } from '../../../src/internet/planet/core-names.ts';
import { hilbertPlace, originCells } from '../../../src/internet/planet/hilbert.ts';
import { hilbertColors } from '../../../src/internet/planet/hilbert-colors.ts';
import { blockLabels } from '../../../src/internet/planet/hilbert-labels.ts';
import { blockAt } from '../../../src/internet/planet/hilbert-page/curve.ts';
import { legendRows } from '../../../src/internet/planet/hilbert-picture.ts';
import { layoutPlanet, planetLayouts } from '../../../src/internet/planet/layout-planet.ts';
import { NamePlaces } from '../../../src/internet/planet/page/name-places.ts';
import { unpackPoints } from '../../../src/internet/planet/page/points.ts';
import { coneMembers, planetAs } from '../../../src/internet/planet/planet-answers.ts';
import { type PlanetColumns, planetColumns } from '../../../src/internet/planet/planet-columns.ts';
import { PlanetFinder } from '../../../src/internet/planet/planet-finder.ts';
import { packPoints } from '../../../src/internet/planet/planet-points.ts';
import { encodePng } from '../../../src/internet/planet/png-encoder.ts';
import { addLines, lineWeight, type RasterLines } from '../../../src/internet/planet/raster.ts';
import { madePlanet } from '../draw/made-planet.ts';

let atlas: Atlas;
let columns: PlanetColumns;
beforeAll(async () => {
  atlas = await madePlanet();
  columns = await planetColumns(atlas);
});

function linesOf(ends: readonly (readonly [number, number, number, number])[]): RasterLines {
  return {
    x: Float32Array.from(ends.flatMap(([x1, , x2]) => [x1, x2])),
    y: Float32Array.from(ends.flatMap(([, y1, , y2]) => [y1, y2])),
    from: Uint32Array.from(ends, (_, at) => 2 * at),
    to: Uint32Array.from(ends, (_, at) => 2 * at + 1),
    kind: new Uint8Array(ends.length),
  };
}

const part = fc.double({ min: -0.4, max: 1.4, noNaN: true });

describe('the rasteriser', () => {
  it('adds a line to each column that it crosses once', () => {
    const [sums] = addLines(linesOf([[0, 0.5, 1, 0.5]]), {
      scale: 8,
      left: 0,
      top: 0,
      width: 8,
      height: 8,
      isSmooth: false,
    });
    expect([...sums.subarray(32, 40)]).toEqual(Array.from({ length: 8 }, () => 1));
    expect([...sums].reduce((sum, one) => sum + one, 0)).toBe(8);
  });

  it.each([false, true])('draws the same whole or in tiles, whatever the lines (smooth: %s)', (isSmooth) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part, part, part), { minLength: 1, maxLength: 6 }), (ends) => {
        const lines = linesOf(ends);
        const whole = addLines(lines, { scale: 64, left: 0, top: 0, width: 64, height: 64, isSmooth: false })[0];
        for (const top of [0, 32]) {
          for (const left of [0, 32]) {
            const tile = addLines(lines, { scale: 64, left, top, width: 32, height: 32, isSmooth: false })[0];
            for (let row = 0; row < 32; row += 1) {
              const own = [...tile.subarray(row * 32, row * 32 + 32)];
              expect(own).toEqual([...whole.subarray((top + row) * 64 + left, (top + row) * 64 + left + 32)]);
            }
          }
        }
        // Two pixels a step share what one has otherwise; at a border some of it is outside.
        const sum = (values: Iterable<number>): number => [...values].reduce((total, one) => total + one, 0);
        const drawn = addLines(lines, { scale: 64, left: 0, top: 0, width: 64, height: 64, isSmooth })[0];
        expect(sum(drawn)).toBeLessThanOrEqual(sum(whole) * (isSmooth ? lineWeight : 1));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the PNG encoder', () => {
  it('writes what inflates to the same rows, with checksums that hold', async () => {
    const pixels = Uint8Array.from({ length: 35 }, (_, at) => at);
    const png = await encodePng({ width: 7, height: 5, pixels, palette: new Uint8Array(768) });
    const chunks: { type: string; data: Buffer }[] = [];
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
      chunks.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) });
      at += 12 + length;
    }
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    const rows = inflateSync(chunks[2]!.data);
    for (let row = 0; row < 5; row += 1) {
      expect([...rows.subarray(row * 8, row * 8 + 8)]).toEqual([0, ...pixels.subarray(row * 7, row * 7 + 7)]);
    }
  });
});

describe('a planet', () => {
  it.each(planetLayouts)('has every AS within the picture, in layout %s', (layout) => {
    const { x, y, signs } = layoutPlanet(columns, layout);
    for (const values of [x, y]) expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(signs.reduce((sum, { weight }) => sum + weight, 0)).toBe(atlas.graph.asns.length);
  });

  it('has larger cones nearer to the middle in the polar layout', () => {
    const { x, y } = layoutPlanet(columns, 'polar');
    const away = (at: number): number => Math.hypot(x[at]! - 0.5, y[at]! - 0.5);
    const order = [...x.keys()].sort((a, b) => atlas.cones.recursive[b]! - atlas.cones.recursive[a]!);
    expect(Math.max(...order.slice(0, 5).map(away))).toBeLessThan(Math.min(...order.slice(-500).map(away)));
  });

  it('is the same picture for the same data, pixel by pixel', async () => {
    const [one, other] = [await drawPlanetPng(atlas, { size: 300 }), await drawPlanetPng(atlas, { size: 300 })];
    expect(one.equals(other)).toBe(true);
    expect(one.readUInt32BE(16)).toBe(300);
  });

  it('packs points so that the page reads them as they were', () => {
    const places = layoutPlanet(columns, 'polar');
    const packed = packPoints(columns, places);
    const buffer = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer;
    const points = unpackPoints(buffer);
    expect([...points.asns]).toEqual([...atlas.graph.asns]);
    expect(points.x[100]! / 65_536).toBeCloseTo(places.x[100]!, 3);
    expect(points.cone[points.byCone[0]!]).toBe(Math.max(...points.cone));
    expect(new Set(points.byCone).size).toBe(points.count);
  });

  it('answers for an AS: neighbours by kind, its cone, by name and by number', async () => {
    const at = atlas.cones.recursive.indexOf(Math.max(...atlas.cones.recursive));
    const asn = atlas.graph.asns[at]!;
    const found = planetAs(atlas, asn)!;
    const { providers, customers, peers, others } = found;
    const degree = atlas.graph.offsets[at + 1]! - atlas.graph.offsets[at]!;
    expect(providers.length + customers.length + peers.length + others.length).toBe(degree);
    expect(coneMembers(atlas, at)).toHaveLength(atlas.cones.recursive[at]!);
    const finder = new PlanetFinder(atlas);
    expect((await finder.find(`AS${asn}`))[0]).toMatchObject({ asn });
    const byName = await finder.find(atlas.registry.name(asn)!.split(' ')[0]!.toLowerCase());
    expect(byName.map((hit) => hit.asn)).toContain(asn);
    expect(planetAs(atlas, 4_294_967_290)).toBeUndefined();
  });
});

describe('names on a planet', () => {
  it('never stand on one another or on ground that is taken, nor outside of the picture', () => {
    const place = fc.record({
      x: fc.double({ min: -50, max: 450, noNaN: true }),
      y: fc.double({ min: -50, max: 350, noNaN: true }),
      width: fc.double({ min: 5, max: 160, noNaN: true }),
      radius: fc.double({ min: 0, max: 8, noNaN: true }),
      away: fc.double({ min: -3.2, max: 3.2, noNaN: true }),
      mayLead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 40 }), (wanted) => {
        const places = new NamePlaces(400, 300, 14);
        places.take(180, 130, 220, 170);
        const boxes: (readonly [number, number, number, number])[] = [[180, 130, 220, 170]];
        for (const one of wanted) {
          const found = places.place(one);
          if (found === undefined) continue;
          const { x, y } = found;
          const box = [x - one.width / 2, y - 7, x + one.width / 2, y + 7] as const;
          expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 400 && box[3] <= 300).toBe(true);
          for (const [left, top, right, bottom] of boxes) {
            expect(box[0] < right && box[2] > left && box[1] < bottom && box[3] > top).toBe(false);
          }
          if (!one.mayLead) expect(found.isLed).toBe(false);
          boxes.push(box);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are those of the largest cones, in their order, as short as a label is', () => {
    const names = coreNames(atlas, 40);
    const cones = names.map(([index]) => atlas.cones.recursive[index]!);
    expect(cones).toEqual([...cones].sort((a, b) => b - a));
    const left = atlas.cones.recursive.filter((cone) => cone > cones.at(-1)!).length;
    expect(left).toBeLessThanOrEqual(40);
    for (const [index, asn, name] of names) {
      expect(asn).toBe(atlas.graph.asns[index]);
      expect(name.length).toBeLessThanOrEqual(22);
    }
    expect(nameOf('TE-AS Some Very Long Name Of A Company, Inc.')).toBe('Some Very Long Name Of');
  });
});

describe('the Hilbert map', () => {
  it('visits every place once, neighbours beside each other, and the page finds the way back', () => {
    let before: readonly [number, number] = [-1, 0];
    for (let distance = 0; distance < 65_536; distance += 1) {
      const [x, y] = hilbertPlace(distance, 8);
      if (distance > 0) expect(Math.abs(x - before[0]) + Math.abs(y - before[1])).toBe(1);
      if (distance % 97 === 0) expect(blockAt(x, y)).toBe(distance);
      before = [x, y];
    }
  });

  const withPrefixes = (list: readonly (readonly [number, number, number])[]): Atlas => ({
    ...atlas,
    prefixes: {
      count: list.length,
      count4: list.length,
      length: Uint8Array.from(list, ([, length]) => length),
      words: Uint32Array.from(list.flatMap(([word]) => [word, 0, 0, 0])),
      offsets: Uint32Array.from({ length: list.length + 1 }, (_, at) => at),
      origins: Uint32Array.from(list, ([, , origin]) => origin),
      seenBy: new Uint16Array(list.length),
    },
  });

  it('gives a /22 to the more specific prefix, and the default route to nobody', async () => {
    const cells = await originCells(
      withPrefixes([
        [0, 0, 1],
        [0x0a000000, 8, 2],
        [0x0a010000, 16, 3],
        [0x0a010100, 24, 4],
      ]),
    );
    expect(cells[0]).toBe(0);
    expect(cells[0x0a000000 >>> 10]).toBe(2);
    expect(cells[0x0a010000 >>> 10]).toBe(3);
    expect(cells[0x0b000000 >>> 10]).toBe(0);
  });

  it('gives the largest a colour of their own, and says how much they have', async () => {
    const [first, second] = [atlas.graph.asns[3]!, atlas.graph.asns[4]!];
    const source = withPrefixes([
      [0x29000000, 8, first],
      [0x2a000000, 9, second],
    ]);
    const colors = await hilbertColors(source, await originCells(source), 'as');
    expect(colors.holders.map(({ key, cells }) => [key, cells])).toEqual([
      [String(first), 2 ** 14],
      [String(second), 2 ** 13],
    ]);
    expect(colors.colorOf(first)).not.toBe(colors.colorOf(second));
    expect(legendRows(colors).map(({ share, find }) => [share, find])).toEqual([
      ['0.4 %', `AS${first}`],
      ['0.2 %', `AS${second}`],
    ]);
    const labels = blockLabels(colors, 0).map(({ text }) => text);
    expect(labels.join(' ')).toContain(String(first));
    expect(labels).toContain('multicast');
  });

  it('is a picture, a page, or a reason why not', async () => {
    const asn = atlas.graph.asns[3]!;
    const source = withPrefixes([[0x29000000, 8, asn]]);
    expect((await drawHilbertPng(source)).readUInt32BE(20)).toBe(2048 + 96);
    const page = await drawHilbertHtml(source, { by: 'as' });
    expect(page).toContain("default-src 'none'");
    expect(page).toContain(`AS${asn} `);
    await expect(drawHilbertPng(atlas)).rejects.toMatchObject({ code: 'NW_INTERNET_SOURCE_MISSING' });
  });
});

it('a graph without a link is a planet too', async () => {
  const graph = buildAsGraph(
    { count: 0, a: new Uint32Array(), b: new Uint32Array(), relation: new Uint8Array() },
    [64500],
  );
  const alone: Atlas = { ...atlas, graph, cones: { recursive: Uint32Array.of(1) } };
  expect((await drawPlanetPng(alone, { size: 256 })).readUInt32BE(20)).toBe(256);
});
