import type { Secret } from './secret.ts';
import { latin1OfText } from './text-bytes.ts';

const mark = '<redacted>';
/** Shorter values stand in too many innocent places to be hidden by value; `secret set` warns about them. */
export const shortestRedactedSecret = 4;

const longText = 1_000;
const fewValues = 16;

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9_]/.test(character);
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Hides the values of secrets wherever text leaves the program: logs, errors, transcripts, outputs, `--json`.
 * Sinks hold one for the life of the process and {@link Redactor.learn} whatever credential is opened.
 */
export class Redactor {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<Secret> = []) {
    for (const secret of secrets) this.learn(secret);
  }

  learn(secret: Secret | undefined): void {
    for (const line of secret?.reveal().split(/\r?\n/) ?? []) {
      // A private key is many lines, each of which would give a part of it away.
      const value = line.trim();
      if (value.length < shortestRedactedSecret || /^-----/.test(value) || this.#values.has(value)) continue;
      this.#values.add(value);
      // What is read from a device is looked at one character a byte.
      this.#values.add(latin1OfText(value));
      this.#pattern = undefined;
    }
  }

  /**
   * The same text with every learned value replaced by `<redacted>`. A value that begins or ends with a letter or
   * digit is replaced only as a whole word, so that the password `cisco` does not eat the `cisco` of `cisco_ios`.
   */
  redact(text: string): string {
    if (this.#values.size === 0 || this.#isSurelyFree(text)) return text;
    this.#pattern ??= patternOf(this.#values);
    return text.replace(this.#pattern, mark);
  }

  /** A configuration rarely holds any of a few values, and to look for each alone is five times faster than the pattern. */
  #isSurelyFree(text: string): boolean {
    if (text.length < longText || this.#values.size > fewValues) return false;
    for (const value of this.#values) if (text.includes(value)) return false;
    return true;
  }

  /** A deep copy of plain data with every string redacted, for JSON answers and log records. */
  redactData<T>(data: T): T {
    if (typeof data === 'string') return this.redact(data) as T;
    if (Array.isArray(data)) return data.map((one) => this.redactData(one)) as T;
    if (data !== null && typeof data === 'object' && Object.getPrototypeOf(data) === Object.prototype) {
      return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, this.redactData(value)])) as T;
    }
    return data;
  }
}

function patternOf(values: ReadonlySet<string>): RegExp {
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  const alternatives = longestFirst.map((value) => {
    const before = isWordCharacter(value[0]) ? '(?<![A-Za-z0-9_])' : '';
    const after = isWordCharacter(value.at(-1)) ? '(?![A-Za-z0-9_])' : '';
    return `${before}${escaped(value)}${after}`;
  });
  return new RegExp(alternatives.join('|'), 'g');
}
