import { inflateSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Atlas, buildRegistry, drawMap, type InternetMap, mapLayouts, mapOfCountry } from '#internet';
import { gexfTrouble } from './gexf-rules.ts';
import { countriesOf, madePlanet } from './made-planet.ts';

const hostile = `</text><script>alert(1)</script> "quoted" \\ & \u0007 ]]> ${'ä'.repeat(40)}`;
let map: InternetMap;
let bad: InternetMap;
/** Of a country where providers meet. */
let met: InternetMap;

beforeAll(async () => {
  const atlas = await madePlanet();
  const { small } = countriesOf(atlas);
  map = mapOfCountry(atlas, small, { credit: 'data: made up' });
  const countries = [...new Set(atlas.registry.exchanges.map(({ country }) => country))];
  met = countries
    .map((country) => mapOfCountry(atlas, country))
    .find(({ ases, links }) => links.some(({ to, relation }) => relation === 'member' && ases[to]!.hue >= 0))!;
  const facts = Array.from(
    atlas.graph.asns,
    (asn) => [asn, { name: hostile, country: atlas.registry.country(asn)! }] as const,
  );
  const other: Atlas = { ...atlas, registry: buildRegistry(new Map(facts)) };
  bad = mapOfCountry(other, small, { credit: hostile });
});

const text = async (one: InternetMap, options: Parameters<typeof drawMap>[1]): Promise<string> =>
  Buffer.from(await drawMap(one, options)).toString('utf8');

/** Every element by name; throws where it is no XML. */
function elementsOf(xml: string): Map<string, number> {
  const parser = new SaxesParser();
  const counts = new Map<string, number>();
  parser.on('opentag', ({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return counts;
}

describe('a drawing', () => {
  it.each(mapLayouts)('is well-formed SVG whatever names say, in layout %s', async (layout) => {
    const counts = elementsOf(await text(bad, { format: 'svg', layout, theme: 'dark' }));
    expect(counts.get('script')).toBeUndefined();
    expect(counts.get('g')).toBeGreaterThanOrEqual(bad.ases.length);
  });

  it('tells relations apart by the style of lines, and says in a legend what they mean', async () => {
    const svg = await text(map, { format: 'svg' });
    const sales = map.links.filter(({ relation }) => relation === 'customer');
    expect(sales.length).toBeGreaterThan(0);
    expect(svg).toMatch(
      /<path class="l" data-from="\d+" data-to="\d+" stroke="#[\da-f]{6}" marker-end="url\(#a-?\d+\)"/,
    );
    expect(svg).toContain('stroke-dasharray');
    expect(svg).toContain('sells transit to');
    expect(svg).toContain('data: made up');
  });

  it('takes colours, and refuses what is none', async () => {
    const svg = await text(map, { format: 'svg', colors: { background: '#123456', upstream: 'teal' } });
    expect(svg).toContain('.paper{fill:#123456}');
    expect(svg).toContain('stroke="teal"');
    await expect(drawMap(map, { format: 'svg', colors: { upstream: 'url(#x)' } })).rejects.toMatchObject({
      code: 'NW_USAGE',
    });
  });

  it('leaves out of labels what is not wanted', async () => {
    const svg = await text(map, { format: 'svg', label: ['asn'] });
    expect(svg).not.toContain('class="cc"');
    expect(svg).toContain('class="asn"');
  });

  it('is a PNG with twice the pixels, without a browser', async () => {
    const svg = await text(map, { format: 'svg' });
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
    const png = Buffer.from(await drawMap(map, { format: 'png' }));
    expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width) * 2, Number(height) * 2]);
    expect(inflateSync(dataOf(png)).length).toBeGreaterThan(Number(width) * Number(height) * 4);
  });

  it('names dots with what is wanted only, and says from where those outside are', async () => {
    const svg = await text(map, { format: 'svg', layout: 'polar', label: ['asn'] });
    const labels = Array.from(svg.matchAll(/<text class="halo"[^>]*>([^<]*)</g), ([, label]) => label);
    expect(labels.length).toBeGreaterThan(5);
    for (const label of labels) expect(label).toMatch(/^\d+$|^$/);
    const whole = await text(map, { format: 'svg', layout: 'force' });
    const upstream = map.ases.find(({ role, country }) => role === 'upstream' && country !== '')!;
    expect(whole).toMatch(new RegExp(`>${upstream.asn} [^<]*${upstream.country}<`));
  });

  it.each(mapLayouts)('shows exchanges as what they are, in layout %s', async (layout) => {
    const exchange = met.ases.find((as) => as.exchange !== undefined)!;
    const svg = await text(met, { format: 'svg', layout });
    expect(svg).toContain(`data-asn="${exchange.asn}"`);
    expect(svg).toContain('internet exchange');
    expect(svg).toMatch(/<path class="l member" data-from="-\d+" data-to="\d+"/);
  });

  it('tells programs exchanges from ASes', async () => {
    const { id } = met.ases.find((as) => as.exchange !== undefined)!.exchange!;
    const json = JSON.parse(await text(met, { format: 'json' }));
    expect(json.ases.every(({ asn }: { asn: number }) => asn > 0)).toBe(true);
    expect(json.exchanges.map((one: { id: number }) => one.id)).toContain(id);
    expect(json.exchanges[0].present.length).toBeGreaterThan(0);
    expect(json.links.some(({ relation }: { relation: string }) => relation === 'member')).toBe(false);
    expect(await text(met, { format: 'dot' })).toMatch(new RegExp(`ix${id} \\[label=.*shape=diamond`));
    const gexf = await text(met, { format: 'gexf' });
    expect(gexf).toContain(`<node id="ix${id}"`);
    expect(gexf).toMatch(new RegExp(`source="ix${id}" target="\\d+" type="undirected"`));
  });

  it('is DOT that quotes names, and GEXF with every link', async () => {
    const dot = await text(bad, { format: 'dot' });
    expect(dot).toContain('digraph internet {');
    for (const line of dot.split('\n').filter((one) => /^ {2}\d/.test(one))) expect(line).not.toMatch(/[^\\]"quoted"/);
    const counts = elementsOf(await text(bad, { format: 'gexf' }));
    expect(counts.get('node')).toBe(bad.ases.length);
    expect(counts.get('edge')).toBe(bad.links.length);
  });

  it('is GEXF as its schema has it, whatever names say', async () => {
    for (const one of [map, bad, met]) expect(gexfTrouble(await text(one, { format: 'gexf' }))).toEqual([]);
    // The rules do find what is wrong.
    const broken = (await text(map, { format: 'gexf' }))
      .replace('<nodes>', '<nodes><nodes/>')
      .replace(/source="\d+"/, 'source="x"')
      .replace(/ r="\d+"/, ' r="256"');
    expect(gexfTrouble(broken)).toHaveLength(3);
  });

  it('is JSON by AS numbers', async () => {
    const data = JSON.parse(await text(map, { format: 'json' })) as {
      ases: { asn: number }[];
      links: { from: number }[];
      notes: string[];
    };
    expect(data.ases).toHaveLength(map.ases.length);
    expect(data.notes).toContain('data: made up');
    const numbers = new Set(data.ases.map(({ asn }) => asn));
    expect(data.links.every(({ from }) => numbers.has(from))).toBe(true);
  });
});

function dataOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return Buffer.concat(parts);
}
