import { codesOf } from './ascii-set.ts';
import type { Bound } from './cost.ts';

/** More characters in a set than this are not counted one by one: all of the line are. */
const mostCounted = 24;

/** A bound, ready to be asked about lines. */
export class CostLimit {
  readonly #bound: Bound;
  /** For each choice the characters that are counted, or undefined for all. */
  readonly #counted: readonly (readonly number[] | undefined)[];

  constructor(bound: Bound) {
    this.#bound = bound;
    this.#counted = bound.choices.map((set) => {
      const codes = codesOf(set);
      return codes.length > mostCounted ? undefined : codes;
    });
  }

  /** The longest line, whatever stands in it, that surely takes no more than so many steps. */
  length(steps: number): number {
    const { factor, degree, choices } = this.#bound;
    if (factor > steps || degree === Number.POSITIVE_INFINITY) return -1;
    const power = degree + choices.length;
    return power === 0 ? Number.POSITIVE_INFINITY : Math.floor((steps / factor) ** (1 / power)) - 1;
  }

  /** Most steps for a line. `counts`: how often it has each ASCII character. */
  steps(length: number, counts: Uint32Array): number {
    const { factor, degree } = this.#bound;
    if (degree === Number.POSITIVE_INFINITY) return degree;
    let steps = degree === 0 ? factor : factor * (length + 1) ** degree;
    for (const codes of this.#counted) {
      let count = length;
      if (codes !== undefined) {
        count = 0;
        for (let index = 0; index < codes.length; index++) count += counts[codes[index]!]!;
      }
      steps *= count + 1;
    }
    return steps;
  }
}
