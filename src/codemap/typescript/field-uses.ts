import type { Class, ClassElement, Function as FunctionNode, Node } from 'oxc-parser';
import type { AccessFact, ClassFact, MemberFact, UseFact } from './facts.ts';
import { evidentType, keyName, visibilityOf } from './members.ts';
import type { SourceText } from './source-text.ts';
import { dottedName, typeNames, walk } from './tree.ts';

export interface FieldUses {
  readonly writes: AccessFact[];
  readonly reads: AccessFact[];
  readonly uses: UseFact[];
  readonly dynamics: ClassFact['dynamics'][number][];
  /** Fields that only methods set. */
  readonly undeclared: MemberFact[];
}

/** What the methods of a class do with the object's fields, and which classes it makes or is given. */
export function fieldUses(
  source: SourceText,
  node: Class,
  members: readonly MemberFact[],
  isTyped: boolean,
): FieldUses {
  const found: FieldUses = { writes: [], reads: [], uses: [], dynamics: [], undeclared: [] };
  const known = new Set(members.map(({ name }) => name));
  for (const element of node.body.body) {
    if (element.type === 'TSIndexSignature') continue;
    if (element.type === 'StaticBlock') {
      for (const statement of element.body) visitCode(statement, '');
      continue;
    }
    const name = keyName(source, element.key, element.computed);
    if ('kind' in element) visitMethod(element.value, name);
    else visitField(element, name);
  }
  return found;

  function visitField(
    element: Exclude<ClassElement, { type: `${string}MethodDefinition` | 'StaticBlock' | 'TSIndexSignature' }>,
    name: string,
  ): void {
    if (element.typeAnnotation) given(element.typeAnnotation, name);
    if (element.value === null) return;
    found.writes.push(written(name, '', element.value));
    made(element.value, name);
    visitCode(element.value, '');
  }

  function visitMethod(method: FunctionNode, name: string): void {
    const types = new Map<string, Node>();
    for (const param of method.params) {
      const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
      const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
      if (target.type !== 'Identifier' || !target.typeAnnotation) continue;
      types.set(target.name, target.typeAnnotation);
      if (param.type === 'TSParameterProperty') given(target.typeAnnotation, target.name);
    }
    if (method.body !== null) visitCode(method.body, name, types);
  }

  function visitCode(code: Node, method: string, parameters?: ReadonlyMap<string, Node>): void {
    const targets = new Set<Node>();
    walk(code, (one) => {
      // Another object is `this` in there.
      if (one.type === 'FunctionExpression' || one.type === 'FunctionDeclaration') return false;
      if (one.type === 'ClassDeclaration' || one.type === 'ClassExpression') return false;
      if (one.type === 'AssignmentExpression') {
        const field = fieldOf(one.left);
        if (field !== undefined) {
          if (one.operator === '=') targets.add(one.left);
          assigned(field, method, one.right, one.left, parameters);
        } else if (
          one.left.type === 'MemberExpression' &&
          one.left.computed &&
          one.left.object.type === 'ThisExpression'
        ) {
          dynamic('this[…]', one, `Names are made while it runs: ${source.brief(one)}`);
        }
      } else if (one.type === 'MemberExpression' && !targets.has(one)) {
        const field = fieldOf(one);
        if (field !== undefined) found.reads.push({ name: field, method, line: source.lineAt(one.start) });
      } else if (one.type === 'NewExpression' && one.callee.type === 'Identifier' && one.callee.name === 'Proxy') {
        if (one.arguments[0]?.type === 'ThisExpression') {
          dynamic('Proxy', one, `A Proxy of the object answers in its place: ${source.brief(one)}`);
        }
      }
    });
  }

  function assigned(
    field: string,
    method: string,
    value: Node,
    target: Node,
    parameters: ReadonlyMap<string, Node> | undefined,
  ): void {
    found.writes.push(written(field, method, value));
    made(value, field);
    if (value.type === 'Identifier') {
      const type = parameters?.get(value.name);
      if (type !== undefined) given(type, field);
    }
    if (known.has(field)) return;
    known.add(field);
    found.undeclared.push({
      name: field,
      kind: 'attribute',
      visibility: visibilityOf(field, isTyped),
      isStatic: false,
      isAbstract: false,
      isAsync: false,
      isInBody: false,
      line: source.lineAt(target.start),
      ...evidentType(source, value),
    });
  }

  /** Every `new C()` whose object ends up in the field: alone, behind `??`, in a list. */
  function made(value: Node, via: string): void {
    walk(value, (one) => {
      if (one.type === 'ArrowFunctionExpression' || one.type === 'FunctionExpression') return false;
      if (one.type !== 'NewExpression') return one.type !== 'CallExpression';
      const name = dottedName(one.callee);
      if (name !== undefined) use('composes', name, via, one);
      for (const type of one.typeArguments?.params ?? []) given(type, via);
      return false;
    });
  }

  function given(type: Node, via: string): void {
    for (const name of typeNames(type)) use('aggregates', name, via, type);
  }

  function use(kind: UseFact['kind'], name: string, via: string, node: Node): void {
    if (found.uses.some((one) => one.kind === kind && one.name === name && one.via === via)) return;
    found.uses.push({ kind, name, via, line: source.lineAt(node.start) });
  }

  function written(name: string, method: string, value: Node): AccessFact {
    return { name, method, line: source.lineAt(value.start), value: source.brief(value) };
  }

  function dynamic(kind: string, node: Node, says: string): void {
    found.dynamics.push({ kind, line: source.lineAt(node.start), says });
  }
}

/** Name of the field when the node is `this.x` or `this.#x`. */
function fieldOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'ThisExpression') return undefined;
  return node.property.type === 'PrivateIdentifier'
    ? `#${node.property.name}`
    : (node.property as { name: string }).name;
}
