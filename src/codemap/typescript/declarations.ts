import type { Class, Expression, Node, TSType, TSTypeParameterInstantiation } from 'oxc-parser';
import type { BaseFact, ClassFact } from './facts.ts';
import { fieldUses } from './field-uses.ts';
import { classMembers, keyName, signatureMembers } from './members.ts';
import type { SourceText } from './source-text.ts';
import { dottedName, typeNames } from './tree.ts';

interface Placed {
  readonly name: string;
  /** Where the statement begins, `export` included: the documentation stands before it. */
  readonly start: number;
  readonly definedIn?: string;
}

/** A class statement or expression. */
export function classFact(source: SourceText, node: Class, placed: Placed, isTyped: boolean): ClassFact {
  const dynamics: ClassFact['dynamics'][number][] = [];
  const members = classMembers(source, node.body.body, isTyped, dynamics);
  const found = fieldUses(source, node, members, isTyped);
  const bases: BaseFact[] = [];
  if (node.superClass !== null) bases.push(baseOf(source, node.superClass, node.superTypeArguments?.end));
  for (const { expression, start, end } of node.implements ?? []) {
    const name = dottedName(expression) ?? source.brief(expression);
    bases.push({ text: source.brief({ start, end }), name, kind: 'implements', line: source.lineAt(start) });
  }
  return {
    ...head(source, node, placed),
    kind: 'class',
    isAbstract: node.abstract === true,
    bases,
    members: [...members, ...found.undeclared],
    writes: found.writes,
    reads: found.reads,
    dynamics: [...dynamics, ...found.dynamics],
    decorators: node.decorators.map(({ expression }) => source.brief(expression)),
    uses: found.uses,
  };
}

/** Interfaces, enums and types of object shape; undefined for any other statement. */
export function typeFact(
  source: SourceText,
  node: Node,
  placed: Omit<Placed, 'name'>,
  prefix: string,
): ClassFact | undefined {
  if (node.type === 'TSInterfaceDeclaration') {
    const bases = node.extends.map(
      ({ expression, typeArguments, start, end }): BaseFact => ({
        text: source.brief({ start, end }),
        name: refined(dottedName(expression), typeArguments) ?? source.brief(expression),
        kind: 'inherits',
        line: source.lineAt(start),
      }),
    );
    return shape(source, node, { ...placed, name: prefix + node.id.name }, 'interface', bases, node.body.body);
  }
  if (node.type === 'TSEnumDeclaration') {
    const name = prefix + node.id.name;
    const members = node.body.members.map((member) => ({
      name: member.id.type === 'Identifier' ? member.id.name : keyName(source, member.id as Expression, false),
      kind: 'attribute' as const,
      visibility: 'public' as const,
      isStatic: true,
      isAbstract: false,
      isAsync: false,
      isInBody: true,
      line: source.lineAt(member.start),
      ...(member.initializer && { type: source.brief(member.initializer) }),
    }));
    return { ...empty, ...head(source, node, { ...placed, name }), kind: 'enum', members };
  }
  if (node.type === 'TSTypeAliasDeclaration') {
    const parts = node.typeAnnotation.type === 'TSIntersectionType' ? node.typeAnnotation.types : [node.typeAnnotation];
    const literals = parts.filter((part) => part.type === 'TSTypeLiteral');
    if (literals.length === 0) return undefined;
    const bases = parts.flatMap((part): BaseFact[] =>
      part.type === 'TSTypeReference' ? [typeBase(source, part)] : [],
    );
    const signatures = literals.flatMap((part) => part.members);
    return shape(source, node, { ...placed, name: prefix + node.id.name }, 'type', bases, signatures);
  }
  return undefined;
}

const empty = {
  isAbstract: false,
  bases: [],
  members: [],
  writes: [],
  reads: [],
  dynamics: [],
  decorators: [],
  uses: [],
} as const;

function shape(
  source: SourceText,
  node: Node,
  placed: Placed,
  kind: 'interface' | 'type',
  bases: BaseFact[],
  signatures: Parameters<typeof signatureMembers>[1],
): ClassFact {
  const dynamics: ClassFact['dynamics'][number][] = [];
  const members = signatureMembers(source, signatures, dynamics);
  const uses = signatures.flatMap((one) => {
    if (one.type !== 'TSPropertySignature' || one.typeAnnotation === null) return [];
    const via = keyName(source, one.key, one.computed);
    const line = source.lineAt(one.start);
    return [...new Set(typeNames(one.typeAnnotation))].map((name) => ({
      kind: 'aggregates' as const,
      name,
      via,
      line,
    }));
  });
  return { ...empty, ...head(source, node, placed), kind, bases, members, dynamics, uses };
}

const typeBase = (source: SourceText, part: Extract<TSType, { type: 'TSTypeReference' }>): BaseFact => ({
  text: source.brief(part),
  name: refined(dottedName(part.typeName), part.typeArguments) ?? source.brief(part.typeName),
  kind: 'inherits',
  line: source.lineAt(part.start),
});

/** Types of the language that are another type with less or more: `Omit<Base, 'x'>` is made of `Base`. */
const refinements = new Set(['Omit', 'Pick', 'Partial', 'Required', 'Readonly']);

function refined(name: string | undefined, given: TSTypeParameterInstantiation | null): string | undefined {
  const first = given?.params[0];
  if (name === undefined || !refinements.has(name) || first?.type !== 'TSTypeReference') return name;
  return dottedName(first.typeName) ?? name;
}

/** `extends Base<T>`, `extends ns.Base`, `extends Mixin(Base)`. */
function baseOf(source: SourceText, node: Expression, end = node.end): BaseFact {
  const text = source.brief({ start: node.start, end });
  const line = source.lineAt(node.start);
  if (node.type === 'CallExpression') {
    const mixed = node.arguments.flatMap((argument) => mixedNames(argument));
    const name = dottedName(node.callee) ?? source.brief(node.callee);
    return { text, name, kind: 'inherits', line, mixed };
  }
  return { text, name: dottedName(node) ?? text, kind: 'inherits', line };
}

/** `Named(Dated(Base))`: the innermost names are what is mixed. */
function mixedNames(node: Node): string[] {
  if (node.type === 'CallExpression') return node.arguments.flatMap(mixedNames);
  const name = dottedName(node);
  return name === undefined ? [] : [name];
}

function head(source: SourceText, node: Node, { name, start, definedIn }: Placed) {
  const summary = source.summaryBefore(start);
  return {
    name,
    line: source.lineAt(node.start),
    endLine: source.lineAt(node.end),
    ...(summary !== undefined && { summary }),
    ...(definedIn !== undefined && { definedIn }),
  };
}
