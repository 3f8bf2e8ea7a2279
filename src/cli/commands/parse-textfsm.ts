import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import { Command } from '@commander-js/extra-typings';
import { decodeText, NetwrightError } from '#core';
import type { Template, TraceStep } from '#parse';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';

export function parseTextfsmCommand(runtime: Runtime) {
  return new Command('textfsm')
    .description('Read a text with a TextFSM template.')
    .argument('<template>', 'a file, or the name of a template of the workspace')
    .argument('[file]', 'the text; without it, stdin')
    .option('--trace', 'show line by line which rule fired, and what it took')
    .option('--csv', 'print CSV')
    .addHelpText(
      'after',
      example(
        'parse textfsm show_clock.textfsm answer.txt',
        'parse textfsm cisco_ios_show_version.textfsm --trace < answer.txt',
      ),
    )
    .action(async (name, file, flags) => {
      const { screen, signal } = runtime;
      const [{ parseLongText, keysOf, recordsOf, TextTable }, { recordTable }, { traceLine }] = await Promise.all([
        import('#parse'),
        import('../record-table.ts'),
        import('../trace-text.ts'),
      ]);
      if (flags.csv && screen.isJson) throw new NetwrightError('NW_USAGE', '--csv and --json do not go together');
      const template = await findTemplate(runtime, name);
      const text = await readInput(runtime, file);
      const steps: TraceStep[] = [];
      const trace = flags.trace
        ? (step: TraceStep): void => {
            if (screen.isJson) steps.push(step);
            else screen.printText(`${traceLine(step, template, screen.colors)}\n`);
          }
        : undefined;
      const rows = await parseLongText(template, text, { signal, ...(trace && { trace }) });
      screen.document({
        template: template.name,
        records: recordsOf(template, rows),
        ...(flags.trace && { trace: steps.map(stepRecord) }),
      });
      const header = template.values.map((value) => value.name);
      const table = new TextTable(header, rows, keysOf(template));
      if (flags.csv) screen.printText(table.toCsv());
      else {
        if (flags.trace) screen.print();
        screen.printText(`${recordTable(table, { columns: screen.columns, ...screen.colors }, (column) => column)}\n`);
      }
    });
}

const stepRecord = ({
  lineNumber,
  line,
  state,
  rule,
  captured,
  recorded,
  notRecorded,
  newState,
}: TraceStep): object => ({
  lineNumber,
  line,
  state,
  rule: rule === undefined ? null : { line: rule.line, text: rule.text },
  captured,
  recorded: recorded ?? null,
  ...(notRecorded !== undefined && { notRecorded }),
  ...(newState !== undefined && { newState }),
});

/** A path, else a file of the workspace's collections. */
async function findTemplate(runtime: Runtime, name: string): Promise<Template> {
  const { compileTemplate, openTemplates } = await import('#parse');
  const path = resolve(runtime.cwd, name);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new NetwrightError('NW_TEXTFSM_NOT_FOUND', `${name}: cannot be read: ${error.message}`, { cause: error });
  });
  if (bytes !== undefined) return compileTemplate(decodeText(bytes), { name });
  const folders = await templateFolders(runtime);
  for (const folder of folders) {
    const collection = await openTemplates(folder);
    const files = collection.index.rows.flatMap(({ templates }) => templates);
    const file = files.find((one) => one === name || basename(one, '.textfsm') === name);
    if (file !== undefined) return await collection.template(file);
  }
  const where = folders.length === 0 ? '' : `, and no template of that name in ${folders.join(', ')}`;
  throw new NetwrightError('NW_TEXTFSM_NOT_FOUND', `${name}: there is no such file${where}`);
}

/** Those of the workspace; without one, those of the environment. */
async function templateFolders(runtime: Runtime): Promise<readonly string[]> {
  try {
    const workspace = await runtime.workspace();
    return workspace.settings.templates.map((folder) => workspace.path(folder));
  } catch (error) {
    if (error instanceof NetwrightError && error.code === 'NW_WORKSPACE_NOT_FOUND') {
      const named = runtime.env['NETWRIGHT_TEMPLATES'] ?? '';
      return named.split(',').flatMap((folder) => (folder.trim() === '' ? [] : [resolve(runtime.cwd, folder.trim())]));
    }
    throw error;
  }
}

async function readInput({ cwd, stdin }: Runtime, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return await readStream(stdin);
  try {
    return decodeText(await readFile(resolve(cwd, file)));
  } catch (error) {
    throw new NetwrightError('NW_USAGE', `${file}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
