/**
 * Whether a pattern takes time linear in the length of the line for a reason that can be seen at once, so that
 * recheck, which takes half a second for each, need not be asked. Errs on the side of no.
 *
 * Linear for sure is a pattern anchored with `^` that holds at most one repetition without bound, or an unanchored one
 * that holds none; a repetition at the very end, which nothing can make fail, does not count. Nothing repeated may
 * stand in a repeated group, and the repetitions with a bound must not multiply to much.
 */
export function isPlainlyLinear(source: string): boolean {
  const isAnchored = source.startsWith('^') && !hasTopLevelAlternative(source);
  const groups: { holdsRepetition: boolean }[] = [];
  let unbounded = 0;
  let choices = 1;
  let at = 0;
  while (at < source.length) {
    let wasGroup: { holdsRepetition: boolean } | undefined;
    const character = source[at];
    if (character === '(') {
      groups.push({ holdsRepetition: false });
      const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at));
      at += opening![0].length;
      continue;
    }
    if (character === '\\') at += /^\\[1-9k]/.test(source.slice(at)) ? Number.NaN : 2;
    else if (character === '[') at = endOfClass(source, at);
    else {
      if (character === ')') wasGroup = groups.pop();
      at += 1;
    }
    // A back-reference is beyond this.
    if (Number.isNaN(at)) return false;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0];
    const holder = groups.at(-1);
    if (quantifier === undefined) {
      if (wasGroup?.holdsRepetition && holder) holder.holdsRepetition = true;
      continue;
    }
    at += quantifier.length;
    const most = maximum(quantifier);
    if (wasGroup?.holdsRepetition && most > 1) return false;
    if (holder && (most > 1 || wasGroup?.holdsRepetition)) holder.holdsRepetition = true;
    if (most === Number.POSITIVE_INFINITY) {
      if (!/^\)*$/.test(source.slice(at))) unbounded += 1;
    } else if (most > 1 && !/^\{\d+\}/.test(quantifier)) choices *= most;
  }
  return unbounded <= (isAnchored ? 1 : 0) && choices <= (isAnchored ? 1_000_000 : 2000);
}

function maximum(quantifier: string): number {
  if (quantifier.startsWith('?')) return 1;
  const bounds = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier);
  if (bounds === null || (bounds[2] === ',' && bounds[3] === '')) return Number.POSITIVE_INFINITY;
  return Number(bounds[3] || bounds[1]);
}

function endOfClass(source: string, from: number): number {
  let at = from + 1;
  while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function hasTopLevelAlternative(source: string): boolean {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') at = endOfClass(source, at) - 1;
    else if (source[at] === '(') depth += 1;
    else if (source[at] === ')') depth -= 1;
    else if (source[at] === '|' && depth === 0) return true;
  }
  return false;
}
