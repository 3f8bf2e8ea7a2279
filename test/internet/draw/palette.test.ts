import { describe, expect, it } from 'vitest';
import { type Palette, paletteOf } from '../../../src/internet/draw/palette.ts';
import { hilbertPalette, legendCount } from '../../../src/internet/planet/hilbert-colors.ts';
import { planetColors, type Rgb } from '../../../src/internet/planet/tone.ts';
import { apart, contrast, eyes } from './seen-colors.ts';

const rolesOf = ({ upstream, downstream, exchange, transit, providers }: Palette): Record<string, string> => ({
  upstream,
  downstream,
  exchange,
  transit,
  ...Object.fromEntries(providers.map((color, at) => [`provider ${at + 1}`, color])),
});

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  const palette = paletteOf(theme);
  const colors = Object.entries(rolesOf(palette));

  it.each(Object.keys(eyes) as (keyof typeof eyes)[])('tell every role and provider apart (%s)', (eye) => {
    for (const [at, [one, color]] of colors.entries()) {
      for (const [other, beside] of colors.slice(at + 1)) {
        // Five times what an eye just notices.
        expect(apart(color, beside, eye), `${one} ${color} and ${other} ${beside}`).toBeGreaterThan(10.5);
      }
    }
  });

  it('stand out from the ground, and texts can be read on it', () => {
    for (const [role, color] of colors) expect(contrast(color, palette.card), role).toBeGreaterThanOrEqual(3);
    for (const ground of [palette.background, palette.band, palette.card]) {
      expect(contrast(palette.ink, ground)).toBeGreaterThanOrEqual(7);
      expect(contrast(palette.muted, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  const hex = (color: Rgb): string => `#${color.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
  const parts = planetColors[theme].points.map(hex);

  it.each(Object.keys(eyes) as (keyof typeof eyes)[])('tell the parts of the earth apart (%s)', (eye) => {
    for (const [at, one] of parts.entries()) {
      for (const other of parts.slice(at + 1)) expect(apart(one, other, eye), `${one} ${other}`).toBeGreaterThan(15);
    }
  });

  it('show dots of the planet on its ground', () => {
    for (const color of parts) expect(contrast(color, hex(planetColors[theme].ground))).toBeGreaterThanOrEqual(3);
  });

  const space = hilbertPalette(theme);
  const entry = (at: number): string => hex([space[3 * at]!, space[3 * at + 1]!, space[3 * at + 2]!]);
  const holders = Array.from({ length: legendCount }, (_, at) => entry(1 + at));

  it('show the largest holders of the address space on its ground', () => {
    for (const color of holders) {
      // On dark ground the weakest is the plum of the 21st.
      expect(contrast(color, entry(0)), color).toBeGreaterThanOrEqual(theme === 'light' ? 3 : 2.9);
    }
  });

  // Only on light ground was lightness chosen with the ink in mind.
  it.runIf(theme === 'light')('let names be read on the colours of the largest holders', () => {
    const ink = hex(planetColors.light.ink);
    for (const color of holders) expect(contrast(color, ink), color).toBeGreaterThanOrEqual(2.4);
  });

  it.each(Object.keys(eyes) as (keyof typeof eyes)[])('tell the largest holders apart (%s)', (eye) => {
    for (const [at, one] of holders.entries()) {
      for (const other of holders.slice(at + 1)) {
        const least = eye === 'usual' ? 12 : theme === 'light' ? 7 : 3;
        expect(apart(one, other, eye), `${one} ${other}`).toBeGreaterThan(least);
      }
    }
  });
});
