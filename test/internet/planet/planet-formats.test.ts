import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Atlas,
  buildAsGraph,
  buildRegistry,
  drawPlanetHtml,
  drawPlanetSvg,
  planetText,
  relations,
} from '#internet';
import { packLinks } from '../../../src/internet/planet/pack-links.ts';
import { unpackLinks } from '../../../src/internet/planet/page/packed-planet.ts';
import { coneMembers, planetAs } from '../../../src/internet/planet/planet-answers.ts';
import { threadCpuMs } from '../../cpu-time.ts';
import { gexfTrouble } from '../draw/gexf-rules.ts';
import { madePlanet } from '../draw/made-planet.ts';

const hostile = `</script><script>alert(1)</script> "quoted" \\ & \u0007  two\nlines ]]> ä`;
let atlas: Atlas;
/** Names as nobody should have them. */
let bad: Atlas;

beforeAll(async () => {
  atlas = await madePlanet();
  const facts = Array.from(atlas.graph.asns, (asn) => [asn, { name: hostile, country: 'EG' }] as const);
  bad = { ...atlas, registry: buildRegistry(new Map(facts)) };
});

async function textOf(source: Atlas, format: 'dot' | 'gexf' | 'json', credit = hostile): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of planetText(source, { format, credit })) pieces.push(piece);
  return pieces.join('');
}

describe('the planet as text', () => {
  it('is JSON with every AS and link, sales from who sells', async () => {
    const { graph } = atlas;
    const read = JSON.parse(await textOf(atlas, 'json')) as {
      credit: string;
      ases: { asn: number; name: string; country: string; cone: number }[];
      links: { from: number; to: number; relation: string }[];
    };
    expect(read.credit).toBe(hostile);
    expect(read.ases.map(({ asn }) => asn)).toEqual([...graph.asns]);
    expect(read.ases.map(({ cone }) => cone)).toEqual([...atlas.cones.recursive]);
    expect(read.links).toHaveLength(graph.links.count);
    for (const [at, { from, to, relation }] of read.links.entries()) {
      const ends = [graph.asns[graph.links.a[at]!], graph.asns[graph.links.b[at]!]];
      const known = relations[graph.links.relation[at]!];
      expect([from, to]).toEqual(known === 'provider' ? ends.toReversed() : ends);
      expect(relation).toBe(known === 'provider' ? 'customer' : known);
    }
  });

  it('is GEXF as its schema has it, whatever names say', async () => {
    for (const source of [atlas, bad]) {
      const gexf = await textOf(source, 'gexf');
      expect(gexfTrouble(gexf)).toEqual([]);
      expect(gexf.match(/<edge /g)).toHaveLength(source.graph.links.count);
    }
  });

  it('is DOT that quotes names, a line each', async () => {
    const lines = (await textOf(bad, 'dot')).split('\n');
    expect(lines.filter((line) => / -> /.test(line))).toHaveLength(bad.graph.links.count);
    const nodes = lines.filter((line) => /^ {2}\d+ \[/.test(line));
    expect(nodes).toHaveLength(bad.graph.asns.length);
    for (const line of nodes)
      expect(line).toMatch(/^ {2}\d+ \[label="(?:[^"\\]|\\.)*", cone=\d+, color="#[\da-f]{6}"\];$/);
  });

  it('ends with the signal, and lets nothing wait', async () => {
    const stop = new AbortController();
    const begin = async (): Promise<void> => {
      for await (const _ of planetText(atlas, { format: 'json', signal: stop.signal })) stop.abort();
    };
    await expect(begin()).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    const large = await madePlanet(20_000, 3);
    let [longest, before] = [0, threadCpuMs()];
    const probe = setInterval(() => {
      longest = Math.max(longest, threadCpuMs() - before);
      before = threadCpuMs();
    }, 1);
    expect((await textOf(large, 'gexf')).length).toBeGreaterThan(1_000_000);
    clearInterval(probe);
    expect(longest).toBeLessThan(50);
  });
});

describe('the planet as SVG', () => {
  it('is well-formed whatever names say: a raster, dots with names, a legend', async () => {
    const svg = await drawPlanetSvg(bad, { size: 256, credit: hostile });
    const counts = new Map<string, number>();
    const parser = new SaxesParser();
    parser.on('opentag', ({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(svg).close();
    expect(counts.get('script')).toBeUndefined();
    expect(counts.get('image')).toBe(1);
    const large = bad.cones.recursive.filter((cone) => cone > 1).length;
    expect(counts.get('title')).toBe(large);
    expect(svg).toContain('networks peer');
    const png = Buffer.from(/base64,([^"]+)"/.exec(svg)![1]!, 'base64');
    expect(png.readUInt32BE(16)).toBe(256);
  });
});

describe('the planet as a page of its own', () => {
  it('packs links so that the page reads them as they were, whatever graph it is', async () => {
    const link = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(relations.length - 1));
    await fc.assert(
      fc.asyncProperty(fc.array(link, { maxLength: 90 }), async (list) => {
        const rows = list
          .filter(([a, b]) => a !== b)
          .map(([a, b, relation]) => [a * 7000 + 1, b * 7000 + 1, relation] as const);
        const graph = buildAsGraph(
          {
            count: rows.length,
            a: Uint32Array.from(rows, ([a]) => a),
            b: Uint32Array.from(rows, ([, b]) => b),
            relation: Uint8Array.from(rows, ([, , relation]) => relation),
          },
          [5],
        );
        const packed = await packLinks(graph);
        const { links, offsets } = unpackLinks(packed.buffer as ArrayBuffer, graph.asns.length);
        const read = Array.from(links.a, (a, at) => `${a} ${links.b[at]} ${links.relation[at]}`);
        const known = Array.from(
          { length: graph.links.count },
          (_, at) => `${graph.links.a[at]} ${graph.links.b[at]} ${graph.links.relation[at]}`,
        );
        expect(read.sort()).toEqual(known.sort());
        expect([...offsets]).toEqual([...graph.offsets]);
      }),
      { numRuns: 60 },
    );
  });

  it('answers from what is packed as from the graph itself', async () => {
    const packed = await packLinks(atlas.graph);
    const read = unpackLinks(packed.buffer as ArrayBuffer, atlas.graph.asns.length);
    const inPage = { ...atlas, graph: { asns: atlas.graph.asns, ...read } };
    for (const [index, asn] of atlas.graph.asns.entries()) {
      if (index % 7 > 0) continue;
      expect(planetAs(inPage, asn)).toEqual(planetAs(atlas, asn));
      expect(coneMembers(inPage, index).toSorted()).toEqual(coneMembers(atlas, index).toSorted());
    }
  });

  it('ends with the signal, whatever it is at', async () => {
    for (const afterMs of [0, 30]) {
      await expect(drawPlanetHtml(atlas, { signal: AbortSignal.timeout(afterMs) })).rejects.toMatchObject({
        code: 'NW_CANCELLED',
      });
    }
  });

  it('asks nobody, lets only its own script run, and holds names that end no element', async () => {
    const page = await drawPlanetHtml(bad, { layout: 'country', credit: hostile });
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none';/);
    expect(page).not.toContain('connect-src');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).toContain('<option selected>country</option>');
    expect(page).not.toContain('<script>alert');
    const [, names] = /id="packed-names">([^<]+)</.exec(page)!;
    const lines = inflateSync(Buffer.from(names!, 'base64')).toString().split('\n');
    expect(lines).toHaveLength(bad.graph.asns.length);
  });
});
