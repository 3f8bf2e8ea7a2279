import type { Member, MemberKind, Visibility } from '../model.ts';
import type { AttributeFacts, ClassFacts, Expression, FunctionFacts } from './facts.ts';

/** Members of a class: what its body defines, then the fields that its methods set on the object. */
export function membersOf(facts: ClassFacts, file: string): Member[] {
  const members = new Map<string, Member>();
  for (const one of facts.attributes) {
    const known = members.get(one.name);
    if (known === undefined || !known.isInBody) members.set(one.name, attributeMember(one, file));
  }
  for (const method of facts.methods) {
    const known = members.get(method.name);
    // The setter of a property has the name of its getter, which tells more.
    if (known?.kind === 'property' && method.decorators.some((one) => /\.(setter|deleter|getter)$/.test(one))) continue;
    members.set(method.name, methodMember(method, file));
  }
  for (const method of facts.methods) {
    for (const write of method.writes) {
      if (method.self === '' || write.object !== method.self || members.has(write.name)) continue;
      const type = write.type ?? evidentType(write.value);
      members.set(write.name, {
        name: write.name,
        kind: 'attribute',
        visibility: visibilityOf(write.name),
        isStatic: method.decorators.includes('classmethod'),
        isAbstract: false,
        isAsync: false,
        isInBody: false,
        at: { file, line: write.l },
        ...(type === undefined ? {} : { type }),
      });
    }
  }
  return [...members.values()];
}

function attributeMember(one: AttributeFacts, file: string): Member {
  return {
    name: one.name,
    kind: 'attribute',
    visibility: visibilityOf(one.name),
    isStatic: !one.isBare,
    isAbstract: false,
    isAsync: false,
    isInBody: !one.isBare,
    at: { file, line: one.l },
    ...(one.type === undefined ? {} : { type: one.type }),
  };
}

function methodMember(one: FunctionFacts, file: string): Member {
  const isProperty = one.decorators.some((decorator) => /(^|\.|_)property$/.test(decorator));
  const kind: MemberKind = isProperty ? 'property' : one.name === '__init__' ? 'constructor' : 'method';
  return {
    name: one.name,
    kind,
    visibility: visibilityOf(one.name),
    isStatic: one.decorators.some((decorator) => decorator === 'staticmethod' || decorator === 'classmethod'),
    isAbstract: one.decorators.some((decorator) => /(^|\.)abstract\w*$/.test(decorator)),
    isAsync: one.isAsync,
    isInBody: true,
    at: { file, line: one.l },
    ...(one.result === undefined ? {} : { type: one.result }),
    ...(isProperty ? {} : { parameters: one.parametersText }),
    ...(one.summary === undefined ? {} : { summary: one.summary }),
  };
}

function visibilityOf(name: string): Visibility {
  if (/^__.*__$/.test(name) || !name.startsWith('_')) return 'public';
  return name.startsWith('__') ? 'private' : 'protected';
}

/** The type that a value shows by itself: a literal, or a call of something that looks like a class. */
function evidentType(value: Expression): string | undefined {
  if (value.k === 'text' || value.k === 'join') return 'str';
  if (value.k === 'number') return Number.isInteger(value.value) ? 'int' : 'float';
  if (value.k === 'constant') return value.value === null ? undefined : 'bool';
  if (value.k === 'list' || value.k === 'tuple' || value.k === 'set' || value.k === 'dict') return value.k;
  if (value.k === 'comprehension') return value.of;
  if (value.k !== 'call') return undefined;
  const name = value.fn.k === 'name' || value.fn.k === 'attribute' ? value.fn.id : '';
  return /^[A-Z]/.test(name) ? name : undefined;
}
