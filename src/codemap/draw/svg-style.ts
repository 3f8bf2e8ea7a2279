import { fontStack, type Palette } from './colors.ts';

/** The style sheet of a drawing. `color` gives a colour by its name: a value, or a variable of a page. */
export function svgStyle(color: (name: keyof Palette) => string): string {
  return [
    `text{font-family:${fontStack};font-size:12px;fill:${color('ink')};white-space:pre}`,
    `.title{font-size:14px;font-weight:700}.caption,.note,.folder{font-size:10px;fill:${color('muted')}}`,
    `.member{font-size:11px}.override{font-weight:700}.lost{fill:${color('muted')}}.heading{font-size:20px;font-weight:700}.sub{font-size:12px;fill:${color('muted')}}`,
    '.abstract{font-style:italic}',
    `.interface{fill:${color('interfaceInk')}}.runtime{fill:${color('runtimeInk')}}.outside{fill:${color('muted')};font-style:italic}`,
    `.paper{fill:${color('paper')}}`,
    `.box{fill:${color('packFill')};stroke:${color('packEdge')}}`,
    `.b-class .box{fill:${color('classFill')};stroke:${color('classEdge')}}`,
    `.b-interface .box{fill:${color('interfaceFill')};stroke:${color('interfaceEdge')}}`,
    `.b-outside .box{fill:none;stroke:${color('outsideEdge')};stroke-dasharray:4 3}`,
    `.b-runtime .box{fill:${color('runtimeFill')};stroke:${color('runtimeEdge')};stroke-dasharray:6 3}`,
    `.b-factory .box{fill:${color('packFill')};stroke:${color('made')}}`,
    `.b-floor .box{fill:${color('floor')};stroke:none}`,
    `.rule{stroke:${color('packEdge')}}.tree{fill:none;stroke:${color('line')};stroke-width:1}`,
    `.dot{fill:${color('made')}}.pill{fill:none;stroke:${color('runtimeEdge')};stroke-dasharray:4 2}`,
    `.line{fill:none;stroke:${color('line')};stroke-width:1.3}`,
    `.l-implements{stroke:${color('interfaceEdge')};stroke-dasharray:6 4}`,
    `.l-composes,.l-aggregates{stroke:${color('holds')}}.l-aggregates{stroke-dasharray:2 3}`,
    `.l-switches,.l-makes{stroke:${color('runtimeEdge')};stroke-dasharray:6 3}`,
    `.l-deferred{stroke-dasharray:3 4}.l-cyclic{stroke:${color('cyclic')};stroke-width:2}`,
    `.a-hollow{fill:${color('paper')};stroke:${color('line')}}.a-implements{fill:${color('paper')};stroke:${color('interfaceEdge')}}`,
    `.a-holds{fill:${color('holds')};stroke:${color('holds')}}.a-given{fill:${color('paper')};stroke:${color('holds')}}`,
    `.a-plain{fill:${color('line')}}.a-switch{fill:${color('runtimeEdge')}}.a-cyclic{fill:${color('cyclic')}}`,
  ].join('\n');
}

/** Arrow heads, one a kind of line. */
export const svgMarkers = [
  marker('hollow', 'M1 1L11 6L1 11Z', 'a-hollow', 11),
  marker('implements', 'M1 1L11 6L1 11Z', 'a-implements', 11),
  marker('holds', 'M1 6L7 2L13 6L7 10Z', 'a-holds', 1),
  marker('given', 'M1 6L7 2L13 6L7 10Z', 'a-given', 1),
  marker('plain', 'M2 2L11 6L2 10Z', 'a-plain', 11),
  marker('switch', 'M2 2L11 6L2 10Z', 'a-switch', 11),
  marker('cyclic', 'M2 2L11 6L2 10Z', 'a-cyclic', 11),
].join('');

function marker(id: string, path: string, style: string, refX: number): string {
  return `<marker id="m-${id}" viewBox="0 0 14 12" refX="${refX}" refY="6" markerWidth="11" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="${style}" d="${path}"/></marker>`;
}
