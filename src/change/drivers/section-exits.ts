/**
 * The lines of an indented configuration of IOS XR with the words that leave sections: `exit` behind a nested one,
 * because a neighbour is not understood within an address family, and `root` behind an outermost one, which does no
 * harm where a line opened none. A `!` on the indentation of a header closes the section that it opens, also one
 * without lines of its own.
 */
export function withExits(text: string): readonly string[] {
  const lines: string[] = [];
  /** Indentations of the headers that are open, outermost first. */
  const open: number[] = [];
  let before: number | undefined;
  let isPolicy = false;
  for (const raw of text.replaceAll('\r', '').split('\n')) {
    const line = raw.trimEnd();
    // Sets and policies have an end of their own, and lines that are no sections.
    if (isPolicy || /^(?:route-policy|[\w-]+-set) \S/.test(line)) {
      if (!isPolicy) close(0);
      isPolicy = !/^end-(?:policy|set)$/.test(line.trim());
      if (line !== '' && !/^\s*[!#]/.test(line)) lines.push(line);
      before = undefined;
      continue;
    }
    const indent = line.length - line.trimStart().length;
    if (line === '' || /^\s*[!#]./.test(line) || /^end$/.test(line)) continue;
    if (line.trim() === '!') {
      if (before === indent && indent > 0 && open.at(-1) !== indent) open.push(indent);
      close(indent);
      before = undefined;
      continue;
    }
    if (before !== undefined && indent > before) open.push(before);
    close(indent);
    lines.push(line);
    before = indent;
  }
  close(0);
  return lines;

  function close(indent: number): void {
    while (open.length > 0 && open.at(-1)! >= indent) lines.push(open.pop() === 0 ? 'root' : 'exit');
  }
}
