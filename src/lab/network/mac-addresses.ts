import { mix } from '../facts.ts';

const sixDigits = (value: number): string => value.toString(16).padStart(8, '0').slice(0, 6);

/** Twelve hexadecimal digits, as all MAC addresses of the lab are kept: what a device tells of its chassis. */
export const chassisMac = (seed: number): string => `02005e${sixDigits(mix(seed, 91))}`;

/** Of a port: both ends of a cable can work it out. */
export function portMac(seed: number, port: string): string {
  let key = 90;
  for (const letter of port) key = (Math.imul(key, 31) + letter.charCodeAt(0)) | 0;
  return `02005e${sixDigits(mix(seed, key))}`;
}

/** Of a machine that is plugged into an access port. */
export const stationMac = (seed: number, port: string): string =>
  portMac(seed ^ 0x57a7, port).replace(/^02005e/, '0a1b2c');

/** `0200.5e00.0001`. */
export const dotted = (mac: string): string => mac.replace(/^(.{4})(.{4})(.{4})$/, '$1.$2.$3');
/** `0200-5e00-0001`. */
export const dashed = (mac: string): string => mac.replace(/^(.{4})(.{4})(.{4})$/, '$1-$2-$3');
/** `02:00:5e:00:00:01`. */
export const coloned = (mac: string): string => mac.replaceAll(/(..)(?=.)/g, '$1:');
