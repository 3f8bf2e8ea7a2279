import { narrowStyle } from '#page';
import { fontStack, type Palette, palettes, themes } from './colors.ts';
import { svgStyle } from './svg-style.ts';

const variable = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `${variable(name)}:${value}`)
    .join(';');

/** The style of a page: both themes, that of the system unless the reader or `--dark` chose another. */
export const pageStyle = [
  `:root{color-scheme:light;${variables(palettes.light)}}`,
  `@media(prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;${variables(palettes.dark)}}}`,
  ...themes.map((theme) => `:root[data-theme=${theme}]{color-scheme:${theme};${variables(palettes[theme])}}`),
  svgStyle((name) => `var(${variable(name)})`),
  `*{box-sizing:border-box}html,body{height:100%;margin:0}`,
  `body{display:flex;flex-direction:column;background:var(--paper);color:var(--ink);font:13px/1.45 ${fontStack}}`,
  `header{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;padding:8px 14px;border-bottom:1px solid var(--pack-edge)}`,
  `h1{font-size:17px;margin:0}header p{margin:0;color:var(--muted);flex:1 1 220px;font-size:12px}`,
  `#finder{position:relative;flex:0 1 260px}#search{width:100%}`,
  `input,button{font:inherit;color:inherit;background:var(--pack-fill);border:1px solid var(--pack-edge);border-radius:6px;padding:4px 9px}`,
  `button{cursor:pointer}button:hover{border-color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:1px}`,
  `#hits{position:absolute;z-index:3;left:0;right:0;top:110%;max-height:60vh;overflow:auto;background:var(--pack-fill);border:1px solid var(--pack-edge);border-radius:6px;box-shadow:0 6px 24px #0003}`,
  `#hits a{display:flex;justify-content:space-between;gap:10px;padding:5px 9px;text-decoration:none;color:var(--ink)}#hits a:hover,#hits a:focus{background:var(--class-fill)}#hits a,#hits p{overflow-wrap:anywhere}#hits p{margin:0;padding:5px 9px;color:var(--muted)}`,
  `main{flex:1;display:flex;min-height:0}#map{flex:1;min-width:0;touch-action:none;cursor:grab;user-select:none}`,
  `#side{width:380px;max-width:85vw;overflow:auto;border:0 solid var(--pack-edge);border-left-width:1px;padding:4px 16px 24px;background:var(--pack-fill)}`,
  `[hidden]{display:none!important}#close{float:right;margin-top:10px}`,
  `h2{font-size:17px;margin:12px 0 2px;overflow-wrap:anywhere}h3{font-size:12px;margin:18px 0 4px;color:var(--muted)}.what{color:var(--muted);margin:0 0 8px;overflow-wrap:anywhere}`,
  `table{border-collapse:collapse;width:100%}td{padding:2px 6px 2px 0;vertical-align:top;overflow-wrap:anywhere;border-top:1px solid var(--floor)}td:last-child{text-align:right;white-space:nowrap}`,
  `ol,ul{margin:0;padding-left:20px}a{color:var(--accent)}small{display:block;color:var(--muted)}.place{font-size:11px;color:var(--muted)}`,
  `td.override{font-weight:600}td.override small{font-weight:400}summary{cursor:pointer;margin-top:6px}`,
  `footer{padding:6px 14px;border-top:1px solid var(--pack-edge);display:flex;flex-wrap:wrap;gap:2px 18px;align-items:center;color:var(--muted);font-size:11px}`,
  `footer svg{max-width:100%;flex:0 1 auto}`,
  `#map .row{cursor:pointer}#map .row:hover text,#map .b-class:hover .title{fill:var(--accent)}`,
  `#map.marked .b:not(.near),#map.marked .line:not(.near){opacity:.22}`,
  `#map.marked .row:not(.kin) text,#map.marked .row:not(.kin) .dot{opacity:.35}`,
  `#map.marked .near.line{stroke-width:2.2}#map .chosen text{fill:var(--accent);font-weight:700}#map .b.chosen .box{stroke:var(--accent);stroke-width:2.5}`,
  narrowStyle,
  `@media print{header,#side,footer{display:none}}`,
].join('\n');
