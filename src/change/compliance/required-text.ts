/**
 * A text that is in everything that the regular expression matches, the longest that shows at a glance; '' where none
 * does. Most lines of a configuration do not hold it, and looking for a text costs a hundredth of a match.
 */
export function requiredText(source: string): string {
  // Flags change what letters mean; they stand in front.
  if (/^\(\?[aimsxLu]/.test(source)) return '';
  let best = '';
  let run = '';
  const end = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]!;
    if (character === '|') return '';
    if (character === '(' || character === '[') {
      end();
      at = afterBracket(source, at);
    } else if (character === '\\') {
      at += 1;
      if (/[A-Za-z0-9\s]/.test(source[at] ?? 'x')) end();
      else run += source[at];
    } else if (character === '*' || character === '?' || character === '{') {
      // What stands before may be left out.
      run = run.slice(0, -1);
      end();
      if (character === '{') at = Math.max(at, source.indexOf('}', at));
    } else if (/[.^$+)\]]/.test(character)) end();
    else run += character;
  }
  end();
  // Half of a pair stands for no character.
  return best.isWellFormed() ? best : '';
}

/** The position of the bracket that closes the one here; the end where none does. */
function afterBracket(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    const character = source[at]!;
    if (character === '\\') at += 1;
    else if (character === '[') {
      // A closing bracket right behind the opening one, or its ^, stands for itself.
      let inner = at + 1;
      if (source[inner] === '^') inner += 1;
      if (source[inner] === ']') inner += 1;
      while (inner < source.length && source[inner] !== ']') inner += source[inner] === '\\' ? 2 : 1;
      at = inner;
      if (depth === 0) return at;
    } else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return source.length;
}
