import { pageDocument } from '#page';
import { fontStack } from '../draw/text-width.ts';
import { alongCurve, type HilbertKind, type HilbertSource, hilbertPlace, hilbertSide, originCells } from './hilbert.ts';
import { hilbertPageScript } from './hilbert-page/page-script.generated.ts';
import { type InkText, inkLabels } from './ink-labels.ts';
import { encodePng } from './png-encoder.ts';
import { inkIndex, inkLevels, type PlanetTheme, planetColors, type Rgb } from './tone.ts';

export interface HilbertOptions {
  /** Default: `country`. */
  readonly by?: HilbertKind;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  readonly credit?: string;
}

/** Colours below {@link inkIndex}: 0 for what nobody originates. */
const hueCount = 180;
const head = 96;

/** The IPv4 space on a Hilbert curve, coloured by who originates each /22 or by the country it is registered in. */
export async function drawHilbertPng(source: HilbertSource, options: HilbertOptions = {}): Promise<Buffer> {
  return await drawCells(originCells(source), source, options);
}

async function drawCells(
  owners: Uint32Array,
  source: HilbertSource,
  { by = 'country', theme = 'dark', credit }: HilbertOptions,
): Promise<Buffer> {
  const colorOf = colorsOf(source, by);
  const values = new Uint8Array(owners.length);
  for (let at = 0; at < owners.length; at += 1) values[at] = owners[at] === 0 ? 0 : colorOf(owners[at]!);
  const map = await alongCurve(values);
  const height = hilbertSide + head;
  const square = new Uint8Array(hilbertSide * height);
  square.set(map, hilbertSide * head);
  const used = owners.reduce((sum, owner) => sum + (owner === 0 ? 0 : 1), 0);
  const day = source.timeMs > 0 ? `${new Date(source.timeMs).toISOString().slice(0, 10)} · ` : '';
  const facts = `${day}one pixel a /22, ${((used / owners.length) * 100).toFixed(1)} % originated · coloured by ${by === 'as' ? 'origin AS' : 'country of the origin AS'}${credit === undefined ? '' : ` · ${credit}`}`;
  const texts: InkText[] = [
    { text: 'The IPv4 space', x: 24, y: 34, size: 34, anchor: 'start' },
    { text: facts, x: 24, y: 72, size: 20, anchor: 'start' },
    ...Array.from({ length: 256 }, (_, block): InkText => {
      const [x, y] = hilbertPlace(block, 4);
      return { text: String(block), x: (x + 0.5) * 128, y: head + (y + 0.5) * 128, size: 20, anchor: 'middle' };
    }),
  ];
  (await inkLabels(texts))(square, hilbertSide, height);
  return await encodePng({ width: hilbertSide, height, pixels: square, palette: paletteOf(theme) }, 6);
}

/** 1 to {@link hueCount} by AS or by country; the same for the same number on every day. */
function colorsOf({ registry }: HilbertSource, by: HilbertKind): (asn: number) => number {
  const known = new Map<number, number>();
  return (asn) => {
    const cached = known.get(asn);
    if (cached !== undefined) return cached;
    const country = registry.country(asn) ?? '';
    const key = by === 'as' ? asn : country === '' ? -1 : country.charCodeAt(0) * 31 + country.charCodeAt(1) * 17;
    const color = key < 0 ? hueCount + 1 : 1 + ((Math.imul(key, 2_654_435_761) >>> 8) % hueCount);
    known.set(asn, color);
    return color;
  };
}

function paletteOf(theme: PlanetTheme): Uint8Array {
  const { ground, ink } = planetColors[theme];
  const palette = new Uint8Array(768);
  palette.set(ground, 0);
  for (let at = 0; at < hueCount; at += 1) {
    // Hues around the circle, in four strengths.
    const light = theme === 'dark' ? 0.36 + (at % 4) * 0.08 : 0.52 + (at % 4) * 0.08;
    palette.set(fromHsl((at * 360 * 0.618034) % 360, 0.46, light), (at + 1) * 3);
  }
  palette.set(theme === 'dark' ? [72, 78, 88] : [176, 184, 194], (hueCount + 1) * 3);
  for (let at = 0; at < inkLevels; at += 1) {
    const share = (at + 1) / inkLevels;
    palette.set(
      [0, 1, 2].map((channel) => ground[channel]! + (ink[channel]! - ground[channel]!) * share),
      (inkIndex + at) * 3,
    );
  }
  return palette;
}

function fromHsl(hue: number, saturation: number, light: number): Rgb {
  const strength = saturation * Math.min(light, 1 - light);
  const channel = (shift: number): number => {
    const place = (shift + hue / 30) % 12;
    return Math.round(255 * (light - strength * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** A page with the picture in it that says what is below the pointer: the /16, and who originates most of it. */
export async function drawHilbertHtml(source: HilbertSource, options: HilbertOptions = {}): Promise<string> {
  const owners = originCells(source);
  const png = await drawCells(owners, source, options);
  const { registry } = source;
  const places = new Map<number, number>();
  const names: string[] = [];
  const blocks: number[] = [];
  const perBlock = owners.length / 65_536;
  for (let block = 0; block < 65_536; block += 1) {
    const counts = new Map<number, number>();
    for (const owner of owners.subarray(block * perBlock, (block + 1) * perBlock)) {
      if (owner !== 0) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (best === undefined) blocks.push(-1);
    else {
      let place = places.get(best[0]);
      if (place === undefined) {
        place = names.length;
        places.set(best[0], place);
        names.push(
          `AS${best[0]} ${registry.name(best[0]) ?? ''} ${registry.country(best[0]) ?? ''}`.trim().slice(0, 70),
        );
      }
      blocks.push(place);
    }
  }
  const { ground, ink } = planetColors[options.theme ?? 'dark'];
  const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
  return pageDocument({
    title: 'The IPv4 space',
    style: `body{margin:0;background:${css(ground)};color:${css(ink)};font:14px ${fontStack}}img{display:block;width:min(100vw,94vh);margin:auto}#tip{position:fixed;left:12px;bottom:8px;margin:0;padding:3px 9px;border-radius:6px;background:${css(ground)}}`,
    script: hilbertPageScript,
    data: { head, side: hilbertSide, names, blocks },
    policy: { images: ['data'] },
    body: `<img id="map" alt="The IPv4 space on a Hilbert curve" src="data:image/png;base64,${png.toString('base64')}">
<p id="tip">Point at a block.</p>`,
  });
}
