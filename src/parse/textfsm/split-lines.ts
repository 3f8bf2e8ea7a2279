/** Where Python's `str.splitlines()` ends a line: more places than a line feed. */
const lineEnds = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** What is neither ASCII nor ends a line with a line feed alone. */
const unusual = /[\r\v\f\x1c-\x1e\x80-\uffff]/;

export interface Lines {
  readonly lines: readonly string[];
  /** All of them are ASCII; undefined when nobody has looked at them one by one. */
  readonly isPlain: true | undefined;
}

/** The lines of a text as TextFSM sees them; none for an empty text, none behind the last line end. */
export function splitLines(text: string): Lines {
  const isPlain = !unusual.test(text);
  const lines = text.split(isPlain ? '\n' : lineEnds);
  if (lines.at(-1) === '') lines.pop();
  return { lines, isPlain: isPlain || undefined };
}
