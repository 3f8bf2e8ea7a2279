import { escapeXml } from '#page';
import { type LabelPart, labelParts, nodeTitle } from './dot-text.ts';
import { legendOf } from './legend.ts';
import type { MapAs } from './map-model.ts';
import { type Palette, providerColor } from './palette.ts';
import type { Frame, Line, Mark, Scene } from './scene.ts';
import { fitText, fontStack, textWidth } from './text-width.ts';

export interface DrawOptions {
  readonly palette: Palette;
  /** Default: all. */
  readonly label?: readonly LabelPart[];
}

const margin = 28;
const short = new Intl.NumberFormat('en', { notation: 'compact' });
const headHeight = 78;

/** A scene as an SVG that needs nothing else: no script, no font of its own, no address. */
export function drawSvg(scene: Scene, options: DrawOptions): string {
  const { title, subtitle } = scene.map;
  const legend = legendOf(scene, options.palette);
  const height = Math.ceil(headHeight + scene.height + legend.height);
  const width = Math.ceil(scene.width);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(`${title}: ${subtitle}`)}">
<style>${svgStyle(options.palette)}</style>
<defs>${svgMarkers(scene, options.palette)}</defs>
<rect class="paper" width="${width}" height="${height}"/>
<text class="title" x="${margin}" y="40">${escapeXml(fitText(title, 24, width - 2 * margin, true))}</text>
<text class="sub" x="${margin}" y="60">${escapeXml(fitText(subtitle, 12, width - 2 * margin))}</text>
<g transform="translate(0 ${headHeight})">${svgContent(scene, options)}</g>
<g transform="translate(0 ${headHeight + Math.ceil(scene.height)})">${legend.svg}</g>
</svg>
`;
}

export function svgStyle(palette: Palette): string {
  return [
    `text{font-family:${fontStack};font-size:10px;fill:${palette.ink};white-space:pre}`,
    '.title{font-size:24px;font-weight:700}',
    `.sub{font-size:12px;fill:${palette.muted}}.note{fill:${palette.muted}}`,
    `.paper{fill:${palette.background}}.band{fill:${palette.band}}.ring{fill:none;stroke:${palette.edge}}`,
    `.cluster{fill:${palette.band};stroke:${palette.edge}}`,
    `.head{font-size:10px;font-weight:700;letter-spacing:.06em;fill:${palette.muted}}`,
    `.block{fill:${palette.card};stroke:${palette.edge}}.bh{font-size:11px;font-weight:700}`,
    `.card{fill:${palette.card};stroke-width:1.6}.asn{font-size:13px;font-weight:700}.cc{font-size:9px;font-weight:700;fill:${palette.muted}}`,
    `.halo{paint-order:stroke;stroke:${palette.background};stroke-width:3px;stroke-linejoin:round}`,
    `.over{paint-order:stroke;stroke:${palette.band};stroke-width:4px;stroke-linejoin:round}`,
    `.facts{font-size:9px;fill:${palette.muted}}.num{font-weight:700}`,
    '.l{fill:none;stroke-width:1.3;stroke-opacity:.62}.peer{stroke-dasharray:6 4}.unknown{stroke-dasharray:1 4;stroke-linecap:round}',
    '.member{stroke-width:1;stroke-opacity:.5;stroke-dasharray:2 2}.ixc{stroke-dasharray:3 2}',
    '.trunk{stroke-width:3;stroke-opacity:.5}',
  ].join('');
}

const colorOf = (palette: Palette, hue: number): string => (hue < 0 ? palette.upstream : providerColor(palette, hue));

export function roleColor(palette: Palette, { role, hue }: Pick<MapAs, 'role' | 'hue'>): string {
  if (role === 'provider') return providerColor(palette, hue);
  return palette[role];
}

/** Arrow heads in the colours of the lines that end in them. */
export function svgMarkers({ lines }: Scene, palette: Palette): string {
  const hues = new Set(lines.flatMap(({ kind, hue }) => (kind === 'customer' ? [hueClass(palette, hue)] : [])));
  return [...hues]
    .sort((a, b) => a - b)
    .map(
      (hue) =>
        `<marker id="a${hue}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path fill="${colorOf(palette, hue)}" d="M0 .8L8 4L0 7.2Z"/></marker>`,
    )
    .join('');
}

const hueClass = (palette: Palette, hue: number): number => (hue < 0 ? -1 : hue % palette.providers.length);

