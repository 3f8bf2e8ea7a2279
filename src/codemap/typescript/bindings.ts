import type { EcmaScriptModule, Node, ParseResult, Statement } from 'oxc-parser';
import type { BindingFact, ExportFact, ImportFact } from './facts.ts';
import type { SourceText } from './source-text.ts';
import { walk } from './tree.ts';

export interface Bindings {
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
}

/** What a file imports and exports, as ES module or CommonJS. */
export function bindingsOf(source: SourceText, { module, program }: ParseResult): Bindings {
  const found = esModule(source, module);
  for (const statement of program.body) nameDefault(statement, found.exports);
  if (!module.hasModuleSyntax) commonJs(source, program.body, found);
  return found;
}

function esModule(source: SourceText, module: EcmaScriptModule): Bindings {
  const imports: ImportFact[] = module.staticImports.map(({ start, moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    line: source.lineAt(start),
    isDeferred:
      entries.length > 0
        ? entries.every(({ isType }) => isType)
        : /^import\s+type\b/.test(source.text.slice(start, start + 80)),
    names: entries.map(
      ({ importName, localName }): BindingFact => ({
        imported: importName.kind === 'Name' ? importName.name! : importName.kind === 'Default' ? 'default' : '*',
        local: localName.value,
      }),
    ),
  }));
  const exports: ExportFact[] = [];
  for (const { start, entries } of module.staticExports) {
    const from = new Map<string, boolean>();
    for (const { moduleRequest, importName, exportName, localName, isType } of entries) {
      const exported = exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*');
      if (moduleRequest === null) {
        exports.push({ exported, ...(localName.name !== null && { local: localName.name }) });
        continue;
      }
      const specifier = moduleRequest.value;
      exports.push({ exported, specifier, imported: importName.kind === 'Name' ? importName.name! : '*' });
      from.set(specifier, (from.get(specifier) ?? true) && isType);
    }
    for (const [specifier, isDeferred] of from) {
      imports.push({ specifier, line: source.lineAt(start), isDeferred, names: [] });
    }
  }
  for (const { start, moduleRequest } of module.dynamicImports) {
    const specifier = literal(source.text.slice(moduleRequest.start, moduleRequest.end));
    if (specifier !== undefined) imports.push({ specifier, line: source.lineAt(start), isDeferred: true, names: [] });
  }
  return { imports, exports };
}

/** `export default class extends Base {}` is known by the name `default`. */
function nameDefault(statement: Node, exports: ExportFact[]): void {
  if (statement.type !== 'ExportDefaultDeclaration') return;
  const { declaration } = statement;
  const local =
    declaration.type === 'Identifier'
      ? declaration.name
      : 'id' in declaration && declaration.id?.type === 'Identifier'
        ? declaration.id.name
        : 'default';
  const at = exports.findIndex(({ exported }) => exported === 'default');
  if (at >= 0) exports[at] = { exported: 'default', local };
}

const literal = (text: string): string | undefined => /^(['"`])([^'"`$\\]+)\1$/.exec(text.trim())?.[2];

/** `const { A } = require('./a')`, `exports.A = A`, `module.exports = { A, B: C }`. */
function commonJs(source: SourceText, body: readonly (Statement | Node)[], found: Bindings): void {
  const claimed = new Set<Node>();
  for (const statement of body) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        const required = init === null ? undefined : requireOf(init);
        if (required === undefined) continue;
        claimed.add(required.call);
        const names = bindingNames(id, required.member);
        found.imports.push({
          specifier: required.specifier,
          line: source.lineAt(init!.start),
          isDeferred: false,
          names,
        });
      }
    } else if (statement.type === 'ExpressionStatement') exportsOf(source, statement.expression, found, claimed);
  }
  for (const statement of body) {
    const isFunction = statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration';
    walk(statement, (node) => {
      const required = claimed.has(node) ? undefined : requireOf(node);
      if (required === undefined || claimed.has(required.call)) return;
      claimed.add(required.call);
      const line = source.lineAt(node.start);
      found.imports.push({ specifier: required.specifier, line, isDeferred: isFunction, names: [] });
    });
  }
}

function exportsOf(source: SourceText, expression: Node, found: Bindings, claimed: Set<Node>): void {
  if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return;
  const target = source.text.slice(expression.left.start, expression.left.end);
  const value = expression.right;
  const name = /^(?:module\.)?exports\.([\w$]+)$/.exec(target)?.[1];
  if (name !== undefined) addExport(name, value);
  if (target !== 'module.exports') return;
  if (value.type !== 'ObjectExpression') {
    addExport('default', value);
    return;
  }
  for (const property of value.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const key =
      property.key.type === 'Identifier'
        ? property.key.name
        : property.key.type === 'Literal'
          ? `${property.key.value}`
          : '';
    if (key !== '') addExport(key, property.value);
  }

  function addExport(exported: string, node: Node): void {
    const required = requireOf(node);
    if (required !== undefined) {
      claimed.add(required.call);
      const { specifier, member } = required;
      found.imports.push({ specifier, line: source.lineAt(node.start), isDeferred: false, names: [] });
      found.exports.push({ exported, specifier, imported: member ?? 'default' });
    } else if (node.type === 'Identifier') found.exports.push({ exported, local: node.name });
    else if (node.type === 'ClassExpression') found.exports.push({ exported, local: node.id?.name ?? exported });
  }
}

/** `require('./a')` or `require('./a').B`. */
function requireOf(node: Node): { specifier: string; member?: string; call: Node } | undefined {
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
    const inner = requireOf(node.object);
    return inner === undefined || inner.member !== undefined ? undefined : { ...inner, member: node.property.name };
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const argument = node.arguments[0];
  if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return undefined;
  return { specifier: argument.value, call: node };
}

function bindingNames(id: Node, member: string | undefined): BindingFact[] {
  if (id.type === 'Identifier') return [{ imported: member ?? 'default', local: id.name }];
  if (id.type !== 'ObjectPattern' || member !== undefined) return [];
  return id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    return value.type === 'Identifier' ? [{ imported: property.key.name, local: value.name }] : [];
  });
}
