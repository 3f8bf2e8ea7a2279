import type { Wire } from './cabling.ts';

/**
 * What is particular about one simulated device, drawn from its seed on request: nothing is stored, so that ten
 * thousand devices cost no memory. The same seed and key always give the same value.
 */
export interface Facts {
  readonly host: string;
  readonly site: string;
  readonly user: string;
  readonly password: string;
  readonly enable: string;
  readonly seed: number;
  /** An integer in [0, below). */
  readonly number: (key: number, below: number) => number;
  readonly pick: <T>(key: number, from: readonly T[]) => T;
  /** `10.x.y.z`, never a network or broadcast address of its /24. */
  readonly ip: (key: number) => string;
  readonly hex: (key: number, digits: number) => string;
  /** Letters and digits, as in keys and community names. */
  readonly token: (key: number, length: number) => string;
  /** What people write behind `description`; some of it Arabic, French, Chinese. */
  readonly description: (key: number) => string;
  readonly asn: number;
  /** What its ports are plugged into. */
  readonly wires: readonly Wire[];
}

const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const wordings = [
  'uplink to core',
  'customer 4471 Delta Textiles',
  'printer room 2.14',
  'camera north gate',
  'وصلة القاهرة الرئيسية',
  'access point lobby',
  'transit NileNet 10G',
  'liaison vers Tunis, étage 3',
  'server rack B7 U12',
  '到亚历山大的链路',
  'backup path, do not touch',
  'voice gateway',
  'spare',
  'مكتب الجيزة الدور الثاني',
] as const;

/** 32 mixed bits of a seed and a key (the finaliser of murmur3). */
export function mix(seed: number, key: number): number {
  let value = Math.imul(seed ^ Math.imul(key + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

export interface FactsSource {
  readonly host: string;
  readonly site: string;
  readonly user: string;
  readonly password: string;
  readonly enable: string;
  readonly seed: number;
  readonly wires?: readonly Wire[];
}

/** The number of the autonomous system of a device, by its seed: its neighbours know it too. */
export const asnOf = (seed: number): number => 64_512 + (mix(seed, 77) % 1_000);

/** An address that a device draws from its seed: with the key 0 that of its loopback. */
export function addressOf(seed: number, key: number): string {
  const value = mix(seed, key ^ 0x1b873593);
  return `10.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${1 + ((value & 255) % 253)}`;
}

export function factsOf(source: FactsSource): Facts {
  const { seed } = source;
  const number = (key: number, below: number): number => mix(seed, key) % below;
  return {
    ...source,
    number,
    pick: (key, from) => from[number(key, from.length)]!,
    ip: (key) => addressOf(seed, key),
    hex: (key, digits) =>
      mix(seed, key ^ 0x5bd1e995)
        .toString(16)
        .padStart(8, '0')
        .repeat(Math.ceil(digits / 8))
        .slice(0, digits),
    token(key, length) {
      let text = '';
      for (let at = 0; at < length; at += 1) text += alphabet[mix(seed, key * 131 + at) % alphabet.length];
      return text;
    },
    description: (key) => wordings[number(key ^ 0x27d4eb2f, wordings.length)]!,
    asn: asnOf(seed),
    wires: source.wires ?? [],
  };
}