export function svgContent(scene: Scene, options: DrawOptions): string {
  const { palette } = options;
  return [
    ...scene.frames
      .filter(({ kind }) => kind !== 'block' && kind !== 'ground')
      .map((frame) => frameSvg(frame, palette)),
    ...scene.lines.map((line) => lineSvg(scene, line, palette)),
    // What an area is called stands over the lines that pass.
    ...scene.frames.map(headingSvg),
    ...scene.frames
      .filter(({ kind }) => kind === 'block' || kind === 'ground')
      .map((frame) => frameSvg(frame, palette)),
    ...scene.marks.map((mark, at) => (mark === undefined ? '' : markSvg(scene, mark, at, options))),
  ].join('\n');
}

function frameSvg({ kind, x, y, width, height, heading, more, hue }: Frame, palette: Palette): string {
  const box = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
  switch (kind) {
    case 'band':
      return `<rect class="band" ${box} rx="10"/>`;
    case 'ground':
      return `<rect class="band" ${box} rx="6"/>`;
    case 'ring':
      return `<ellipse class="ring" cx="${n(x + width / 2)}" cy="${n(y + height / 2)}" rx="${n(width / 2)}" ry="${n(height / 2)}"/>`;
    case 'cluster':
      return `<rect class="cluster" ${box} rx="14"/>`;
    case 'block': {
      const color = hue < 0 ? palette.muted : providerColor(palette, hue);
      const last =
        more === undefined
          ? ''
          : `<text class="note" x="${n(x + 10)}" y="${n(y + height - 9)}">${escapeXml(more)}</text>`;
      return `<rect class="block" ${box} rx="6"/><path d="M${n(x)} ${n(y + 6)}q0 -6 6 -6h${n(width - 12)}q6 0 6 6z" fill="${color}"/><text class="bh" x="${n(x + 9)}" y="${n(y + 20)}">${escapeXml(fitText(heading, 11, width - 18, true))}</text>${last}`;
    }
  }
}

function headingSvg({ kind, x, y, width, heading }: Frame): string {
  if (kind === 'band') return `<text class="head over" x="${n(x + 12)}" y="${n(y + 17)}">${escapeXml(heading)}</text>`;
  if (kind !== 'cluster') return '';
  return `<text class="bh over" x="${n(x + 10)}" y="${n(y + 17)}">${escapeXml(fitText(heading, 11, width - 20, true))}</text>`;
}

function lineSvg(scene: Scene, { link, path, hue, kind }: Line, palette: Palette): string {
  const ends = link < 0 ? undefined : scene.map.links[link]!;
  const data =
    ends === undefined
      ? ''
      : ` data-from="${scene.map.ases[ends.from]!.asn}" data-to="${scene.map.ases[ends.to]!.asn}"`;
  if (kind === 'customer') {
    return `<path class="l"${data} stroke="${colorOf(palette, hue)}" marker-end="url(#a${hueClass(palette, hue)})" d="${path}"/>`;
  }
  if (kind === 'trunk') return `<path class="l trunk" stroke="${colorOf(palette, hue)}" d="${path}"/>`;
  if (kind === 'sibling') {
    // Two lines: a wide one with the ground in its middle.
    return `<path class="l"${data} stroke="${palette.transit}" stroke-width="4" d="${path}"/><path class="l" stroke="${palette.background}" stroke-width="1.6" stroke-opacity="1" d="${path}"/>`;
  }
  const color = kind === 'member' ? palette.exchange : palette.peer;
  return `<path class="l ${kind}"${data} stroke="${color}" d="${path}"/>`;
}

function markSvg(scene: Scene, mark: Mark, at: number, options: DrawOptions): string {
  const as = scene.map.ases[at]!;
  const tip = `<title>${escapeXml(nodeTitle(as))}</title>`;
  const open = `<g class="as" data-asn="${as.asn}">`;
  if (mark.kind === 'card') {
    const card = as.exchange === undefined ? cardSvg(mark, as, at, scene, options) : exchangeSvg(mark, as, options);
    return `${open}${tip}${card}</g>`;
  }
  if (mark.kind === 'row') return `${open}${rowSvg(scene, mark, at, options)}</g>`;
  return `${open}${tip}${dotSvg(mark, as, options.palette)}</g>`;
}

