import { narrowStyle, pageDocument, pagePolicy } from '#page';
import { fontStack } from '../draw/text-width.ts';
import { type PlanetLayout, planetLayouts } from './layout-planet.ts';
import { planetPageScript } from './page/page-script.generated.ts';
import { type PlanetTheme, planetColors, type Rgb } from './tone.ts';

const rights = { images: ['self', 'data'], isServed: true } as const;

/** What the page may do: run its own script, load its own pictures and data, nothing else. */
export const planetPolicy = pagePolicy(planetPageScript, rights);

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** Of what is selected: providers above, customers below, peers. */
export const selectionColors = {
  dark: { provider: '#58a9ee', customer: '#ffb45a', peer: '#9aa6b8' },
  light: { provider: '#0b6bb5', customer: '#b4500a', peer: '#6b7890' },
} as const;

export interface PlanetPageOptions {
  readonly theme: PlanetTheme;
  /** The one that is seen first. Default: the first there is. */
  readonly layout?: PlanetLayout;
  /** All that the page shows, as elements that its script reads. Default: nothing, it asks its server. */
  readonly embedded?: string;
}

/**
 * The page of the planet. Every address in it is relative, so it can stand below any path; with its data in it, it is a file
 * that asks nobody.
 */
export function planetPage({ theme, layout, embedded }: PlanetPageOptions): string {
  const options = planetLayouts.map((one) => `<option${one === layout ? ' selected' : ''}>${one}</option>`).join('');
  return pageDocument({
    title: 'The internet',
    style: pageStyle(theme),
    script: planetPageScript,
    policy: embedded === undefined ? rights : { images: ['data'] },
    body: `<header>
<h1 id="title">The internet</h1><p id="subtitle"></p>
<button id="newer" hidden>There is a newer graph: show it</button>
<div id="finder"><input id="search" type="search" placeholder="Find a number or name ( / )" aria-label="Find an AS" autocomplete="off"><div id="hits" hidden></div></div>
<select id="layout" aria-label="Layout">${options}</select>
<div><button id="zoom-out" title="Smaller ( - )">−</button> <button id="zoom-in" title="Larger ( + )">+</button> <button id="fit" title="The whole ( 0 )">Fit</button></div>
</header>
<main>
<canvas id="edges"></canvas><canvas id="dots"></canvas><canvas id="top" aria-label="Map of the internet"></canvas>
<p id="busy" role="status">Reading the graph …</p>
<aside id="side" hidden><button id="close" title="Close ( Esc )">✕</button><div id="side-body"></div></aside>
<p id="tip" hidden></p>
</main>
<footer>${legend(theme)}</footer>${embedded ?? ''}`,
  });
}

function legend(theme: PlanetTheme): string {
  const { transit, peer, points } = planetColors[theme];
  const strip = (colors: readonly Rgb[]): string =>
    `<i class="ramp" style="background:linear-gradient(90deg,${colors.map(css).join(',')})"></i>`;
  const dots = points.slice(0, -1).map((color) => `<i class="dot" style="background:${css(color)}"></i>`);
  const { provider, customer } = selectionColors[theme];
  return [
    `<span>${strip(transit.slice(1))} transit is sold, few to many links</span>`,
    `<span>${strip([transit[0]!, peer])} networks peer</span>`,
    `<span>dots: 180° W ${dots.join('')} 180° E, longitude of the country; <i class="dot" style="background:${css(points.at(-1)!)}"></i> unknown; larger with the customer cone</span>`,
    `<span>of what is selected: <b style="color:${provider}">providers</b>, <b style="color:${customer}">customers</b>, peers</span>`,
  ].join('');
}

function pageStyle(theme: PlanetTheme): string {
  const { ground, ink } = planetColors[theme];
  const [card, edge, muted] = theme === 'dark' ? ['#161d27', '#364456', '#a3b0c2'] : ['#ffffff', '#cfd8e3', '#56637a'];
  const { provider, customer, peer } = selectionColors[theme];
  return [
    `:root{color-scheme:${theme}}*{box-sizing:border-box}html,body{height:100%;margin:0;overflow:hidden}`,
    `body{display:flex;flex-direction:column;background:${css(ground)};color:${css(ink)};font:13px/1.45 ${fontStack}}`,
    `header{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;padding:7px 14px;border-bottom:1px solid ${edge};background:${card};position:relative;z-index:3}`,
    `h1{font-size:17px;margin:0}header p{margin:0;flex:1 1 260px;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:12px;color:${muted}}#finder{position:relative;flex:0 1 260px}#search{width:100%}`,
    'main{flex:1;position:relative;min-height:0;overflow:hidden}canvas{position:absolute;inset:0;width:100%;height:100%}#top{touch-action:none;cursor:grab}#edges,#dots{pointer-events:none}',
    `input,button,select{font:inherit;color:inherit;background:${card};border:1px solid ${edge};border-radius:6px;padding:4px 9px}button{cursor:pointer}#newer{border-color:${customer}}`,
    `:focus-visible{outline:2px solid ${provider};outline-offset:1px}[hidden]{display:none!important}`,
    `#hits{position:absolute;z-index:4;right:0;top:110%;width:340px;max-width:85vw;max-height:60vh;overflow:auto;background:${card};border:1px solid ${edge};border-radius:6px}`,
    `#hits a,#hits p,#side a{display:block;margin:0;padding:3px 9px;text-decoration:none;color:inherit;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}#side a{white-space:normal;overflow-wrap:anywhere}#hits p{color:${muted}}#hits a:hover,#hits a:focus,#side a:hover{background:${provider}33}`,
    `#side{position:absolute;z-index:2;right:12px;top:12px;bottom:12px;width:300px;max-width:85vw;overflow:auto;background:${card};border:1px solid ${edge};border-radius:8px;padding:6px 12px 14px}#close{float:right}`,
    `h2{font-size:16px;margin:8px 0 2px}h3{font-size:11px;margin:14px 0 2px;text-transform:uppercase}.provider{color:${provider}}.customer{color:${customer}}.peer{color:${peer}}`,
    `#tip,#busy{position:absolute;z-index:2;margin:0;padding:3px 10px;border-radius:6px;background:${card};border:1px solid ${edge};pointer-events:none}#tip{left:12px;bottom:10px;max-width:90%}#busy{left:50%;top:40%;transform:translateX(-50%);font-size:15px;padding:8px 18px}`,
    `footer{display:flex;flex-wrap:wrap;gap:2px 22px;padding:5px 14px;border-top:1px solid ${edge};background:${card};font-size:11px;color:${muted}}.ramp{display:inline-block;width:54px;height:9px;border-radius:3px;vertical-align:-1px;margin-right:3px}.dot{display:inline-block;width:9px;height:9px;border-radius:50%;vertical-align:-1px}`,
    narrowStyle,
    `@media(max-width:700px){#side{left:0;right:0;top:52%;bottom:0;border-color:${edge};border-radius:8px 8px 0 0}footer>span{flex:none}}`,
  ].join('\n');
}
