import { PythonPattern } from './pattern/python-pattern.ts';
import { Subject } from './pattern/subject.ts';
import { PatternError } from './pattern/syntax.ts';
import { quoted, templateError } from './template-error.ts';

/** A row of an index: which templates read the output of which command, where. */
export interface IndexRow {
  readonly line: number;
  /** Files, several when their tables are joined. */
  readonly templates: readonly string[];
  /** What the index has in its columns: regular expressions, `[[ ]]` not yet spelled out. */
  readonly fields: Readonly<Record<string, string>>;
  readonly patterns: ReadonlyMap<string, PythonPattern>;
}

/** The file `index` of a folder of templates, as CliTable reads it. */
export interface TemplateIndex {
  readonly columns: readonly string[];
  readonly rows: readonly IndexRow[];
}

/** What is known about an output: `{ Platform: 'cisco_ios', Command: 'show version', Hostname: 'r1' }`. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Reads an index. A line that begins with # is a comment; one with more or fewer fields than the header is passed over,
 * as CliTable does. `hasSkipped` tells of those.
 * @throws NetwrightError `NW_TEXTFSM_INVALID` with the line.
 */
export function parseIndex(text: string, name = 'index', hasSkipped?: (line: number) => void): TemplateIndex {
  const lines = text.split(/\r\n|\n|\r/);
  const header = Math.max(
    0,
    lines.findIndex((line) => withoutComment(line) !== ''),
  );
  const columns = withoutComment(lines[header] ?? '')
    .split(',')
    .map((field) => field.trim());
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice !== undefined) throw templateError(name, header + 1, `column ${quoted(twice)} twice`);
  if (!columns.includes('Template')) {
    throw templateError(
      name,
      header + 1,
      'expected a header with the columns Template and Command, such as "Template, Hostname, Platform, Command"',
    );
  }
  const patterns = new Map<string, PythonPattern>();
  const rows: IndexRow[] = [];
  for (let index = header + 1; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.startsWith('#') || line.trim() === '') continue;
    const cells = line.split(',').map((field) => field.trim());
    if (cells.length !== columns.length) hasSkipped?.(index + 1);
    else rows.push(readRow(columns, cells, index + 1, name, patterns));
  }
  return { columns, rows };
}

const withoutComment = (line: string): string => line.split('#', 1)[0]!.trim();

function readRow(
  columns: readonly string[],
  cells: readonly string[],
  line: number,
  name: string,
  known: Map<string, PythonPattern>,
): IndexRow {
  const fields = Object.fromEntries(columns.map((column, index) => [column, cells[index]!]));
  const templates = fields['Template']!.split(':').map((file) => file.trim());
  if (templates.includes('')) throw templateError(name, line, 'a row without the name of a template');
  const patterns = new Map<string, PythonPattern>();
  for (const [column, field] of Object.entries(fields)) {
    if (column === 'Template' || field === '') continue;
    const source = column.toUpperCase() === 'COMMAND' ? completeCommand(field) : field;
    let pattern = known.get(source);
    if (pattern === undefined) {
      pattern = compile(source, (message) => templateError(name, line, `${column}: ${message}`));
      known.set(source, pattern);
    }
    patterns.set(column, pattern);
  }
  return { line, templates, fields, patterns };
}

function compile(source: string, refuse: (message: string) => Error): PythonPattern {
  try {
    return new PythonPattern(source, () => false);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw refuse(`${error.message} at character ${error.offset + 1} of ${quoted(source)}`);
  }
}

/** `sh[[ow]]` becomes `sh(o(w)?)?`: each letter may be left out, from the end. */
export const completeCommand = (text: string): string =>
  text.replace(/\[\[(.+?)\]\]/g, (_, word: string) => {
    const letters = Array.from(word);
    return `(${letters.join('(')}${')?'.repeat(letters.length)}`;
  });

/**
 * The first row all of whose columns match the attributes from their start. An attribute that the index has no column
 * for does not count, nor does an empty field.
 */
export function findRow(index: TemplateIndex, attributes: Attributes): IndexRow | undefined {
  const subjects = Object.entries(attributes).map(([column, text]) => [column, new Subject(text)] as const);
  return index.rows.find(({ patterns }) =>
    subjects.every(([column, subject]) => {
      const pattern = patterns.get(column);
      return (
        pattern === undefined || pattern.match(subject, { left: 1_000_000, leftForNative: 1_000_000 }) !== undefined
      );
    }),
  );
}