/** An exchange is no AS: its name, where it is, who is there; dashes around it as its lines have. */
function exchangeSvg({ x, y, width, height }: Mark, as: MapAs, { palette }: DrawOptions): string {
  const scale = height / 52;
  const size = (px: number): string => ` style="font-size:${n(px * scale)}px"`;
  const { city, members, inside } = as.exchange!;
  const inner = width - 34 * scale;
  const [left, place] = [x + 26 * scale, [city, as.country].filter((part) => part !== '').join(', ')];
  return [
    `<rect class="card ixc" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(height / 2.4)}" stroke="${palette.exchange}"/>`,
    diamond(x + 14 * scale, y + height / 2, 5.5 * scale, palette.exchange),
    `<text class="asn"${size(11)} x="${n(left)}" y="${n(y + 18 * scale)}">${escapeXml(fitText(as.label, 11 * scale, inner, true))}</text>`,
    `<text${size(10)} x="${n(left)}" y="${n(y + 32 * scale)}">${escapeXml(fitText(place, 10 * scale, inner))}</text>`,
    `<text class="facts"${size(9)} x="${n(left)}" y="${n(y + 45 * scale)}">${escapeXml(fitText(`${short.format(members)} members, ${short.format(inside)} of these`, 9 * scale, inner))}</text>`,
  ].join('');
}

const diamond = (x: number, y: number, r: number, color: string, more = ''): string =>
  `<path d="M${n(x)} ${n(y - r)}L${n(x + r)} ${n(y)}L${n(x)} ${n(y + r)}L${n(x - r)} ${n(y)}Z" fill="${color}"${more}/>`;

function cardSvg(
  { x, y, width, height }: Mark,
  as: MapAs,
  at: number,
  { map }: Scene,
  { palette, label = labelParts }: DrawOptions,
): string {
  const scale = height / 52;
  const color = roleColor(palette, as);
  const size = (px: number): string => (scale === 1 ? '' : ` style="font-size:${n(px * scale)}px"`);
  const inner = width - 20 * scale;
  const parts = [
    `<rect class="card" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="7" stroke="${color}"/>`,
    `<path d="M${n(x)} ${n(y + 7)}q0 -7 7 -7v${n(height)}q-7 0 -7 -7z" fill="${color}"/>`,
  ];
  const left = n(x + 13 * scale);
  if (label.includes('asn'))
    parts.push(`<text class="asn"${size(13)} x="${left}" y="${n(y + 18 * scale)}">AS${as.asn}</text>`);
  if (label.includes('country') && as.country !== '') {
    parts.push(
      `<text class="cc"${size(9)} x="${n(x + width - 9 * scale)}" y="${n(y + 17 * scale)}" text-anchor="end">${escapeXml(as.country)}</text>`,
    );
  }
  if (label.includes('name')) {
    parts.push(
      `<text${size(10)} x="${left}" y="${n(y + 32 * scale)}">${escapeXml(fitText(as.label, 10 * scale, inner))}</text>`,
    );
  }
  const facts = [
    ...(as.customers > 0 ? [`${short.format(as.customers)} inside`] : []),
    `cone ${short.format(as.cone)}`,
    ...(as.waysOut > 0 ? [`${as.waysOut} up`] : []),
  ];
  const presences = exchangesOf(map).get(at) ?? 0;
  const mostFacts = inner - (presences > 0 ? 18 * scale : 0);
  parts.push(
    `<text class="facts"${size(9)} x="${left}" y="${n(y + 45 * scale)}">${escapeXml(wholeParts(facts, 9 * scale, mostFacts))}</text>`,
  );
  if (presences > 0) {
    const right = x + width - 9 * scale;
    const base = y + 45 * scale;
    const many = presences > 1 ? String(presences) : '';
    const wide = textWidth(many, 9 * scale);
    parts.push(diamond(right - wide - 4 * scale, base - 3 * scale, 3.6 * scale, palette.exchange));
    if (many !== '')
      parts.push(`<text class="facts"${size(9)} x="${n(right)}" y="${n(base)}" text-anchor="end">${many}</text>`);
  }
  return parts.join('');
}

/** As many parts as fit, none cut in the middle. */
function wholeParts(parts: readonly string[], size: number, most: number): string {
  const text = parts.join(' · ');
  if (parts.length < 2 || textWidth(text, size) <= most) return fitText(text, size, most);
  return wholeParts(parts.slice(0, -1), size, most);
}

