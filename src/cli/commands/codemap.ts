import { basename, relative, resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { DrawingFormat, ModuleGraph } from '#codemap';
import { NetwrightError } from '#core';
import { readCodeOf } from '../code-source.ts';
import { printComparison } from '../comparison-text.ts';
import { example } from '../example.ts';
import { printExplanation } from '../explanation-text.ts';
import { countOrNone } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted, formatSize, table } from '../table.ts';
import { writeOutput } from '../write-output.ts';

const formats = ['svg', 'html', 'mermaid', 'plantuml', 'dot', 'json'] as const satisfies readonly DrawingFormat[];
const codeArgument = ['<code>', 'a folder, or an installed package: netmiko, jnpr.junos, kysely'] as const;
const outFlag = ['-o, --output <file>', 'where to write; its ending says the format'] as const;
const linkFlag = ['--link <address>', 'of a source line in the page, with {file} and {line}'] as const;

export function codemapCommand(runtime: Runtime) {
  return new Command('codemap')
    .description('Explain libraries: class, factory and module maps of Python and TypeScript code.')
    .addCommand(drawCommand(runtime))
    .addCommand(explainCommand(runtime))
    .addCommand(compareCommand(runtime))
    .addCommand(modulesCommand(runtime));
}

function drawCommand(runtime: Runtime) {
  return new Command('draw')
    .description('Draw the classes of a code base: an interactive page, a picture, or text for other programs.')
    .argument(...codeArgument)
    .option(...outFlag)
    .addOption(formatOption())
    .option('--focus <class>', 'only this class, its ancestors, heirs and parts; may be repeated', collect)
    .option('--depth <n>', 'so many steps below the focus, or levels below the first classes', countOrNone)
    .option('--only <glob>', 'classes or files that match, with their ancestors; may be repeated', collect)
    .option('--hide-private', 'leave out what is not public')
    .addOption(
      new Option('--fold <folders>', 'folders as one row each').choices(['auto', 'none', 'all']).default('auto'),
    )
    .option('--dark', 'light on dark')
    .option(...linkFlag)
    .addHelpText(
      'after',
      example(
        'codemap draw netmiko -o netmiko.html',
        'codemap draw netmiko -o ios.svg --focus CiscoIosSSH --dark',
        "codemap draw ./src --only 'drivers/**' --format mermaid",
      ),
    )
    .action(async (code, flags) => {
      const { drawClasses } = await import('#codemap');
      const model = await readCodeOf(runtime, code);
      const target = await targetOf(runtime, flags, model.name, 'html');
      const { focus, depth, only, link } = flags;
      const drawing = await drawClasses(model, {
        format: target.format,
        fold: flags.fold,
        ...(focus && { focus }),
        ...(depth !== undefined && { depth }),
        ...(only && { only }),
        ...(flags.hidePrivate && { hidePrivate: true }),
        ...(flags.dark && { theme: 'dark' }),
        ...(link !== undefined && { link }),
      });
      const { text, ...drawn } = drawing;
      const facts = { ...drawn, warnings: model.warnings };
      await deliver(runtime, target, text, facts, counted(facts.classes, 'class', 'classes'));
      for (const note of drawing.notes) runtime.screen.note(runtime.screen.errorColors.dim(note));
    });
}

function explainCommand(runtime: Runtime) {
  return new Command('explain')
    .description('The way from a factory call to the class: table, lookup order, who defines and overrides what.')
    .argument(...codeArgument)
    .argument('[entry]', 'a factory function, a table of classes, or a class (default: list them)')
    .argument('[key]', 'of the table, such as cisco_ios')
    .addHelpText(
      'after',
      example(
        'codemap explain netmiko ConnectHandler cisco_ios',
        'codemap explain netmiko',
        'codemap explain ./src SshLink',
      ),
    )
    .action(async (code, entry, key) => {
      const { screen } = runtime;
      const { explain } = await import('#codemap');
      const model = await readCodeOf(runtime, code);
      if (entry === undefined) {
        const lookups = new Map(
          model.functions.flatMap(({ name, steps }) =>
            steps.flatMap(({ kind, target }) =>
              kind === 'looks-up' && target !== undefined ? [[target, name] as const] : [],
            ),
          ),
        );
        const rows = model.factories.map(({ id, name, at, entries }) => ({
          table: name,
          askedBy: lookups.get(id) ?? null,
          keys: entries.length,
          classes: new Set(entries.map(({ target }) => target)).size,
          at,
        }));
        screen.document(rows);
        if (rows.length === 0)
          screen.note(`${model.name} has no table from keys to classes; name a class to explain it`);
        else {
          const lines = rows.map((row) => [
            row.table,
            row.askedBy ?? '',
            String(row.keys),
            String(row.classes),
            `${row.at.file}:${row.at.line}`,
          ]);
          screen.print(table(['TABLE', 'ASKED BY', 'KEYS', 'CLASSES', 'AT'], lines, screen.colors.bold));
        }
        return;
      }
      const explanation = explain(model, entry, key);
      screen.document(explanation);
      printExplanation(screen, explanation);
    });
}

