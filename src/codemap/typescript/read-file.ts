import type { Node } from 'oxc-parser';
import type { SourceFile } from '../reader.ts';
import { bindingsOf } from './bindings.ts';
import { classFact, typeFact } from './declarations.ts';
import type { ClassFact, FunctionFact, TableFact, TypescriptFacts } from './facts.ts';
import { functionFact, tableFact } from './functions.ts';
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
  const parsed = source.parse(file);
  for (const { severity, message, labels } of parsed.errors) {
    if (severity !== 'Error') continue;
    const line = source.lineAt(labels[0]?.start ?? 0);
    warnings.push({
      kind: 'syntax',
      line,
      message: `cannot be read as ${isTyped ? 'TypeScript' : 'JavaScript'}: ${message}`,
    });
    break;
  }
  source.keepDocs(parsed.comments);
  const found = new Declarations(source, isTyped);
  for (const statement of parsed.program.body) found.visit(statement, '', statement.start, undefined);
  const { topSummary } = source;
  return {
    language,
    lines: source.lines,
    ...(topSummary !== undefined && { summary: topSummary }),
    ...bindingsOf(source, parsed),
    classes: found.classes,
    functions: found.functions,
    tables: found.tables,
    warnings,
  };
}

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
    const inside = definedIn === undefined ? {} : { definedIn };
    const isTop = prefix === '' && definedIn === undefined;
    switch (node.type) {
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        if (node.declaration) this.visit(node.declaration, prefix, start, definedIn);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const name = prefix + (node.id?.name ?? (isTop ? 'default' : 'anonymous'));
        this.classes.push(classFact(this.#source, node, { name, start, ...inside }, this.#isTyped));
        for (const element of node.body.body) this.#below(element, `${name}.`, definedIn);
        return;
      }
      case 'TSInterfaceDeclaration':
      case 'TSEnumDeclaration':
      case 'TSTypeAliasDeclaration': {
        const fact = typeFact(this.#source, node, { start, ...inside }, prefix);
        if (fact !== undefined) this.classes.push(fact);
        return;
      }
      case 'TSModuleDeclaration': {
        // `declare module 'x'` and `declare global` add to what is elsewhere.
        const name = node.id.type === 'Identifier' && node.kind !== 'global' ? `${prefix}${node.id.name}.` : prefix;
        for (const statement of node.body?.body ?? []) this.visit(statement, name, statement.start, definedIn);
        return;
      }
      case 'FunctionDeclaration': {
        const name = node.id?.name ?? 'default';
        if (isTop) this.functions.push(functionFact(this.#source, node, name, start));
        if (node.body !== null) this.#below(node.body, `${prefix}${name}.`, name);
        return;
      }
      case 'VariableDeclaration':
        for (const declarator of node.declarations) {
          const { id, init } = declarator;
          if (init === null) continue;
          if (id.type !== 'Identifier') {
            this.#below(init, prefix, definedIn);
          } else if (init.type === 'ClassExpression') {
            const name = prefix + id.name;
            this.classes.push(classFact(this.#source, init, { name, start, ...inside }, this.#isTyped));
            for (const element of init.body.body) this.#below(element, `${name}.`, definedIn);
          } else if (init.type === 'ArrowFunctionExpression' || init.type === 'FunctionExpression') {
            if (isTop) this.functions.push(functionFact(this.#source, init, id.name, start));
            if (init.body !== null) this.#below(init.body, `${prefix}${id.name}.`, id.name);
          } else {
            const line = this.#source.lineAt(declarator.start);
            const table = isTop ? tableFact(this.#source, id.name, init, line) : undefined;
            if (table !== undefined) this.tables.push(table);
            this.#below(init, prefix, definedIn);
          }
        }
        return;
      case 'ExpressionStatement': {
        // `exports.Client = class extends Base {}` is named by what it is assigned to.
        const { expression } = node;
        if (expression.type === 'AssignmentExpression' && expression.right.type === 'ClassExpression') {
          const target = this.#source.text.slice(expression.left.start, expression.left.end);
          const name = expression.right.id?.name ?? target.slice(target.lastIndexOf('.') + 1);
          const known = name === 'exports' ? 'default' : name;
          this.classes.push(
            classFact(this.#source, expression.right, { name: prefix + known, start, ...inside }, this.#isTyped),
          );
          return;
        }
        this.#below(node, prefix, definedIn);
        return;
      }
      default:
        this.#below(node, prefix, definedIn);
    }
  }

  #below(node: Node, prefix: string, definedIn: string | undefined): void {
    for (const child of childrenOf(node)) this.visit(child, prefix, child.start, definedIn);
  }
}
