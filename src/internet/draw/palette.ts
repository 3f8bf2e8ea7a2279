import { NetwrightError } from '#core';

const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Colours of a map. Text on its ground has a contrast of 4.5:1 and more. */
export interface Palette {
  readonly background: string;
  readonly band: string;
  readonly card: string;
  readonly edge: string;
  readonly ink: string;
  readonly muted: string;
  readonly upstream: string;
  readonly downstream: string;
  readonly exchange: string;
  /** What is in the middle or cannot be told. */
  readonly transit: string;
  readonly peer: string;
  /**
   * One a provider, the largest first. Blues are missing, they mean upstream. These and the roles above can all be told
   * apart by who sees no red, or no green: the test simulates both.
   */
  readonly providers: readonly string[];
}

const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    background: '#fbfcfd',
    band: '#f1f4f8',
    card: '#ffffff',
    edge: '#cfd8e3',
    ink: '#17202b',
    muted: '#56637a',
    upstream: '#428fdb',
    downstream: '#c3821d',
    exchange: '#7a3fa0',
    transit: '#7c8999',
    peer: '#8794a8',
    providers: ['#c3410d', '#12805c', '#9e2564', '#827c23', '#489b87', '#d06279', '#5e7a32', '#a65fc0'],
  },
  dark: {
    background: '#0f141b',
    band: '#161d27',
    card: '#1c2530',
    edge: '#364456',
    ink: '#edf2f8',
    muted: '#a3b0c2',
    upstream: '#249ff6',
    downstream: '#d99e38',
    exchange: '#b47dd3',
    transit: '#91a1b4',
    peer: '#7e8da2',
    providers: ['#ec7d4c', '#3dc79b', '#e26ca1', '#d6cf45', '#5bd3cb', '#ffa1a7', '#abd05a', '#cf9df0'],
  },
};

/** What a reader may colour as he likes. */
export interface MapColors {
  readonly background?: string;
  readonly upstream?: string;
  readonly downstream?: string;
  /** All providers alike, instead of a hue each. */
  readonly operator?: string;
  /** Whatever has no role of its own. */
  readonly node?: string;
}

/** @throws NetwrightError `NW_USAGE` for what is no colour. */
export function paletteOf(theme: Theme, colors: MapColors = {}): Palette {
  for (const [name, value] of Object.entries(colors)) {
    if (value !== undefined) checkColor(name, value);
  }
  const palette = palettes[theme];
  return {
    ...palette,
    background: colors.background ?? palette.background,
    band: bandOn(colors.background, palette),
    upstream: colors.upstream ?? palette.upstream,
    downstream: colors.downstream ?? palette.downstream,
    transit: colors.node ?? palette.transit,
    providers: colors.operator === undefined ? palette.providers : [colors.operator],
  };
}

/** Areas on a ground of the reader's own are a little of the ink in it; on a named colour the theme's. */
function bandOn(background: string | undefined, { band, ink }: Palette): string {
  const [ground, text] = [channelsOf(background ?? ''), channelsOf(ink)];
  if (ground === undefined || text === undefined) return band;
  const mixed = ground.map((value, at) => Math.round(value + (text[at]! - value) * 0.05));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue of `#rgb` and `#rrggbb`. */
export function channelsOf(color: string): readonly [number, number, number] | undefined {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color) ?? /^#([\da-f])([\da-f])([\da-f])$/i.exec(color);
  if (hex === null) return undefined;
  const [, ...parts] = hex;
  return parts.map((part) => Number.parseInt(part.length === 1 ? part + part : part, 16)) as [number, number, number];
}

function checkColor(name: string, value: string): void {
  if (/^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(value) || /^[a-z]{3,24}$/i.test(value)) return;
  throw new NetwrightError('NW_USAGE', `--${name}-color ${value}: expected #rgb, #rrggbb or a name such as teal`);
}

export const providerColor = (palette: Palette, hue: number): string =>
  palette.providers[hue % palette.providers.length]!;
