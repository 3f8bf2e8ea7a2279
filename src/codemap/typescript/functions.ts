import type { ArrowFunctionExpression, Function as FunctionNode, Node } from 'oxc-parser';
import type { FunctionFact, StepFact, TableFact } from './facts.ts';
import { parametersOf } from './members.ts';
import type { SourceText } from './source-text.ts';
import { dottedName, walk } from './tree.ts';

const mostStepText = 120;

/** A function at the top of a file, with what it makes, calls and looks up. */
export function functionFact(
  source: SourceText,
  node: FunctionNode | ArrowFunctionExpression,
  name: string,
  start: number,
): FunctionFact {
  const summary = source.summaryBefore(start);
  const steps: StepFact[] = [];
  if (node.body !== null)
    collectSteps(source, node.body, node.type === 'ArrowFunctionExpression' && node.expression, steps);
  return {
    name,
    line: source.lineAt(node.start),
    parameters: parametersOf(source, node.params),
    ...(summary !== undefined && { summary }),
    steps,
  };
}

function collectSteps(source: SourceText, body: Node, isResult: boolean, steps: StepFact[]): void {
  const results = new Set<Node>(isResult ? [body] : []);
  walk(body, (node) => {
    // What an inner function does, it does later.
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return false;
    if (node.type === 'ReturnStatement' && node.argument !== null) markResults(node.argument, results);
    const at = { line: source.lineAt(node.start), text: source.brief(node, mostStepText) };
    if (node.type === 'MemberExpression' && node.computed) {
      const name = dottedName(node.object);
      if (name !== undefined) steps.push({ kind: 'looks-up', name, key: source.brief(node.property), ...at });
    } else if (node.type === 'NewExpression') {
      const name = dottedName(node.callee);
      steps.push({
        kind: 'makes',
        ...(name !== undefined && { name }),
        ...(results.has(node) && { isResult: true }),
        ...at,
      });
    } else if (node.type === 'CallExpression') {
      const name = dottedName(node.callee);
      if (name !== undefined) steps.push({ kind: 'calls', name, ...at });
    } else if (node.type === 'BinaryExpression' && node.operator === 'in') {
      const name = dottedName(node.right);
      if (name !== undefined) steps.push({ kind: 'checks', name, key: source.brief(node.left), ...at });
    }
    return true;
  });
}

/** What `return a ? new B() : await new C()` gives. */
function markResults(node: Node, results: Set<Node>): void {
  results.add(node);
  if (node.type === 'AwaitExpression') markResults(node.argument, results);
  else if (node.type === 'ConditionalExpression') {
    markResults(node.consequent, results);
    markResults(node.alternate, results);
  } else if (node.type === 'LogicalExpression') {
    markResults(node.left, results);
    markResults(node.right, results);
  }
}

/** `const drivers = { ssh: SshDriver, telnet: TelnetDriver }`, also `new Map([['ssh', SshDriver]])`. */
export function tableFact(source: SourceText, name: string, init: Node, line: number): TableFact | undefined {
  const value = unwrapped(init);
  const entries =
    value.type === 'ObjectExpression'
      ? value.properties.flatMap((property) => {
          if (property.type !== 'Property' || property.computed) return [];
          const { key } = property;
          const text = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
          return text === undefined ? [] : entry(source, text, property.value);
        })
      : mapEntries(source, value);
  return entries.length === 0 ? undefined : { name, line, entries };
}

function mapEntries(source: SourceText, value: Node): TableFact['entries'][number][] {
  if (value.type !== 'NewExpression' || dottedName(value.callee) !== 'Map') return [];
  const list = value.arguments[0];
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((pair) => {
    if (pair?.type !== 'ArrayExpression') return [];
    const [key, target] = pair.elements;
    return key?.type === 'Literal' && target ? entry(source, String(key.value), target) : [];
  });
}

/** A class by name, or an arrow that makes or is it: `() => new SshDriver()`. */
function entry(source: SourceText, key: string, value: Node): TableFact['entries'][number][] {
  let inner = unwrapped(value);
  if (inner.type === 'ArrowFunctionExpression' && inner.expression) inner = unwrapped(inner.body);
  if (inner.type === 'NewExpression') inner = inner.callee;
  const name = dottedName(inner);
  return name === undefined ? [] : [{ key, name, line: source.lineAt(value.start) }];
}

/** Without `as const`, `satisfies …`, `Object.freeze(…)`. */
function unwrapped(node: Node): Node {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'TSNonNullExpression') {
    return unwrapped(node.expression);
  }
  if (node.type === 'CallExpression' && dottedName(node.callee) === 'Object.freeze' && node.arguments[0]) {
    return unwrapped(node.arguments[0]);
  }
  return node;
}
