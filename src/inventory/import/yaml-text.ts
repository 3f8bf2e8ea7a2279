import { resolvePlain } from '../yaml-subset.ts';

const plainText = /^[A-Za-z0-9_.][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*$/;
/** Booleans of YAML 1.1, which other programs still read as such. */
const oldBoolean = /^(?:y|n|yes|no|on|off)$/i;

/** A scalar that every YAML reader takes for the same text, quoted only where it must be. */
function yamlScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (plainText.test(value) && !oldBoolean.test(value) && staysText(value)) return value;
  return /["\\]|[^\x20-\x7e\u00a0-\ud7ff]/.test(value) ? JSON.stringify(value) : `"${value}"`;
}

function staysText(value: string): boolean {
  // .inf, dates and times, numbers with underscores: text to YAML 1.2, something else to older readers.
  if (/^[-+.]?(?:inf|nan)$/i.test(value) || /^\d+(?:[-:]\d+)+/.test(value) || /^(?:---|\.\.\.)/.test(value))
    return false;
  if (/^[-+]?(?:[\d_.]*(?:e[-+]?\d*)?|0[box].*)$/i.test(value) && !/^\d+(?:\.\d+){3}$/.test(value)) return false;
  return typeof resolvePlain(value) === 'string';
}

/** Any plain data in flow style, on one line. */
function yamlFlow(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(yamlFlow).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
    return pairs.length === 0
      ? '{}'
      : `{ ${pairs.map(([key, one]) => `${yamlScalar(key)}: ${yamlFlow(one)}`).join(', ')} }`;
  }
  return yamlScalar(value as string | number | boolean | null);
}

const widest = 120;

/** `name: { … }` on one line where it fits, else one key a line. */
export function yamlEntry(name: string, layer: object, indent: string): string {
  const key = yamlScalar(name);
  const line = `${indent}${key}: ${yamlFlow(layer)}`;
  if (line.length <= widest) return `${line}\n`;
  const keys = Object.entries(layer).filter(([, one]) => one !== undefined);
  return `${indent}${key}:\n${keys.map(([one, value]) => `${indent}  ${yamlScalar(one)}: ${yamlFlow(value)}\n`).join('')}`;
}
