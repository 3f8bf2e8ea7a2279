import { setImmediate as turn } from 'node:timers/promises';
import { escapeXml, pageDocument } from '#page';
import { fontStack } from '../draw/text-width.ts';
import { type HilbertSource, originCells, runsOf } from './hilbert.ts';
import { hilbertColors, hilbertPalette } from './hilbert-colors.ts';
import type { HilbertPageData } from './hilbert-page/data.ts';
import { hilbertPageScript } from './hilbert-page/page-script.generated.ts';
import { drawHilbertSquare, type HilbertOptions, hilbertFacts, legendRows } from './hilbert-picture.ts';
import { type PlanetTheme, planetColors, type Rgb } from './tone.ts';

/** A page with the picture in it: what is below the pointer, a search, and a legend that shows where each holder is. */
export async function drawHilbertHtml(source: HilbertSource, options: HilbertOptions = {}): Promise<string> {
  const { by = 'country', theme = 'dark', credit } = options;
  const owners = await originCells(source);
  const colors = await hilbertColors(source, owners, by);
  const png = await drawHilbertSquare(owners, colors, theme);
  const palette = hilbertPalette(theme);
  const colorText = (color: number): string => `rgb(${[...palette.subarray(color * 3, color * 3 + 3)].join(' ')})`;
  const rows = legendRows(colors).map(({ color, text, share, find }) => {
    const label = `<i style="background:${colorText(color)}"></i><span>${escapeXml(text)}</span><b>${share}</b>`;
    return find === undefined ? `<p>${label}</p>` : `<a href="#" data-find="${find}">${label}</a>`;
  });
  const facts = hilbertFacts(source, colors, { by, ...(credit !== undefined && { credit }) });
  return pageDocument({
    title: 'The IPv4 space',
    style: pageStyle(theme),
    script: hilbertPageScript,
    data: await pageData(source, owners),
    policy: { images: ['data'] },
    body: `<header><h1>The IPv4 space</h1><p>${escapeXml(facts)}</p>
<input id="search" type="search" placeholder="Find an AS, a country or an address ( / )" aria-label="Find an AS, a country or an address" autocomplete="off"></header>
<main><div id="map"><img alt="The IPv4 space on a Hilbert curve" src="data:image/png;base64,${png.toString('base64')}"><canvas id="marks" width="256" height="256" data-veil="${theme === 'dark' ? '#000000b8' : '#ffffffd8'}"></canvas></div>
<aside><p id="tip" role="status"></p><nav id="legend">${rows.join('')}</nav></aside></main>`,
  });
}

/** By /16 who originates most of it. */
async function pageData({ registry }: HilbertSource, owners: Uint32Array): Promise<HilbertPageData> {
  const places = new Map<number, number>();
  const holders: (readonly [asn: number, name: string, country: string])[] = [];
  const blocks: number[] = [];
  const perBlock = owners.length / 65_536;
  for (let block = 0; block < 65_536; block += 1) {
    const counts = new Map<number, number>();
    for (const { owner, first, end } of runsOf(owners.subarray(block * perBlock, (block + 1) * perBlock))) {
      if (owner !== 0) counts.set(owner, (counts.get(owner) ?? 0) + end - first);
    }
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (best !== undefined && !places.has(best[0])) {
      places.set(best[0], holders.length);
      holders.push([best[0], (registry.name(best[0]) ?? '').slice(0, 60), registry.country(best[0]) ?? '']);
    }
    blocks.push(best === undefined ? -1 : places.get(best[0])!);
    if (block % 2048 === 0) await turn();
  }
  return { holders, blocks };
}

function pageStyle(theme: PlanetTheme): string {
  const { ground, ink } = planetColors[theme];
  const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
  const [card, edge, muted] = theme === 'dark' ? ['#161d27', '#364456', '#a3b0c2'] : ['#ffffff', '#cfd8e3', '#56637a'];
  return [
    `:root{color-scheme:${theme}}*{box-sizing:border-box}html,body{height:100%;margin:0}`,
    `body{display:flex;flex-direction:column;background:${css(ground)};color:${css(ink)};font:13px/1.45 ${fontStack}}`,
    `header{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;padding:8px 14px;border-bottom:1px solid ${edge};background:${card}}h1{font-size:17px;margin:0}header p{margin:0;flex:1 1 260px;font-size:12px;color:${muted}}`,
    `input{font:inherit;color:inherit;background:${card};border:1px solid ${edge};border-radius:6px;padding:4px 9px;flex:0 1 320px}`,
    'main{flex:1;min-height:0;display:flex;gap:14px;padding:10px 14px;overflow:auto}#map{position:relative;height:100%;aspect-ratio:1;flex:none;max-width:100%}img,canvas{position:absolute;inset:0;width:100%;height:100%}canvas{image-rendering:pixelated;cursor:crosshair}',
    'aside{flex:1 1 260px;min-width:240px;max-width:420px;overflow:auto}#tip{min-height:44px;margin:0 0 8px;font-size:14px}',
    `#legend a,#legend p{display:flex;gap:8px;align-items:center;margin:0;padding:2px 6px;border-radius:5px;color:inherit;text-decoration:none}#legend a:hover,#legend a.on{background:${edge}}#legend i{width:14px;height:14px;border-radius:3px;flex:none}#legend span{flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}`,
    ':focus-visible{outline:2px solid #58a9ee;outline-offset:1px}',
    '@media(max-width:700px){header p,header input{flex:1 1 100%}main{flex-direction:column}#map{width:100%;height:auto}aside{flex:none;max-width:none;overflow:visible}}',
  ].join('\n');
}
