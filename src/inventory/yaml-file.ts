import type { Problem } from './device.ts';
import { Chunk, NeedsWholeFile, type Path, type Place } from './yaml-chunk.ts';
import type { Anchors } from './yaml-subset.ts';

/** One key of a file with its value: a whole section such as `defaults`, or one name below `groups` or `devices`. */
export interface Entry {
  readonly section: string;
  /** Undefined for the section as a whole. */
  readonly name: string | undefined;
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly chunk: Chunk;
  /** Whether the chunk begins with the section, or with the name itself. */
  readonly isWithinSection: boolean;
}

/** Where a part of an entry's value stands: its key, or its value. For messages: it reads the entry again. */
export const locate = (entry: Entry, path: Path = [], atKey = false): Place =>
  entry.chunk.locate([...prefixOf(entry), ...path], atKey);

const prefixOf = ({ section, name, isWithinSection }: Entry): Path =>
  name === undefined ? [section] : isWithinSection ? [section, name] : [name];

/** Sections whose entries are read one by one. */
const listed = new Set(['groups', 'devices']);

/**
 * Reads a YAML file entry by entry, resting between them. An entry in the everyday subset of YAML is read by the fast
 * parser, any other by the full one, alone, so that a mistake costs one entry and not the file. A file with merge keys
 * or of an unusual layout goes to the full parser as a whole.
 *
 * @param rest called after each entry; a promise is waited for
 */
export async function readEntries(
  file: string,
  text: string,
  problems: Problem[],
  rest: () => Promise<void> | undefined,
): Promise<Entry[]> {
  const sections = splitSections(text);
  if (!sections) return readWhole(file, text, problems);
  const entries: Entry[] = [];
  const found: Problem[] = [];
  const anchors: Anchors = new Map();
  try {
    for (const section of sections) {
      for (const [start, end, line, indent] of splitEntries(text, section)) {
        const chunk = new Chunk(text, start, end, line, anchors);
        readChunk(file, chunk, section, line, indent, entries, found);
        const resting = rest();
        if (resting) await resting;
      }
    }
  } catch (error) {
    if (error instanceof NeedsWholeFile) return readWhole(file, text, problems);
    throw error;
  }
  problems.push(...found);
  return entries;
}

function readWhole(file: string, text: string, problems: Problem[]): Entry[] {
  const entries: Entry[] = [];
  const chunk = new Chunk(text, 0, text.length, 1);
  const value = chunk.read(file, problems) ?? {};
  for (const key of Object.keys(value)) openSection(file, chunk, key, value[key], entries);
  return entries;
}

function readChunk(
  file: string,
  chunk: Chunk,
  section: Section,
  line: number,
  indent: number,
  entries: Entry[],
  problems: Problem[],
): void {
  if (indent >= 0 && section.entryIndent >= 0 && indent !== section.entryIndent) {
    const message = `expected ${section.entryIndent} blanks before the name, as in the lines above, got ${indent}`;
    problems.push({ severity: 'error', file, line, column: indent + 1, message });
  } else section.entryIndent = indent;
  const value = chunk.read(file, problems);
  if (!value) return;
  for (const key in value) {
    if (indent < 0) {
      openSection(file, chunk, key, value[key], entries);
      continue;
    }
    const column = indent + 1;
    entries.push({
      section: section.key,
      name: key,
      value: value[key],
      file,
      line,
      column,
      chunk,
      isWithinSection: false,
    });
  }
}

/** A section that was read in one piece: its entries one by one where it is a list of named things. */
function openSection(file: string, chunk: Chunk, section: string, value: unknown, entries: Entry[]): void {
  if (!listed.has(section) || value === null || typeof value !== 'object' || Array.isArray(value)) {
    const place = chunk.locate([section], true);
    entries.push({ section, name: undefined, value, file, ...place, chunk, isWithinSection: true });
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    const place = chunk.locate([section, name], true);
    entries.push({ section, name, value: one, file, ...place, chunk, isWithinSection: true });
  }
}

interface Section {
  readonly key: string;
  readonly line: number;
  readonly start: number;
  /** Where its first line ends. */
  readonly headEnd: number;
  end: number;
  readonly isOpen: boolean;
  entryIndent: number;
}

const head = /^([A-Za-z][\w-]*):[ \t]*(#.*)?(\S.*)?$/;

/** The keys in the first column; undefined when something else stands there. */
function splitSections(text: string): Section[] | undefined {
  const sections: Section[] = [];
  let line = 0;
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    line += 1;
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    const first = text.charCodeAt(start);
    if (first !== 32 && first !== 10 && first !== 35 && first !== 13) {
      const words = text.slice(start, newline < 0 ? next : newline).trimEnd();
      const match = head.exec(words);
      const previous = sections.at(-1);
      if (words === '---' && !previous) {
        start = next;
        continue;
      }
      if (!match || sections.some((one) => one.key === match[1])) return undefined;
      if (previous) previous.end = start;
      const isOpen = match[3] === undefined;
      sections.push({ key: match[1]!, line, start, headEnd: next, end: text.length, isOpen, entryIndent: -1 });
    }
    start = next;
  }
  return sections;
}

/** Lines that belong together; `indent` is that of the names in it, -1 for a section as a whole. */
type Bounds = readonly [start: number, end: number, line: number, indent: number];

/** The entries of a section by indentation; the section as a whole where it has none. */
function* splitEntries(text: string, section: Section): Generator<Bounds> {
  if (!section.isOpen || !listed.has(section.key)) {
    yield [section.start, section.end, section.line, -1];
    return;
  }
  let indent = -1;
  let line = section.line;
  let entryStart = -1;
  let entryLine = 0;
  let entryIndent = 0;
  for (let start = section.headEnd; start < section.end; ) {
    line += 1;
    const newline = text.indexOf('\n', start);
    const next = newline < 0 || newline >= section.end ? section.end : newline + 1;
    let at = start;
    while (at < next && text.charCodeAt(at) === 32) at += 1;
    const code = text.charCodeAt(at);
    if (at < next && code !== 10 && code !== 13 && code !== 35) {
      const here = at - start;
      if (indent < 0) indent = here;
      // A bracket at the same depth closes what the entry opened, in the way of code formatters.
      if (here < indent || (here === indent && code !== 125 && code !== 93)) {
        if (entryStart >= 0) yield [entryStart, start, entryLine, entryIndent];
        entryStart = start;
        entryLine = line;
        entryIndent = here;
      }
    }
    start = next;
  }
  if (entryStart >= 0) yield [entryStart, section.end, entryLine, entryIndent];
}
