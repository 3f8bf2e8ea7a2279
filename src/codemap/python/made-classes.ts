import type { CodeEdge, RuntimeClass } from '../model.ts';
import type { FunctionFacts, StepFacts } from './facts.ts';
import { functionImports, type Inside, infer } from './infer.ts';
import { type ClassValue, isClass, targetOf } from './values.ts';
import type { ModuleState, World } from './world.ts';

/** Classes that functions and methods make with `type(name, bases, {})` whenever they are called. */
export function madeClasses(module: ModuleState, world: World, orderOf: Inside['orderOf'], edges: CodeEdge[]): void {
  for (const fn of module.facts.functions) made(fn, '', undefined, module, world, orderOf, edges);
  for (const [index, one] of module.facts.classes.entries()) {
    const self: ClassValue = { v: 'class', id: module.classIds[index]! };
    for (const method of one.methods) made(method, one.name, self, module, world, orderOf, edges);
  }
}

function made(
  fn: FunctionFacts,
  className: string,
  self: ClassValue | undefined,
  module: ModuleState,
  world: World,
  orderOf: Inside['orderOf'],
  edges: CodeEdge[],
): void {
  const steps = fn.steps.filter((step) => step.kind === 'type');
  if (steps.length === 0) return;
  const imports = functionImports({ ...world, imports: [], warnings: [] }, module, fn);
  const open = new Set<object>();
  const inside: Inside = {
    world,
    module,
    fn,
    className,
    imports,
    orderOf,
    open,
    ...(self === undefined ? {} : { self }),
  };
  const where = className === '' ? fn.name : `${className}.${fn.name}`;
  const seen = new Map<string, number>();
  for (const step of steps) {
    const name = nameOf(step);
    const at = { file: module.path, line: step.l };
    const condition = step.condition === undefined ? {} : { condition: step.condition };
    for (const bases of alternativesOf(step, inside)) {
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      const id = `runtime:${module.path}#${where}.${name}${times === 1 ? '' : `~${times}`}`;
      const one: RuntimeClass = {
        id,
        name: step.value?.k === 'text' ? name : `${where}(${name})`,
        module: module.path,
        kind: 'type() call',
        bases,
        at,
        madeAt: at,
        text: step.text,
        members: [],
      };
      world.runtimeClasses.set(id, one);
      edges.push({
        kind: 'makes',
        from: self === undefined ? `${module.path}#${fn.name}` : targetOf(self),
        to: id,
        at,
        ...condition,
      });
    }
  }
}

/** The name as it can be told: a literal, else how the code spells it. */
function nameOf(step: StepFacts): string {
  const { value } = step;
  if (value?.k === 'text') return value.value;
  if (value?.k === 'name') return value.id;
  return value?.k === 'attribute' ? `…${value.id}` : 'class';
}

/** Classes of one call that are told apart; a table of hundreds to choose a base from would bury the map. */
const mostAlternatives = 16;

/** The lists of bases that the call may be made with: one for each class that a variable in it may hold. */
function alternativesOf({ bases }: StepFacts, inside: Inside): (readonly string[])[] {
  const items = bases?.k === 'tuple' || bases?.k === 'list' ? bases.items : [];
  let lists: string[][] = [[]];
  for (const item of items) {
    const found = [...new Set(infer(item, inside).filter(isClass).map(targetOf))];
    if (found.length > 0)
      lists = lists.flatMap((list) => found.map((one) => [...list, one])).slice(0, mostAlternatives);
  }
  return lists.map((list) => (list.length > 0 ? [...new Set(list)] : ['outside:object']));
}
