import type { Class, ExpressionStatement, Node, VariableDeclarator } from 'oxc-parser';
import type { SourceFile } from '../reader.ts';
import { bindingsOf } from './bindings.ts';
import { classFact, typeFact } from './declarations.ts';
import type { ClassFact, FunctionFact, TableFact, TypescriptFacts } from './facts.ts';
import { functionFact, tableFact } from './functions.ts';
import { nestsTooDeeply } from './nesting.ts';
import { SourceText } from './source-text.ts';
import { childrenOf } from './tree.ts';

/** Facts of one TypeScript or JavaScript file. A file that cannot be parsed gives a warning with its place. */
export function readTypescriptFile(file: SourceFile): TypescriptFacts {
  const source = new SourceText(file.bytes);
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const language = isTyped ? 'typescript' : 'javascript';
  const warnings: TypescriptFacts['warnings'][number][] = [];
  if (source.oddEncoding !== undefined) {
    warnings.push({ kind: 'encoding', line: 1, message: `expected UTF-8, read as ${source.oddEncoding}` });
  }
  const facts = { language, lines: source.lines, ...nothing } as const;
  if (nestsTooDeeply(source.text)) return { ...facts, warnings: [...warnings, tooDeep] };
  const parsed = source.parse(file);
  for (const { severity, message, labels } of parsed.errors) {
    if (severity !== 'Error') continue;
    const line = source.lineAt(labels[0]?.start ?? 0);
    const name = isTyped ? 'TypeScript' : 'JavaScript';
    warnings.push({ kind: 'syntax', line, message: `cannot be read as ${name}: ${message}` });
    break;
  }
  source.keepDocs(parsed.comments);
  try {
    const found = new Declarations(source, isTyped);
    for (const statement of parsed.program.body) found.visit(statement, '', statement.start, undefined);
    const { classes, functions, tables } = found;
    const { topSummary } = source;
    return {
      ...facts,
      ...(topSummary !== undefined && { summary: topSummary }),
      ...bindingsOf(source, parsed),
      classes,
      functions,
      tables,
      warnings,
    };
  } catch (error) {
    // `1 + 1 + …` of a generator: the parser bears it, the stack of a program that walks the tree does not.
    if (!(error instanceof RangeError)) throw error;
    return { ...facts, warnings: [...warnings, tooDeep] };
  }
}

const nothing = { imports: [], exports: [], classes: [], functions: [], tables: [] } as const;
const tooDeep = { kind: 'skipped', line: 1, message: 'nested too deeply to be read: skipped' } as const;

/** Finds classes wherever they stand, functions and tables at the top. */
class Declarations {
  readonly classes: ClassFact[] = [];
  readonly functions: FunctionFact[] = [];
  readonly tables: TableFact[] = [];
  readonly #source: SourceText;
  readonly #isTyped: boolean;

  constructor(source: SourceText, isTyped: boolean) {
    this.#source = source;
    this.#isTyped = isTyped;
  }

  /** `prefix` is the qualified name of what is around, with its dot; `start` where the whole statement begins. */
  visit(node: Node, prefix: string, start: number, definedIn: string | undefined): void {
    const isTop = prefix === '' && definedIn === undefined;
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') {
      if (node.declaration) this.visit(node.declaration, prefix, start, definedIn);
    } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      this.#class(node, prefix + (node.id?.name ?? (isTop ? 'default' : 'anonymous')), start, definedIn);
    } else if (node.type === 'TSModuleDeclaration') {
      // `declare module 'x'` and `declare global` add to what is elsewhere.
      const name = node.id.type === 'Identifier' && node.kind !== 'global' ? `${prefix}${node.id.name}.` : prefix;
      for (const statement of node.body?.body ?? []) this.visit(statement, name, statement.start, definedIn);
    } else if (node.type === 'FunctionDeclaration') {
      const name = node.id?.name ?? 'default';
      if (isTop) this.functions.push(functionFact(this.#source, node, name, start));
      if (node.body !== null) this.#below(node.body, `${prefix}${name}.`, name);
    } else if (node.type === 'VariableDeclaration') {
      for (const declarator of node.declarations) this.#variable(declarator, prefix, start, definedIn);
    } else if (node.type === 'ExpressionStatement') this.#statement(node, prefix, start, definedIn);
    else {
      const fact = typeFact(this.#source, node, { start, ...(definedIn !== undefined && { definedIn }) }, prefix);
      if (fact === undefined) this.#below(node, prefix, definedIn);
      else this.classes.push(fact);
    }
  }

  #class(node: Class, name: string, start: number, definedIn: string | undefined): void {
    const placed = { name, start, ...(definedIn !== undefined && { definedIn }) };
    this.classes.push(classFact(this.#source, node, placed, this.#isTyped));
    for (const element of node.body.body) this.#below(element, `${name}.`, definedIn);
  }

  #variable(declarator: VariableDeclarator, prefix: string, start: number, definedIn: string | undefined): void {
    const { id, init } = declarator;
    if (init === null) return;
    const isTop = prefix === '' && definedIn === undefined;
    if (id.type !== 'Identifier') this.#below(init, prefix, definedIn);
    else if (init.type === 'ClassExpression') this.#class(init, prefix + id.name, start, definedIn);
    else if (init.type === 'ArrowFunctionExpression' || init.type === 'FunctionExpression') {
      if (isTop) this.functions.push(functionFact(this.#source, init, id.name, start));
      if (init.body !== null) this.#below(init.body, `${prefix}${id.name}.`, id.name);
    } else {
      const line = this.#source.lineAt(declarator.start);
      const table = isTop ? tableFact(this.#source, id.name, init, line) : undefined;
      if (table !== undefined) this.tables.push(table);
      this.visit(init, prefix, init.start, definedIn);
    }
  }

  /** `exports.Client = class extends Base {}` is named by what it is assigned to. */
  #statement(node: ExpressionStatement, prefix: string, start: number, definedIn: string | undefined): void {
    const { expression } = node;
    if (expression.type !== 'AssignmentExpression' || expression.right.type !== 'ClassExpression') {
      this.#below(node, prefix, definedIn);
      return;
    }
    const target = this.#source.text.slice(expression.left.start, expression.left.end);
    const name = expression.right.id?.name ?? target.slice(target.lastIndexOf('.') + 1);
    this.#class(expression.right, prefix + (name === 'exports' ? 'default' : name), start, definedIn);
  }

  #below(node: Node, prefix: string, definedIn: string | undefined): void {
    for (const child of childrenOf(node)) this.visit(child, prefix, child.start, definedIn);
  }
}
