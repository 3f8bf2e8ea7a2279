/** Where Python's `str.splitlines()` ends a line: more places than a line feed. */
const lineEnds = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** The lines of a text as TextFSM sees them; none for an empty text, none behind the last line end. */
export function splitLines(text: string): string[] {
  const lines = text.split(lineEnds);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
