/** What stands inside a section of a braced text, its indentation taken off; empty when there is no such section. */
export function sectionAt(text: string, path: readonly string[]): string {
  let lines = text.split('\n');
  let rest = path;
  while (rest.length > 0) {
    const found = inside(lines, rest);
    if (found === undefined) {
      const leaf = lines.filter((line) =>
        line
          .trim()
          .replace(/[;{].*$/, '')
          .trim()
          .startsWith(rest.join(' ')),
      );
      return leaf.map((line) => `${line.trim()}\n`).join('');
    }
    lines = found.lines;
    rest = rest.slice(found.taken);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function inside(lines: readonly string[], path: readonly string[]): { lines: string[]; taken: number } | undefined {
  for (const [at, line] of lines.entries()) {
    if (!/^\S.* \{$/.test(line)) continue;
    const name = line.slice(0, -2).split(' ');
    if (!name.every((word, nth) => word === path[nth])) continue;
    const end = lines.findIndex((other, nth) => nth > at && other === '}');
    const body = lines.slice(at + 1, end < 0 ? undefined : end);
    const indent = Math.min(...body.filter((row) => row !== '').map((row) => row.length - row.trimStart().length));
    return { lines: body.map((row) => row.slice(Number.isFinite(indent) ? indent : 0)), taken: name.length };
  }
  return undefined;
}
