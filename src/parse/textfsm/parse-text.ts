import { setImmediate } from 'node:timers/promises';
import type { Cell, Row } from './record-row.ts';
import { splitLines } from './split-lines.ts';
import type { Template } from './template.ts';
import { TemplateRun, type TraceStep } from './template-run.ts';

/** Values by name, as the template writes the names. */
export type TemplateRecord = Readonly<Record<string, Cell>>;

export interface ParseOptions {
  /** Called for every rule that fires, and for every line that none fits. */
  readonly trace?: (step: TraceStep) => void;
}

export interface LongParseOptions extends ParseOptions {
  readonly signal?: AbortSignal;
}

/**
 * What a template finds in a text: one record a row.
 *
 *     const template = compileTemplate(await readFile('show_clock.textfsm', 'utf8'), { name: 'show_clock.textfsm' });
 *     for (const { TIME, TIMEZONE } of parseText(template, output)) …
 *
 * It does not wait: a text of more than about 1 MB goes to {@link parseLongText}.
 * @throws NetwrightError `NW_TEXTFSM_MISMATCH`, `NW_TEXTFSM_TOO_SLOW`.
 */
export function parseText(template: Template, text: string, options: ParseOptions = {}): TemplateRecord[] {
  return recordsOf(template, parseRows(template, text, options));
}

/** As {@link parseText}, values in the order of the template's. */
export function parseRows(template: Template, text: string, options: ParseOptions = {}): readonly Row[] {
  const run = new TemplateRun(template, options.trace);
  const { lines, isPlain } = splitLines(text);
  for (const line of lines) {
    run.line(line, isPlain);
    if (run.isOver) break;
  }
  run.end();
  return run.rows;
}

/** No longer than this at a time on the event loop. */
const sliceMs = 10;
/** What is called a short text is split into lines in less than that. */
const sliceCharacters = 1_000_000;

/**
 * As {@link parseRows} for texts of any length: lets others do their work every {@link sliceMs} ms.
 * @throws NetwrightError as `parseText`; the signal's reason when it fires.
 */
export async function parseLongText(
  template: Template,
  text: string,
  { signal, trace }: LongParseOptions = {},
): Promise<readonly Row[]> {
  const run = new TemplateRun(template, trace);
  let untilMs = performance.now() + sliceMs;
  let unseen = 0;
  for (const part of slices(text)) {
    const { lines, isPlain } = splitLines(part);
    for (const line of lines) {
      run.line(line, isPlain);
      if (run.isOver) break;
      unseen += 0.01 + run.strain;
      if (unseen < 0.2) continue;
      unseen = 0;
      if (performance.now() < untilMs) continue;
      await setImmediate(undefined, { ...(signal && { signal }) });
      untilMs = performance.now() + sliceMs;
    }
    if (run.isOver) break;
  }
  run.end();
  return run.rows;
}

/** The text in parts that end with a line. */
function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const lineEnd = text.length - from > sliceCharacters ? text.indexOf('\n', from + sliceCharacters) : -1;
    const to = lineEnd < 0 ? text.length : lineEnd + 1;
    yield text.slice(from, to);
    from = to;
  }
}

/** Rows as objects. */
export function recordsOf({ values }: Template, rows: readonly Row[]): TemplateRecord[] {
  return rows.map((row) => {
    const record: Record<string, Cell> = {};
    for (let index = 0; index < values.length; index++) record[values[index]!.name] = row[index]!;
    return record;
  });
}
