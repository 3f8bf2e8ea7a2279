import type { EditStyle } from './persona.ts';

/** What ends the text that a line opens, and where the text begins in it; undefined when it opens none. */
export function openedText(
  line: string,
  style: EditStyle,
): { readonly delimiter: string; readonly isClosed: boolean } | undefined {
  const found = style.opensText?.match.exec(line.trimStart());
  const delimiter = style.opensText?.ends ?? found?.[1];
  if (found == null || delimiter === undefined) return undefined;
  return {
    delimiter,
    isClosed: found[0].length < line.trimStart().length && line.trimStart().slice(found[0].length).includes(delimiter),
  };
}

/** One past the last line of the text that the line at `at` opens; `at + 1` for a line that opens none. */
export function textEnd(lines: readonly string[], at: number, style: EditStyle): number {
  const opened = openedText(lines[at] ?? '', style);
  if (opened === undefined || opened.isClosed || lines[at]!.includes('\n')) return at + 1;
  const { delimiter } = opened;
  for (let next = at + 1; next < lines.length; next += 1) if (lines[next]!.includes(delimiter)) return next + 1;
  return at + 1;
}

/** The lines of a file, with each text of several lines in one piece. */
export function logicalLines(text: string, style: EditStyle): string[] {
  const lines = text.split('\n');
  if (style.opensText === undefined) return lines;
  const found: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = textEnd(lines, at, style);
    found.push(lines.slice(at, end).join('\n'));
    at = end;
  }
  return found;
}

/** The text as the system keeps it: whatever delimiter was typed, some print one of their own. */
export function withShownDelimiter(lines: readonly string[], delimiter: string, shown: string | undefined): string {
  const text = lines.join('\n');
  if (shown === undefined || delimiter === shown) return text;
  const opens = lines[0]!.lastIndexOf(delimiter);
  const closes = text.lastIndexOf(delimiter);
  if (opens < 0 || closes <= opens) return text;
  return `${text.slice(0, opens)}${shown}${text.slice(opens + delimiter.length, closes)}${shown}`;
}
