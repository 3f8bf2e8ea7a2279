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
   * One a provider, the largest first. Blues are missing, they mean upstream; neighbours in the list differ in
   * lightness too, so that they can be told apart without red and green.
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
    upstream: '#0b6bb5',
    downstream: '#b9791f',
    exchange: '#7a3fa0',
    transit: '#7d8897',
    peer: '#8794a8',
    providers: ['#c2410c', '#12805c', '#9d2463', '#8a8413', '#2f9a94', '#d0637a', '#5d7a1f', '#a65fc0', '#7b5234'],
  },
  dark: {
    background: '#0f141b',
    band: '#161d27',
    card: '#1c2530',
    edge: '#364456',
    ink: '#edf2f8',
    muted: '#a3b0c2',
    upstream: '#58a9ee',
    downstream: '#e0a64b',
    exchange: '#c08ae6',
    transit: '#95a1b1',
    peer: '#7e8da2',
    providers: ['#ff8a50', '#3fc79a', '#ee7ab0', '#d6cf45', '#58d0c8', '#f59aac', '#a9ce58', '#cf9df0', '#c79a76'],
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
    upstream: colors.upstream ?? palette.upstream,
    downstream: colors.downstream ?? palette.downstream,
    transit: colors.node ?? palette.transit,
    providers: colors.operator === undefined ? palette.providers : [colors.operator],
  };
}

function checkColor(name: string, value: string): void {
  if (/^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(value) || /^[a-z]{3,24}$/i.test(value)) return;
  throw new NetwrightError('NW_USAGE', `--${name}-color ${value}: expected #rgb, #rrggbb or a name such as teal`);
}

export const providerColor = (palette: Palette, hue: number): string =>
  palette.providers[hue % palette.providers.length]!;
