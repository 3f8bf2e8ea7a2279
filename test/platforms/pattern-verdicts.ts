import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import type { Platform } from '#platforms';
import { isPlainlyLinear } from './plainly-linear.ts';

/**
 * Verdicts of recheck on every pattern of the catalogue. One pattern costs it half a second, so verdicts are kept
 * beside the test by the hash of the pattern, and patterns are judged on demand only: how long that takes depends on
 * the machine.
 */
const verdictsFile = join(import.meta.dirname, 'pattern-verdicts.txt');

export type Verdicts = Map<string, string>;

export const patternKey = (pattern: RegExp): string =>
  createHash('sha256').update(String(pattern)).digest('hex').slice(0, 16);

export function readVerdicts(): Verdicts {
  if (!existsSync(verdictsFile)) return new Map();
  const lines = readFileSync(verdictsFile, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(0, 16), line.slice(17)]));
}

export function writeVerdicts(verdicts: Verdicts): void {
  const lines = [...verdicts].map(([key, verdict]) => `${key} ${verdict}\n`).sort();
  writeFileSync(verdictsFile, lines.join(''));
}

/** Patterns for which it takes recheck to say. */
export const isDoubtful = (pattern: RegExp): boolean => pattern.flags.includes('m') || !isPlainlyLinear(pattern.source);

/** `safe`, or what an attacker could do and with which line. */
export function judge(pattern: RegExp, timeoutMs: number): string {
  const result = checkSync(pattern.source, pattern.flags, { timeout: timeoutMs });
  if (result.status === 'safe') return 'safe';
  if (result.status === 'unknown') return `unknown: ${result.error.kind}`;
  const degree = result.complexity.type === 'polynomial' ? ` ${result.complexity.degree}` : '';
  return `${result.complexity.type}${degree}: ${result.attack.pattern.slice(0, 120).replaceAll('\n', '\\n')}`;
}

/** Every regular expression of a declaration, with the path to it. */
function* patternsOf(value: unknown, path = ''): Generator<{ path: string; pattern: RegExp }> {
  if (value instanceof RegExp) yield { path, pattern: value };
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* patternsOf(inner, path === '' ? key : `${path}.${key}`);
  }
}

export const platformPatterns = (platform: Platform): { path: string; pattern: RegExp }[] => [...patternsOf(platform)];