/** Number, name, and one sign a further provider: in that provider's colour, blue for those outside. */
function rowSvg(
  { map, frames }: Scene,
  { x, y, width, height }: Mark,
  at: number,
  { palette, label = labelParts }: DrawOptions,
): string {
  const as = map.ases[at]!;
  const unit = height / 16;
  const size = 10 * unit;
  const base = n(y + height * 0.72);
  // Where no block says whose it is, its main provider has a sign too.
  const hasBlocks = frames.some(({ kind }) => kind === 'block');
  const others = (providersOf(map).get(at) ?? []).filter(
    (from) => map.ases[from]!.role !== 'transit' && map.ases[from]!.home < 0,
  );
  const signs = others
    .filter((from) => from !== as.home || !hasBlocks)
    .map((from) => roleColor(palette, map.ases[from]!));
  const beside = as.waysOut - others.filter((from) => map.ases[from]!.role === 'upstream').length;
  const shown = signs.slice(0, 5);
  const step = 8 * unit;
  const dots = shown
    .map(
      (color, place) =>
        `<circle cx="${n(x + width - 5 * unit - place * step)}" cy="${n(y + height / 2)}" r="${n(3 * unit)}" fill="${color}"/>`,
    )
    .join('');
  const rest = signs.length - shown.length + Math.max(0, beside);
  const restText = rest > 0 ? `+${rest}` : '';
  const isPresent = (exchangesOf(map).get(at) ?? 0) > 0;
  const presence = isPresent
    ? diamond(x + width - 5 * unit - shown.length * step, y + height / 2, 3.4 * unit, palette.exchange)
    : '';
  const taken = (shown.length + (isPresent ? 1 : 0)) * step;
  const restX = x + width - 2 - taken;
  const plus =
    restText === ''
      ? ''
      : `<text class="facts"${unit === 1 ? '' : ` style="font-size:${n(9 * unit)}px"`} x="${n(restX)}" y="${base}" text-anchor="end">${restText}</text>`;
  const number = label.includes('asn') ? `${as.asn}` : '';
  // Names of a block stand below one another; six digits are the usual.
  const numberWidth =
    number === '' ? 0 : Math.max(textWidth(`${number} `, size, true), textWidth('000000 ', size, true)) + 2;
  const room = width - 6 - taken - textWidth(restText, 9 * unit) - numberWidth - 4;
  const country = label.includes('country') && !as.isInside && as.country !== '' ? ` ${as.country}` : '';
  const name = label.includes('name')
    ? fitText(`${as.label}${country}`, size, Math.max(0, room), as.customers > 0)
    : '';
  const scale = size === 10 ? '' : ` style="font-size:${n(size)}px"`;
  return `<text class="num"${scale} x="${n(x + 3)}" y="${base}"${as.role === 'exchange' ? ` fill="${palette.exchange}" style="fill:${palette.exchange}"` : ''}>${number}</text>${name === '' ? '' : `<text${as.customers > 0 ? ' class="num"' : ''}${scale} x="${n(x + 3 + numberWidth)}" y="${base}">${escapeXml(name)}</text>`}${dots}${presence}${plus}`;
}

function dotSvg({ x, y, width, height, text }: Mark, as: MapAs, palette: Palette): string {
  const [cx, cy] = [x + width / 2, y + height / 2];
  const dot =
    as.exchange !== undefined
      ? diamond(cx, cy, width / 2, palette.exchange, ` stroke="${palette.background}"`)
      : `<circle cx="${n(x + width / 2)}" cy="${n(y + height / 2)}" r="${n(width / 2)}" fill="${roleColor(palette, as)}" stroke="${palette.background}"/>`;
  if (text === undefined) return dot;
  const turn = text.turn === 0 ? '' : ` transform="rotate(${n(text.turn)} ${n(text.x)} ${n(text.y)})"`;
  const anchor = text.anchor === 'start' ? '' : ` text-anchor="${text.anchor}"`;
  return `${dot}<text class="halo" style="font-size:${n(text.size)}px" x="${n(text.x)}" y="${n(text.y)}"${anchor}${turn}>${escapeXml(text.text)}</text>`;
}

const presenceLists = new WeakMap<object, Map<number, number>>();

/** By AS at how many exchanges of the map it is present. */
function exchangesOf(map: Scene['map']): Map<number, number> {
  const known = presenceLists.get(map);
  if (known !== undefined) return known;
  const counts = new Map<number, number>();
  for (const { to, relation } of map.links) if (relation === 'member') counts.set(to, (counts.get(to) ?? 0) + 1);
  presenceLists.set(map, counts);
  return counts;
}

const providerLists = new WeakMap<object, Map<number, number[]>>();

function providersOf(map: Scene['map']): Map<number, number[]> {
  const known = providerLists.get(map);
  if (known !== undefined) return known;
  const lists = new Map<number, number[]>();
  for (const { from, to, relation } of map.links) {
    if (relation === 'customer') lists.set(to, [...(lists.get(to) ?? []), from]);
  }
  providerLists.set(map, lists);
  return lists;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
