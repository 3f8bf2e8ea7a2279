import { as, type Shape, text } from './shape.ts';

/** A pattern in a platform file: the regular expression itself, or `/…/i` where a flag is needed. */
export const pattern = (description: string): Shape<RegExp> =>
  as(
    text(`${description} A regular expression as text: '^…$', or '/…/i' for a flag (i, m or s).`),
    (value, path, report) => {
      const delimited = /^\/(.*)\/([a-z]*)$/s.exec(value);
      const [source, flags] = delimited ? [delimited[1]!, delimited[2]!] : [value, ''];
      if (/[^ims]/.test(flags)) {
        report({ path, message: `the flags of ${value} may be i, m and s only` });
        return undefined;
      }
      try {
        return new RegExp(source, flags);
      } catch (error) {
        report({ path, message: error instanceof Error ? error.message : String(error) });
        return undefined;
      }
    },
  );

/**
 * Whether a repeated group holds a repetition without bound: `(a+)+`, `(.*x)*`. Such a pattern can take time
 * exponential in the length of a line. A hint, not a proof: a harmless one such as `(?:\d+,)*` is named too.
 */
export function mayBlowUp({ source }: RegExp): boolean {
  const groups: boolean[] = [];
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') groups.push(false);
    else if (isUnbounded(source, at) && source[at - 1] !== '(') {
      if (groups.length > 0) groups[groups.length - 1] = true;
    } else if (character === ')') {
      const holdsRepetition = groups.pop() ?? false;
      if (holdsRepetition && isUnbounded(source, at + 1)) return true;
      if (holdsRepetition && groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  return false;
}

const isUnbounded = (source: string, at: number): boolean =>
  source[at] === '*' || source[at] === '+' || /^\{\d+,\}/.test(source.slice(at, at + 12));
