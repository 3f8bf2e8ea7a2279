/** A set of ASCII characters: four words of 32 bits. */
export type AsciiSet = Int32Array;

export const noAscii: AsciiSet = new Int32Array(4);
export const allAscii: AsciiSet = new Int32Array(4).fill(-1);

export const asciiSet = (has: (code: number) => boolean): AsciiSet => {
  const set = new Int32Array(4);
  for (let code = 0; code < 128; code++) if (has(code)) set[code >> 5]! |= 1 << (code & 31);
  return set;
};

export const hasAscii = (set: AsciiSet, code: number): boolean => ((set[code >> 5]! >>> (code & 31)) & 1) === 1;

export function union(a: AsciiSet, b: AsciiSet): AsciiSet {
  if (a === b || b === noAscii) return a;
  if (a === noAscii) return b;
  return Int32Array.of(a[0]! | b[0]!, a[1]! | b[1]!, a[2]! | b[2]!, a[3]! | b[3]!);
}

/** What is in the first and not in the second. */
export const without = (a: AsciiSet, b: AsciiSet): AsciiSet =>
  Int32Array.of(a[0]! & ~b[0]!, a[1]! & ~b[1]!, a[2]! & ~b[2]!, a[3]! & ~b[3]!);

export const overlaps = (a: AsciiSet, b: AsciiSet): boolean =>
  ((a[0]! & b[0]!) | (a[1]! & b[1]!) | (a[2]! & b[2]!) | (a[3]! & b[3]!)) !== 0;

export function codesOf(set: AsciiSet): number[] {
  const codes: number[] = [];
  for (let code = 0; code < 128; code++) if (hasAscii(set, code)) codes.push(code);
  return codes;
}
