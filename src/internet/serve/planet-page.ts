import { createHash } from 'node:crypto';
import { fontStack } from '../draw/text-width.ts';
import { planetLayouts } from '../planet/layout-planet.ts';
import { planetPageScript } from '../planet/page/page-script.generated.ts';
import { type PlanetTheme, planetColors, type Rgb } from '../planet/tone.ts';

const hash = createHash('sha256').update(planetPageScript).digest('base64');

/** What the page may do: run its own script, load its own pictures and data, nothing else. */
export const planetPolicy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** The page of the planet: every address in it is relative, so it can stand below any path. */
export function planetPage(theme: PlanetTheme): string {
  const { ground, ink } = planetColors[theme];
  const [card, edge, muted] = theme === 'dark' ? ['#161d27', '#364456', '#a3b0c2'] : ['#ffffff', '#cfd8e3', '#56637a'];
  const style = [
    `:root{color-scheme:${theme}}*{box-sizing:border-box}html,body{height:100%;margin:0;overflow:hidden}`,
    `body{background:${css(ground)};color:${css(ink)};font:13px/1.45 ${fontStack}}`,
    'main,canvas{position:absolute;inset:0;width:100%;height:100%}#top{touch-action:none;cursor:grab}#edges,#dots{pointer-events:none}',
    `header{position:absolute;z-index:2;left:8px;top:8px;padding:3px 9px 5px;border-radius:8px;background:${card}cc;pointer-events:none}`,
    'h1{font-size:19px;margin:0}header p{margin:0;font-size:12px}',
    `nav{position:absolute;z-index:3;right:14px;top:12px;display:flex;gap:8px}#finder{position:relative}`,
    `input,button,select{font:inherit;color:inherit;background:${card};border:1px solid ${edge};border-radius:6px;padding:4px 9px}button{cursor:pointer}`,
    ':focus-visible{outline:2px solid #58a9ee;outline-offset:1px}[hidden]{display:none!important}',
    `#hits{position:absolute;right:0;top:110%;width:340px;max-height:60vh;overflow:auto;background:${card};border:1px solid ${edge};border-radius:6px}`,
    '#hits a,#side a{display:block;padding:3px 9px;text-decoration:none;color:inherit;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}#hits a:hover,#side a:hover{background:#58a9ee33}',
    `#side{position:absolute;z-index:2;right:14px;top:54px;bottom:34px;width:300px;overflow:auto;background:${card};border:1px solid ${edge};border-radius:8px;padding:6px 12px 14px}#close{float:right}`,
    `h2{font-size:16px;margin:8px 0 2px}h3{font-size:11px;margin:14px 0 2px;color:${muted};text-transform:uppercase}`,
    `#tip,#credit{position:absolute;z-index:2;bottom:8px;font-size:12px;pointer-events:none}#tip{left:14px}#credit{right:14px;color:${muted}}`,
  ].join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The internet</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main><canvas id="edges"></canvas><canvas id="dots"></canvas><canvas id="top" aria-label="Map of the internet"></canvas></main>
<header><h1 id="title">The internet</h1><p id="subtitle"></p></header>
<nav><div id="finder"><input id="search" type="search" placeholder="Find a number or name ( / )" aria-label="Find an AS" autocomplete="off"><div id="hits" hidden></div></div>
<select id="layout" aria-label="Layout">${planetLayouts.map((layout) => `<option>${layout}</option>`).join('')}</select><button id="fit" title="The whole ( 0 )">Fit</button></nav>
<aside id="side" hidden><button id="close" title="Close ( Esc )">✕</button><div id="side-body"></div></aside>
<p id="tip"></p>
<script>${planetPageScript}</script>
</body>
</html>
`;
}
