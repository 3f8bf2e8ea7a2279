import type { ClassElement, Node, ParamPattern, PropertyKey, TSSignature, TSTypeAnnotation } from 'oxc-parser';
import type { Visibility } from '../model.ts';
import type { ClassFact, MemberFact } from './facts.ts';
import type { SourceText } from './source-text.ts';

type Dynamics = ClassFact['dynamics'][number][];

/** Members of a class body. What cannot be named by reading goes to `dynamics`. */
export function classMembers(
  source: SourceText,
  elements: readonly ClassElement[],
  isTyped: boolean,
  dynamics: Dynamics,
): MemberFact[] {
  const members: MemberFact[] = [];
  for (const element of elements) {
    if (element.type === 'StaticBlock') continue;
    if (element.type === 'TSIndexSignature') {
      dynamics.push(anyName(source, element));
      continue;
    }
    const name = keyName(source, element.key, element.computed);
    const base = {
      name,
      visibility: element.accessibility ?? visibilityOf(name, isTyped),
      isStatic: element.static,
      isAbstract: element.type.startsWith('TSAbstract'),
      isInBody: true,
      ...placed(source, element),
    };
    if ('kind' in element) {
      const { value, kind } = element;
      const isProperty = kind === 'get' || kind === 'set';
      // A getter with its setter is one property, overloads are one method.
      if (members.some((one) => one.name === name && one.isStatic === element.static)) continue;
      members.push({
        ...base,
        kind: isProperty ? 'property' : kind,
        isAsync: value.async,
        ...(isProperty ? {} : { parameters: parametersOf(source, value.params) }),
        ...typeOf(source, value.returnType),
      });
      if (kind === 'constructor') members.push(...parameterProperties(source, value.params));
    } else {
      members.push({
        ...base,
        kind: 'attribute',
        isAsync: false,
        ...(element.typeAnnotation ? typeOf(source, element.typeAnnotation) : evidentType(source, element.value)),
      });
    }
  }
  return members;
}

/** Members of an interface or an object type. */
export function signatureMembers(
  source: SourceText,
  signatures: readonly TSSignature[],
  dynamics: Dynamics,
): MemberFact[] {
  const members: MemberFact[] = [];
  for (const one of signatures) {
    if (one.type === 'TSIndexSignature') {
      dynamics.push(anyName(source, one));
      continue;
    }
    const isKeyed = one.type === 'TSPropertySignature' || one.type === 'TSMethodSignature';
    const name = isKeyed
      ? keyName(source, one.key, one.computed)
      : one.type === 'TSConstructSignatureDeclaration'
        ? 'new'
        : '()';
    if (members.some((member) => member.name === name)) continue;
    const isProperty = one.type === 'TSMethodSignature' && one.kind !== 'method';
    const type = typeOf(source, one.type === 'TSPropertySignature' ? one.typeAnnotation : one.returnType);
    members.push({
      name,
      kind: one.type === 'TSPropertySignature' ? 'attribute' : isProperty ? 'property' : 'method',
      visibility: 'public',
      isStatic: false,
      isAbstract: false,
      isAsync: false,
      isInBody: true,
      ...placed(source, one),
      ...(one.type !== 'TSPropertySignature' && !isProperty && { parameters: parametersOf(source, one.params) }),
      ...type,
    });
  }
  return members;
}

/** `constructor(private readonly dialer: Dialer)` declares a field. */
function parameterProperties(source: SourceText, params: readonly ParamPattern[]): MemberFact[] {
  return params.flatMap((param) => {
    if (param.type !== 'TSParameterProperty') return [];
    const target = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
    if (target.type !== 'Identifier') return [];
    return [
      {
        name: target.name,
        kind: 'attribute' as const,
        visibility: param.accessibility ?? 'public',
        isStatic: false,
        isAbstract: false,
        isAsync: false,
        isInBody: true,
        line: source.lineAt(param.start),
        ...typeOf(source, target.typeAnnotation),
      },
    ];
  });
}

export function parametersOf(source: SourceText, params: readonly ParamPattern[]): string {
  const first = params[0];
  const last = params.at(-1);
  return first === undefined || last === undefined ? '' : source.brief({ start: first.start, end: last.end }, 160);
}

export function keyName(source: SourceText, key: PropertyKey, isComputed: boolean): string {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!isComputed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal' && typeof key.value === 'string') return key.value;
  return isComputed ? `[${source.brief(key, 60)}]` : source.brief(key, 60);
}

/** JavaScript has no word for it: a leading underline says "not for others". */
export const visibilityOf = (name: string, isTyped: boolean): Visibility =>
  name.startsWith('#') ? 'private' : !isTyped && name.startsWith('_') ? 'protected' : 'public';

function typeOf(source: SourceText, annotation: TSTypeAnnotation | null | undefined): { type?: string } {
  return annotation ? { type: source.brief(annotation.typeAnnotation, 120) } : {};
}

/** The type that a value shows without thinking: `new C()`, a literal. */
export function evidentType(source: SourceText, value: Node | null): { type?: string } {
  if (value === null) return {};
  if (value.type === 'NewExpression') return { type: source.brief(value.callee) };
  if (value.type === 'Literal' && value.value !== null) return { type: typeof value.value };
  if (value.type === 'TemplateLiteral') return { type: 'string' };
  return {};
}

const placed = (source: SourceText, node: Node): { line: number; summary?: string } => {
  const summary = source.summaryBefore(node.start);
  return { line: source.lineAt(node.start), ...(summary !== undefined && { summary }) };
};

const anyName = (source: SourceText, node: Node): Dynamics[number] => ({
  kind: 'index signature',
  line: source.lineAt(node.start),
  says: `Any name may be asked for: ${source.brief(node)}`,
});