function compareCommand(runtime: Runtime) {
  return new Command('compare')
    .description('What changed from one code base to another: classes, keys of factories, overrides.')
    .argument('<before>', 'a folder or an installed package')
    .argument('<after>', 'a folder or an installed package')
    .addHelpText(
      'after',
      example('codemap compare ./netmiko-2.4 ./netmiko-4.6', 'codemap compare netmiko ./my-fork --json'),
    )
    .action(async (before, after) => {
      const { compareModels } = await import('#codemap');
      const older = await readCodeOf(runtime, before);
      const newer = await readCodeOf(runtime, after);
      const comparison = compareModels(older, newer);
      runtime.screen.document({ ...comparison, warnings: { before: older.warnings, after: newer.warnings } });
      printComparison(runtime.screen, comparison);
    });
}

function modulesCommand(runtime: Runtime) {
  return new Command('modules')
    .description('The import graph by folder: floors, and circles with the lines that close them.')
    .argument(...codeArgument)
    .option(...outFlag)
    .addOption(formatOption())
    .option('--depth <n>', 'how many folders deep (default: as deep as a picture bears)', countOrNone)
    .option('--dark', 'light on dark')
    .option(...linkFlag)
    .addHelpText(
      'after',
      example(
        'codemap modules ./src',
        'codemap modules ./src -o rooms.svg --depth 1',
        'codemap modules netmiko --json',
      ),
    )
    .action(async (code, flags) => {
      const { drawModules, moduleGraph } = await import('#codemap');
      const model = await readCodeOf(runtime, code);
      const graph = moduleGraph(model);
      if (flags.output === undefined && flags.format === undefined) {
        runtime.screen.document({ name: model.name, root: model.root, ...graph, warnings: model.warnings });
        printModules(runtime, graph);
        return;
      }
      const target = await targetOf(runtime, flags, model.name, 'svg');
      const text = await drawModules(model, graph, {
        format: target.format,
        ...(flags.depth !== undefined && { depth: flags.depth }),
        ...(flags.dark && { theme: 'dark' }),
        ...(flags.link !== undefined && { link: flags.link }),
      });
      const facts = {
        modules: graph.modules.length,
        imports: graph.imports.length,
        cycles: graph.cycles.length,
        warnings: model.warnings,
      };
      await deliver(runtime, target, text, facts, counted(facts.modules, 'module'));
    });
}

function printModules({ screen }: Runtime, { layers, modules, cycles, imports }: ModuleGraph): void {
  const { bold, dim, red, yellow } = screen.colors;
  const byId = new Map(modules.map((one) => [one.id, one]));
  const rows = layers.map((ids, floor) => {
    const folders = Map.groupBy(ids, (id) => byId.get(id)?.folder ?? '');
    const inside = [...folders].map(([folder, all]) => `${folder === '' ? '.' : folder} ${dim(`(${all.length})`)}`);
    return [String(floor), String(ids.length), inside.join(', ')];
  });
  screen.print(table(['FLOOR', 'MODULES', 'FOLDERS'], rows.reverse(), bold));
  screen.print();
  screen.print(
    `${counted(modules.length, 'module')}, ${counted(imports.length, 'import')}, ${cycles.length === 0 ? 'no circles' : counted(cycles.length, 'circle')}`,
  );
  for (const { way, isDeferred } of cycles) {
    const mark = isDeferred ? yellow('circle, only for types or inside functions') : red('circle');
    screen.print(`${mark} ${way.map(({ from }) => from).join(' → ')} → ${way[0]?.from ?? ''}`);
    for (const { from, to, at } of way) screen.print(dim(`  ${from} imports ${to} at ${at.file}:${at.line}`));
  }
}

interface Target {
  readonly format: DrawingFormat;
  /** Undefined for stdout. */
  readonly file: string | undefined;
}

/** @throws NetwrightError `NW_USAGE` when neither flag nor ending says a format that there is. */
async function targetOf(
  { cwd, screen }: Runtime,
  { output, format }: { readonly output?: string | undefined; readonly format?: DrawingFormat | undefined },
  name: string,
  usual: DrawingFormat,
): Promise<Target> {
  const { drawingFormats, formatOf } = await import('#codemap');
  if (output === '-') return { format: format ?? usual, file: undefined };
  if (output !== undefined) {
    const wanted = format ?? formatOf(output);
    if (wanted !== undefined) return { format: wanted, file: resolve(cwd, output) };
    const endings = Object.values(drawingFormats).join(', ');
    throw new NetwrightError('NW_USAGE', `${output}: expected a file that ends in one of ${endings}, or --format`);
  }
  if (format !== undefined) return { format, file: undefined };
  if (screen.isJson) return { format: 'json', file: undefined };
  const plain = basename(name).replace(/[^\w.-]+/g, '-') || 'code';
  return { format: usual, file: resolve(cwd, plain + drawingFormats[usual]) };
}

async function deliver(
  { screen, cwd }: Runtime,
  { format, file }: Target,
  text: string,
  facts: object,
  what: string,
): Promise<void> {
  if (file === undefined) {
    if (!screen.isJson || format === 'json') screen.printRaw(Buffer.from(text));
    else screen.document({ format, ...facts, text });
    return;
  }
  await writeOutput(file, text);
  const sizeBytes = Buffer.byteLength(text);
  screen.document({ file, format, sizeBytes, ...facts });
  screen.note(`${what} drawn in ${relative(cwd, file) || file} (${formatSize(sizeBytes)})`);
}

const formatOption = () =>
  new Option('--format <format>', 'where the ending of the file does not say it').choices(formats);

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
