import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { decodeText, NetwrightError } from '#core';
import { compileTemplate } from './compile-template.ts';
import { type LongParseOptions, parseLongText } from './parse-text.ts';
import type { Cell, ListEntry } from './record-row.ts';
import { keysOf, type Template } from './template.ts';
import { type Attributes, findRow, type IndexRow, parseIndex, type TemplateIndex } from './template-index.ts';
import { TextTable } from './text-table.ts';

/** A text read through the collection. */
export interface ParsedOutput {
  /** Files of the templates that did it. */
  readonly templates: readonly string[];
  readonly table: TextTable;
}

/** A template of a folder, or why it is none. */
export type CheckedTemplate =
  | { readonly file: string; readonly template: Template; readonly error: undefined }
  | { readonly file: string; readonly template: undefined; readonly error: NetwrightError };

/** A folder of templates with an index, such as that of ntc-templates. */
export interface TemplateCollection {
  readonly folder: string;
  readonly index: TemplateIndex;
  /** Lines of the index that have not as many fields as its header. */
  readonly skippedLines: readonly number[];
  /** The row for an output: the first that fits. */
  find(attributes: Attributes): IndexRow | undefined;
  /** Compiles a template when it is first asked for. @throws NetwrightError `NW_TEXTFSM_NOT_FOUND`, `NW_TEXTFSM_INVALID`. */
  template(file: string): Promise<Template>;
  /** Reads a text with the templates of a row; several tables are joined by their keys. @throws NetwrightError as `parseText`. */
  parse(row: IndexRow, text: string, options?: LongParseOptions): Promise<ParsedOutput>;
  /** Compiles every template of the folder, in the order of names. */
  check(signal?: AbortSignal): AsyncIterable<CheckedTemplate>;
}

/** Where a clone of a collection keeps its index. */
const places = ['.', 'templates', join('ntc_templates', 'templates')];

/**
 * Opens a folder of templates: itself, or a clone of ntc-templates around it.
 * @throws NetwrightError `NW_TEXTFSM_NOT_FOUND` when there is no index, `NW_TEXTFSM_INVALID` when it has a mistake.
 */
export async function openTemplates(folder: string): Promise<TemplateCollection> {
  const found = await firstWithIndex(folder);
  const file = join(found, 'index');
  const skippedLines: number[] = [];
  const index = parseIndex(await readText(file), file, (line) => skippedLines.push(line));
  return new FolderTemplates(found, index, skippedLines);
}

async function firstWithIndex(folder: string): Promise<string> {
  for (const place of places) {
    const path = join(folder, place);
    if (
      await stat(join(path, 'index')).then(
        (one) => one.isFile(),
        () => false,
      )
    )
      return path;
  }
  throw new NetwrightError(
    'NW_TEXTFSM_NOT_FOUND',
    `${folder}: expected a folder of templates with a file named index`,
    {
      hint: 'give a clone of ntc-templates, or a folder with an index of your own: see docs/guides/parse.md',
    },
  );
}

async function readText(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    throw new NetwrightError('NW_TEXTFSM_NOT_FOUND', `${file}: cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Reads and compiles one template. @throws NetwrightError `NW_TEXTFSM_NOT_FOUND`, `NW_TEXTFSM_INVALID`. */
export async function readTemplate(file: string): Promise<Template> {
  return compileTemplate(await readText(file), { name: file });
}

class FolderTemplates implements TemplateCollection {
  readonly folder: string;
  readonly index: TemplateIndex;
  readonly skippedLines: readonly number[];
  readonly #templates = new Map<string, Promise<Template>>();

  constructor(folder: string, index: TemplateIndex, skippedLines: readonly number[]) {
    this.folder = folder;
    this.index = index;
    this.skippedLines = skippedLines;
  }

  find(attributes: Attributes): IndexRow | undefined {
    return findRow(this.index, attributes);
  }

  template(file: string): Promise<Template> {
    let template = this.#templates.get(file);
    if (template === undefined) {
      template = this.#read(file);
      this.#templates.set(file, template);
    }
    return template;
  }

  async #read(file: string): Promise<Template> {
    const path = resolve(this.folder, file);
    const inside = relative(this.folder, path);
    if (inside === '..' || inside.startsWith(`..${sep}`)) {
      throw new NetwrightError('NW_TEXTFSM_INVALID', `${join(this.folder, 'index')}: ${file} is not in its folder`);
    }
    return await readTemplate(path);
  }

  async parse(row: IndexRow, text: string, options: LongParseOptions = {}): Promise<ParsedOutput> {
    let table: TextTable | undefined;
    let keys: readonly string[] = [];
    for (const file of row.templates) {
      const template = await this.template(file);
      const next = await readTable(template, text, options);
      if (keys.length === 0) keys = next.keys;
      table = table === undefined ? next : table.extend(next, keys);
    }
    return { templates: row.templates, table: table! };
  }

  async *check(signal?: AbortSignal): AsyncGenerator<CheckedTemplate> {
    const names = await readdir(this.folder, { recursive: true });
    const listed = this.index.rows.flatMap(({ templates }) => templates);
    for (const file of [...new Set([...names.filter((name) => name.endsWith('.textfsm')), ...listed])].sort()) {
      signal?.throwIfAborted();
      try {
        yield { file, template: await this.template(file), error: undefined };
      } catch (error) {
        if (!(error instanceof NetwrightError)) throw error;
        yield { file, template: undefined, error };
      }
    }
  }
}

async function readTable(template: Template, text: string, options: LongParseOptions): Promise<TextTable> {
  const rows = await parseLongText(template, text, options);
  return new TextTable(
    template.values.map(({ name }) => name),
    rows.map((row) => row.map(tableCell)),
    keysOf(template),
  );
}

/** An entry that took no part in its match is the word None in a table, as CliTable has it and collections expect. */
const tableCell = (cell: Cell): Cell =>
  typeof cell === 'string' || !cell.includes(null) ? cell : cell.map((entry): ListEntry => entry ?? 'None');
