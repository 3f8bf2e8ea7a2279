import { escapeXml, narrowStyle, pageDocument } from '#page';
import { legendNotes, legendSigns } from './legend.ts';
import type { MapPageData } from './page/map-page-data.ts';
import { mapPageScript } from './page/page-script.generated.ts';
import type { Theme } from './palette.ts';
import type { Scene } from './scene.ts';
import { type DrawOptions, svgContent, svgMarkers, svgStyle } from './svg.ts';
import { fontStack } from './text-width.ts';

/**
 * A scene as one page that needs nothing else: no server, no network, no library. Names come from registries: they are
 * escaped, and a content security policy lets no script run but the page's own.
 */
export function drawHtml(scene: Scene, options: DrawOptions, theme: Theme): string {
  const { title, subtitle, ases, links, blocks } = scene.map;
  const { palette } = options;
  const legend = legendSigns(scene, palette, 0);
  const data: MapPageData = {
    width: scene.width,
    height: scene.height,
    ases: ases.map(({ asn, name, country, role, cone, exchange }, at) => {
      const mark = scene.marks[at];
      const box =
        mark === undefined
          ? null
          : ([mark.x, mark.y, mark.width, mark.height].map(Math.round) as [number, number, number, number]);
      const facts = exchange === undefined ? '' : `${exchange.city}, ${exchange.members} members`;
      return [asn, name, country, role, cone, box, facts];
    }),
    links: [
      ...links.map(({ from, to, relation }) => [from, to, relation] as const),
      ...blocks.flatMap(({ kind, host, members }) =>
        kind === 'peers' ? members.map((to) => [host, to, 'peer'] as const) : [],
      ),
    ],
  };
  return pageDocument({
    title: `${title}: internet map`,
    style: `${svgStyle(palette)}${pageStyle(palette, theme)}`,
    data,
    script: mapPageScript,
    body: `<header>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(subtitle)}</p>
<div id="finder"><input id="search" type="search" placeholder="Find a number or name ( / )" aria-label="Find an AS" autocomplete="off"><div id="hits" hidden></div></div>
<div><button id="zoom-out" title="Smaller ( - )">−</button> <button id="zoom-in" title="Larger ( + )">+</button> <button id="fit" title="The whole ( 0 )">Fit</button></div>
</header>
<main>
<svg id="map" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeXml(`${title}: ${subtitle}`)}"><defs>${svgMarkers(scene, palette)}</defs><g id="layer">${svgContent(scene, options)}</g></svg>
<aside id="side" hidden><button id="close" title="Close ( Esc )">✕</button><div id="side-body"></div></aside>
</main>
<footer><svg width="${Math.ceil(scene.width)}" height="${legend.height - 10}" viewBox="0 14 ${Math.ceil(scene.width)} ${legend.height - 10}">${legend.svg}</svg><p>${escapeXml(legendNotes(scene).join(' · '))}</p></footer>`,
  });
}

function pageStyle(palette: DrawOptions['palette'], theme: Theme): string {
  return [
    `:root{color-scheme:${theme}}*{box-sizing:border-box}html,body{height:100%;margin:0}`,
    `body{display:flex;flex-direction:column;background:${palette.background};color:${palette.ink};font:13px/1.45 ${fontStack}}`,
    `header{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;padding:8px 14px;border-bottom:1px solid ${palette.edge}}`,
    `h1{font-size:17px;margin:0}header p{margin:0;color:${palette.muted};flex:1 1 220px;font-size:12px}#finder{position:relative;flex:0 1 260px}#search{width:100%}`,
    `input,button{font:inherit;color:inherit;background:${palette.card};border:1px solid ${palette.edge};border-radius:6px;padding:4px 9px}button{cursor:pointer}`,
    `:focus-visible{outline:2px solid ${palette.upstream};outline-offset:1px}`,
    `#hits{position:absolute;z-index:3;left:0;right:0;top:110%;max-height:60vh;overflow:auto;background:${palette.card};border:1px solid ${palette.edge};border-radius:6px}`,
    `#hits a,#side a{display:block;padding:3px 9px;text-decoration:none;color:${palette.ink}}#hits a:hover,#hits a:focus,#side a:hover{background:${palette.band}}#hits p{margin:0;padding:3px 9px;color:${palette.muted}}`,
    `main{flex:1;display:flex;min-height:0;position:relative}#map{flex:1;min-width:0;touch-action:none;cursor:grab;user-select:none}`,
    `#side{width:330px;max-width:85vw;overflow:auto;border:0 solid ${palette.edge};border-left-width:1px;padding:6px 12px 20px;background:${palette.card}}[hidden]{display:none!important}#close{float:right}`,
    `h2{font-size:16px;margin:8px 0 2px}h3{font-size:11px;margin:14px 0 2px;color:${palette.muted};text-transform:uppercase}`,
    `footer{padding:4px 14px 7px;border-top:1px solid ${palette.edge};flex:none;overflow:hidden}footer svg{display:block}footer p{margin:0;color:${palette.muted};font-size:11px}`,
    narrowStyle,
    '.as{cursor:pointer}#map.marked .as:not(.near){opacity:.16}#map.marked .l:not(.near){stroke-opacity:.07}#map.marked .l.near{stroke-opacity:1;stroke-width:2.2}',
    '@media print{header,#side,footer{display:none}}',
  ].join('\n');
}
