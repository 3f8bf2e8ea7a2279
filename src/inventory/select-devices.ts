import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { didYouMean, NetwrightError } from '#core';
import type { PlatformRegistry } from '#platforms';
import type { Device } from './device.ts';
import {
  parseSelect,
  type SelectExpression,
  type SelectKey,
  type SelectTerm,
  selectKeys,
} from './select-expression.ts';

export type DeviceTest = (device: Device) => boolean;

/**
 * The devices that an expression matches, in the order of the inventory; all of them without an expression.
 *
 * @throws NetwrightError `NW_SELECT_INVALID`; `NW_SELECT_EMPTY` when nothing matches, with the words that match
 * nothing on their own and what they may have been meant to be.
 */
export function selectDevices(
  devices: ReadonlyMap<string, Device>,
  expression: string | undefined,
  platforms: Pick<PlatformRegistry, 'resolve'>,
): readonly Device[] {
  const all = [...devices.values()];
  if (expression === undefined) return all;
  // `-s "$SITE"` with a variable that is not set means anything but all devices.
  if (expression.trim() === '') {
    throw new NetwrightError('NW_SELECT_INVALID', 'the expression is empty, expected a device, a wildcard or a key', {
      hint: 'leave the expression out for all devices; `netwright inventory list` shows them',
    });
  }
  const parsed = parseSelect(expression);
  const test = compileSelect(parsed, platforms);
  const selected = all.filter(test);
  if (selected.length > 0) return selected;
  throw new NetwrightError('NW_SELECT_EMPTY', `"${expression}" matches no device${explain(parsed, all, platforms)}`, {
    details: { expression },
  });
}

/** The expression as a function of a device. Platform aliases are resolved, wildcards and prefixes are compiled. */
export function compileSelect(expression: SelectExpression, platforms: Pick<PlatformRegistry, 'resolve'>): DeviceTest {
  switch (expression.kind) {
    case 'and': {
      const tests = expression.of.map((one) => compileSelect(one, platforms));
      return (device) => tests.every((test) => test(device));
    }
    case 'or': {
      const tests = expression.of.map((one) => compileSelect(one, platforms));
      return (device) => tests.some((test) => test(device));
    }
    case 'not': {
      const test = compileSelect(expression.of, platforms);
      return (device) => !test(device);
    }
    case 'term': {
      const matches = valueTest(expression, platforms);
      return (device) => valuesOf(device, expression.key).some(matches);
    }
  }
}

function valueTest(
  { key, value, isLiteral }: SelectTerm,
  platforms: Pick<PlatformRegistry, 'resolve'>,
): (value: string) => boolean {
  if (key === 'address') {
    const test = addressTest(value);
    if (test) return test;
  }
  if (!isLiteral && /[*?]/.test(value)) return wildcard(value);
  const wanted = key === 'platform' ? (platforms.resolve(value) ?? value) : value;
  return (one) => one === wanted;
}

/** `*` is any text, `?` one character. Matched by hand: a pattern such as `*a*a*a*b` as a regular expression blows up. */
export function wildcard(pattern: string): (text: string) => boolean {
  const parts = Array.from(pattern);
  return (text) => {
    const characters = Array.from(text);
    let at = 0;
    let part = 0;
    let star = -1;
    let resume = 0;
    while (at < characters.length) {
      if (parts[part] === '*') {
        star = part;
        part += 1;
        resume = at;
      } else if (part < parts.length && (parts[part] === '?' || parts[part] === characters[at])) {
        part += 1;
        at += 1;
      } else if (star >= 0) {
        part = star + 1;
        resume += 1;
        at = resume;
      } else return false;
    }
    while (parts[part] === '*') part += 1;
    return part === parts.length;
  };
}

const ipv4Number = (address: string): number => {
  let value = 0;
  for (const part of address.split('.')) value = value * 256 + Number(part);
  return value;
};

/** Addresses are compared as numbers: `2001:db8::1` is `2001:DB8:0::1`, `10.0.0.0/8` contains `10.1.2.3`. */
function addressTest(value: string): ((address: string) => boolean) | undefined {
  if (ipaddr.isValidCIDR(value)) {
    const [network, bits] = ipaddr.parseCIDR(value);
    if (network.kind() === 'ipv4') {
      // Nearly all addresses: 50,000 of them through the parser of the library would hold up everything else.
      const shift = 2 ** (32 - bits);
      const wanted = Math.floor(ipv4Number(network.toString()) / shift);
      return (address) => isIP(address) === 4 && Math.floor(ipv4Number(address) / shift) === wanted;
    }
    return (address) => {
      if (isIP(address) === 0) return false;
      const one = ipaddr.parse(address);
      return one.kind() === 'ipv6' && one.match(network, bits);
    };
  }
  if (isIP(value) === 0) return undefined;
  const wanted = ipaddr.parse(value).toNormalizedString();
  return (address) => isIP(address) !== 0 && ipaddr.parse(address).toNormalizedString() === wanted;
}

const listOf = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

function valuesOf(device: Device, key: SelectKey): readonly string[] {
  switch (key) {
    case 'tag':
      return device.tags;
    case 'group':
      return device.groups;
    case 'jump':
      return device.jump;
    case 'name':
    case 'address':
    case 'platform':
    case 'transport':
      return [device[key]];
    case 'site':
    case 'role':
    case 'credential':
      return listOf(device[key]);
    default:
      return variableOf(device, key.slice('variables.'.length));
  }
}

function variableOf(device: Device, path: string): readonly string[] {
  let value: unknown = device.variables;
  for (const step of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return [];
    value = (value as Record<string, unknown>)[step];
  }
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one !== 'object').map(String);
}

function explain(
  expression: SelectExpression,
  devices: readonly Device[],
  platforms: Pick<PlatformRegistry, 'resolve'>,
): string {
  if (devices.length === 0) return ': the inventory is empty';
  const lonely = termsOf(expression).filter((term) => !devices.some(compileSelect(term, platforms)));
  if (lonely.length === 0) return ': each of its parts matches some device, but no device matches all of it';
  const words = lonely.slice(0, 3).map((term) => {
    const known = new Set(devices.flatMap((device) => valuesOf(device, term.key)));
    const meant = /[*?/]/.test(term.value) ? '' : didYouMean(term.value, known);
    const noun = term.key === 'name' ? `there is no device "${term.value}"` : `no device has ${term.key}:${term.value}`;
    const [, key, value] = term.key === 'name' ? (/^(\w+)==?(.+)$/.exec(term.value) ?? []) : [];
    if (key !== undefined && (selectKeys as readonly string[]).includes(key)) {
      return `${noun}. Did you mean ${key}:${value}?`;
    }
    return `${noun}${meant && `.${meant}`}`;
  });
  return `: ${words.join('; ')}`;
}

/** Terms outside of any "not": those that have to match something. */
function termsOf(expression: SelectExpression): SelectTerm[] {
  if (expression.kind === 'term') return [expression];
  return expression.kind === 'not' ? [] : expression.of.flatMap(termsOf);
}
