/** Output filters behind `|`, as most systems have them. @returns undefined when there is no such filter. */
export function applyPipe(text: string, filter: string): string | undefined {
  const [verb = '', ...rest] = filter.trim().split(/ +/);
  const pattern = rest
    .join(' ')
    .replace(/^(-i|-v) /, '')
    .replaceAll(/^"|"$/g, '');
  const word = verb.toLowerCase();
  if (/^(no-more|nomore|omit|no)$/.test(word) || (word === 'display' && /^(omit|set)/.test(pattern))) return text;
  const lines = text.split('\n');
  let match: RegExp;
  try {
    match = new RegExp(pattern);
  } catch {
    // A pattern that is none on the device either: nothing matches it.
    return undefined;
  }
  const joined = (kept: readonly string[]): string => (kept.length === 0 ? '' : `${kept.join('\n')}\n`);
  const body = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  if (/^(inc(lude)?|match|grep)$/.test(word))
    return joined(body.filter((line) => match.test(line) !== / -v /.test(` ${filter} `)));
  if (/^(exc(lude)?|except)$/.test(word)) return joined(body.filter((line) => !match.test(line)));
  if (/^(beg(in)?|find)$/.test(word)) {
    const from = body.findIndex((line) => match.test(line));
    return from < 0 ? '' : joined(body.slice(from));
  }
  if (/^sec(tion)?$/.test(word)) {
    let isInside = false;
    return joined(
      body.filter((line) => {
        if (!/^[ \t]/.test(line)) isInside = match.test(line);
        return isInside;
      }),
    );
  }
  if (word === 'count') return `Count: ${body.length} lines\n`;
  return undefined;
}

/** The top-level sections and lines that begin with those words, with all that is below them. */
export function sectionsOf(text: string, wanted: string): string {
  const low = wanted.toLowerCase();
  let isInside = false;
  const kept = text.split('\n').filter((line) => {
    if (/^\S/.test(line))
      isInside = line.toLowerCase().startsWith(low) || (isInside && /^(?:[!#}]|end|exit)[;]?$/.test(line));
    return isInside && line !== '';
  });
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}
