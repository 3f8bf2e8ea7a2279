import type { lldpCapabilities } from '../model/neighbors.ts';

const letters: Readonly<Record<string, (typeof lldpCapabilities)[number]>> = {
  O: 'other',
  P: 'repeater',
  B: 'bridge',
  W: 'wlan-access-point',
  R: 'router',
  T: 'telephone',
  C: 'docsis-cable-device',
  S: 'station',
};

/** `B, R` as `['bridge', 'router']`; letters that IEEE 802.1AB does not have are left out. */
export const lldpLetters = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((letter) => letters[letter])
    .filter((name) => name !== undefined);
