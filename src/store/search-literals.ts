import { encodeText } from '#core';

/**
 * What every match of a pattern must contain: one list of literals for each alternative, all of which stand in any
 * line that the alternative matches. Undefined when nothing can be promised, so that everything has to be looked at.
 */
export function requiredLiterals(pattern: RegExp | string): readonly (readonly string[])[] | undefined {
  if (typeof pattern === 'string') return [[pattern]];
  // `v` nests classes; `iu` folds the Kelvin sign into k.
  if (pattern.unicodeSets || (pattern.ignoreCase && pattern.unicode)) return undefined;
  const alternatives = literalsOf(pattern.source, pattern.ignoreCase);
  return alternatives?.every((literals) => literals.length > 0) ? alternatives : undefined;
}

/** Reads the source left to right and keeps runs of plain characters; whatever it is not sure of ends a run. */
function literalsOf(source: string, ignoreCase: boolean): string[][] | undefined {
  const alternatives: string[][] = [[]];
  let run = '';
  const end = (): void => {
    if (run.length >= gramLength) alternatives.at(-1)!.push(run);
    run = '';
  };
  for (let at = 0; at < source.length; ) {
    const character = source[at]!;
    if (character === '|') {
      end();
      alternatives.push([]);
      at += 1;
    } else if (character === '\\') {
      const next = source[at + 1] ?? '';
      if (/[xuckpP0-9]/.test(next)) return undefined; // longer escapes: not worth the risk
      if (/[A-Za-z]/.test(next)) end();
      else run += next;
      at += 2;
    } else if (character === '[' || character === '(') {
      end();
      const after = character === '[' ? afterClass(source, at) : afterGroup(source, at);
      if (after === undefined) return undefined;
      at = after;
    } else if (character === '*' || character === '?' || character === '+' || isRepeat(source, at)) {
      // What a repetition may leave out is not required; lazy marks are harmless here.
      if (character !== '+') run = run.slice(0, -1);
      end();
      at = character === '{' ? source.indexOf('}', at) + 1 : at + 1;
    } else {
      if (/[\^$.]/.test(character) || (ignoreCase && character > '\u007f')) end();
      else run += character;
      at += 1;
    }
  }
  end();
  return alternatives;
}

const isRepeat = (source: string, at: number): boolean =>
  source[at] === '{' && /^\{\d+(,\d*)?\}/.test(source.slice(at, at + 20));

function afterClass(source: string, from: number): number | undefined {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === ']') return at + 1;
  }
  return undefined;
}

function afterGroup(source: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < source.length; ) {
    const character = source[at];
    if (character === '\\') at += 2;
    else if (character === '[') {
      const after = afterClass(source, at);
      if (after === undefined) return undefined;
      at = after;
    } else {
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

/** Bytes in one of the runs that filters know. */
export const gramLength = 5;

/**
 * Every byte with this bit is as filters compare it: ASCII letters small. Of what stands in configurations, brackets and braces
 * become one with it, too, and `@` and the backtick, which finds a text too many at most.
 */
export const foldingBit = 0x20;

/**
 * A multiplicative hash (Knuth) of five folded bytes: the first, and the four that follow, the last of them on top. The
 * low bits, which filters look at, know all of them.
 */
export function gramHash(first: number, four: number): number {
  const hash = Math.imul(Math.imul(four, 0x9e3779b1) ^ first, 0x85ebca6b);
  return hash ^ (hash >>> 16);
}

/** The runs of bytes that a text with the literal must hold, hashed. */
export function gramsOf(literal: string): number[] {
  const bytes = encodeText(literal).map((byte) => byte | foldingBit);
  const grams = new Set<number>();
  for (let at = 0; at + gramLength <= bytes.length; at += 1) {
    const [second, third, fourth, fifth] = bytes.subarray(at + 1, at + gramLength);
    grams.add(gramHash(bytes[at]!, second! | (third! << 8) | (fourth! << 16) | (fifth! << 24)));
  }
  return [...grams];
}
