import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Atlas, buildAtlas, drawMap, drawPlanetPng, mapOfCountry } from '#internet';
import { publicData } from '../public-data.ts';

const files = ['20250901.as-rel2.txt.bz2', 'asnames.json.gz'].map((file) => join(publicData, file));
const isThere = files.every((file) => existsSync(file));

describe.skipIf(!isThere)('maps of the internet of September 2025 (where its files are at hand)', () => {
  let atlas: Atlas;
  beforeAll(async () => {
    atlas = await buildAtlas(files);
  }, 120_000);

  it.each(['EG', 'SA', 'AE', 'PK', 'PL'])('draws %s in less than 200 kB', async (country) => {
    const map = mapOfCountry(atlas, country, { most: 420 });
    const svg = await drawMap(map, { format: 'svg' });
    expect(svg.length).toBeLessThan(200_000);
    expect(map.ases.filter(({ isGateway, role }) => isGateway && role === 'provider').length).toBeGreaterThan(3);
  });

  it('has TE Data (AS8452) as the gateway of Egypt with the most customers', () => {
    const map = mapOfCountry(atlas, 'EG');
    expect(map.ases.find(({ hue }) => hue === 0)).toMatchObject({ asn: 8452, isGateway: true, country: 'EG' });
  });

  it('draws every AS and link', async () => {
    expect([atlas.graph.asns.length, atlas.graph.links.count]).toEqual([78_643, 570_696]);
    expect((await drawPlanetPng(atlas, { size: 512 })).length).toBeGreaterThan(50_000);
  }, 120_000);
});
