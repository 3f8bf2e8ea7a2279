import { type Node, visitorKeys } from 'oxc-parser';

/** The nodes directly below, in source order of the grammar. */
export function* childrenOf(node: Node): Generator<Node> {
  const fields = node as unknown as Record<string, unknown>;
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key];
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) yield one;
    } else if (isNode(value)) yield value;
  }
}

/** Calls `visit` for the node and all below it, before those; `false` leaves out what is below. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** `a.b.c` of identifiers only; undefined for anything else. */
export function dottedName(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'TSQualifiedName': {
      const left = dottedName(node.left);
      return left === undefined ? undefined : `${left}.${node.right.name}`;
    }
    case 'MemberExpression': {
      if (node.computed || node.property.type !== 'Identifier') return undefined;
      const left = dottedName(node.object);
      return left === undefined ? undefined : `${left}.${node.property.name}`;
    }
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSInstantiationExpression':
      return dottedName(node.expression);
    default:
      return undefined;
  }
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
