import type { BaseClass, CodeClass, CodeEdge, DynamicAccess, FieldAccess } from '../model.ts';
import type { ClassFacts } from './facts.ts';
import { functionImports, type Inside, infer } from './infer.ts';
import { linkStep } from './link-functions.ts';
import { membersOf } from './members.ts';
import { type ClassValue, isClass, targetOf, type Value } from './values.ts';
import type { ClassState, World } from './world.ts';

export function linkClass(state: ClassState): CodeClass {
  const { facts, path } = state;
  const lasting = lastingPart(facts, path);
  const { members } = lasting;
  const bases = basesOf(state);
  const name = state.id.slice(state.id.indexOf('#') + 1).replace(/~\d+$/, '');
  return {
    id: state.id,
    name,
    module: path,
    language: 'python',
    kind: 'class',
    at: { file: path, line: facts.l },
    endLine: facts.endLine,
    isAbstract:
      members.some((one) => one.isAbstract) ||
      bases.some((one) => /^outside:(abc\.ABC|typing\.Protocol)$/.test(one.target)) ||
      (facts.metaclass?.k === 'name'
        ? facts.metaclass.id
        : facts.metaclass?.k === 'attribute'
          ? facts.metaclass.id
          : '') === 'ABCMeta',
    bases,
    ...lasting,
    decorators: facts.decorators,
    ...(facts.summary === undefined ? {} : { summary: facts.summary }),
    ...(facts.definedIn === undefined ? {} : { definedIn: facts.definedIn }),
  };
}

type LastingPart = Pick<CodeClass, 'members' | 'writes' | 'reads' | 'dynamics'>;

/** What follows from the file alone: made once for the facts of a class, however often the tree is linked. */
const lastingParts = new WeakMap<ClassFacts, LastingPart & { readonly path: string }>();

function lastingPart(facts: ClassFacts, path: string): LastingPart {
  const known = lastingParts.get(facts);
  if (known?.path === path) {
    const { path: _, ...part } = known;
    return part;
  }
  const own = facts.methods.filter((method) => method.self !== '');
  const part: LastingPart = {
    members: membersOf(facts, path),
    writes: own.flatMap((method) =>
      method.writes
        .filter((one) => one.object === method.self)
        .map((one): FieldAccess => {
          const access = { name: one.name, method: method.name, at: { file: path, line: one.l } };
          return one.text === '' ? access : { ...access, value: one.text };
        }),
    ),
    reads: own.flatMap((method) =>
      method.reads.map(
        (one): FieldAccess => ({ name: one.name, method: method.name, at: { file: path, line: one.l } }),
      ),
    ),
    dynamics: dynamicsOf(facts, path),
  };
  lastingParts.set(facts, { ...part, path });
  return part;
}

function basesOf(state: ClassState): BaseClass[] {
  const written = state.facts.bases;
  return (state.bases ?? []).map((value, index) => ({
    text: written.length === state.bases?.length ? written[index]!.text : targetOf(value).replace(/^.*[#:]/, ''),
    target: targetOf(value),
    kind: 'inherits',
    at: { file: state.path, line: (written[index] ?? written.at(-1))?.value.l ?? state.facts.l },
  }));
}

const dynamicMethods: Readonly<Record<string, string>> = {
  __getattr__: 'answers names that no class defines',
  __getattribute__: 'decides about every name that is read',
  __setattr__: 'decides about every name that is set',
  __class_getitem__: 'answers subscripts of the class',
  __init_subclass__: 'acts on every class that inherits from it',
};

function dynamicsOf(facts: ClassFacts, file: string): DynamicAccess[] {
  const found: DynamicAccess[] = [];
  for (const method of facts.methods) {
    const says = dynamicMethods[method.name];
    if (says !== undefined) {
      found.push({ kind: method.name, at: { file, line: method.l }, says: `${facts.name}.${method.name} ${says}` });
    }
    for (const one of method.dynamics) {
      const where = `${facts.name}.${method.name}`;
      const what = one.kind === '__dict__' ? 'reads or sets fields through __dict__' : 'sets fields by computed names';
      found.push({ kind: one.kind, at: { file, line: one.l }, says: `${where} ${what}: ${one.text}` });
    }
  }
  return found;
}

/** Switches to other classes, and classes made by `type()`, in the methods of a class. */
export function linkMethods(state: ClassState, world: World, orderOf: Inside['orderOf'], edges: CodeEdge[]): void {
  const module = world.modules.get(state.path)!;
  const self: ClassValue = { v: 'class', id: state.id };
  for (const fn of state.facts.methods) {
    const imports = functionImports(world, module, fn);
    if (fn.steps.length === 0) continue;
    const inside: Inside = { world, module, fn, self, className: state.facts.name, imports, orderOf, open: new Set() };
    for (const step of fn.steps) {
      const at = { file: state.path, line: step.l };
      if (step.kind === 'switch') linkStep(step, inside, state.id, edges);
      else if (step.kind === 'new' || (step.kind === 'call' && fn.name === '__new__')) {
        const of = step.kind === 'new' ? step.value : step.of;
        const values: readonly Value[] = of === undefined ? [] : infer(of, inside);
        for (const value of values.filter(isClass)) {
          const to = targetOf(value);
          if (to === state.id || value.v === 'outside') continue;
          const condition = step.condition === undefined ? {} : { condition: step.condition };
          if (
            edges.some(
              (one) => one.kind === 'switches' && one.from === state.id && one.to === to && one.at.line === at.line,
            )
          )
            continue;
          edges.push({ kind: 'switches', from: state.id, to, at, ...condition });
        }
      }
    }
  }
}
