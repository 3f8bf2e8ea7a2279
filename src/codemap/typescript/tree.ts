import { type Node, visitorKeys } from 'oxc-parser';

/** The nodes directly below, in source order of the grammar. */
export function* childrenOf(node: Node): Generator<Node> {
  // Nodes are plain objects of over a hundred shapes; here only that they have fields counts.
  const fields = node as unknown as Record<string, unknown>;
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key];
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) yield one;
    } else if (isNode(value)) yield value;
  }
}

/** Calls `visit` for the node and all below it, before those; `false` leaves out what is below. */
export function walk(root: Node, visit: (node: Node) => unknown): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (visit(node) === false) continue;
    open.push(...[...childrenOf(node)].reverse());
  }
}

/** `a.b.c` of identifiers only; undefined for anything else. */
export function dottedName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'TSQualifiedName') return joined(node.left, node.right.name);
  if (node.type === 'MemberExpression') {
    return node.computed || node.property.type !== 'Identifier' ? undefined : joined(node.object, node.property.name);
  }
  const isWrapper =
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSInstantiationExpression';
  return isWrapper ? dottedName(node.expression) : undefined;
}

function joined(left: Node, right: string): string | undefined {
  const name = dottedName(left);
  return name === undefined ? undefined : `${name}.${right}`;
}

/** Names of all types that a type mentions, containers and their elements alike. */
export function typeNames(type: Node): string[] {
  const names: string[] = [];
  walk(type, (node) => {
    // What a function takes or gives is not held by whoever holds the function.
    if (node.type === 'TSFunctionType' || node.type === 'TSConstructorType' || node.type === 'TSTypeQuery')
      return false;
    if (node.type !== 'TSTypeReference') return;
    const name = dottedName(node.typeName);
    if (name !== undefined) names.push(name);
  });
  return names;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
