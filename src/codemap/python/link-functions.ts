import type { CodeEdge, CodeFunction, FunctionStep } from '../model.ts';
import type { Expression, FunctionFacts, StepFacts } from './facts.ts';
import { functionImports, type Inside, infer } from './infer.ts';
import { looksLikeClass, targetOf, type Value } from './values.ts';
import type { ModuleState, World } from './world.ts';

/** More targets than this are told as a table, not as edges. */
const maxSwitchTargets = 8;

/** The functions at the top of a module, with what they do that matters to a factory. */
export function linkFunctions(
  module: ModuleState,
  world: World,
  orderOf: Inside['orderOf'],
  edges: CodeEdge[],
): CodeFunction[] {
  const last = new Map(module.facts.functions.map((fn) => [fn.name, fn]));
  return [...last.values()].map((fn) => {
    const id = `${module.path}#${fn.name}`;
    const inside: Inside = {
      world,
      module,
      fn,
      className: '',
      imports: functionImports(world, module, fn),
      orderOf,
      open: new Set(),
    };
    const steps = fn.steps.flatMap((step) => linkStep(step, inside, id, edges));
    return {
      id,
      name: fn.name,
      module: module.path,
      language: 'python',
      at: { file: module.path, line: fn.l },
      parameters: fn.parametersText,
      ...(fn.summary === undefined ? {} : { summary: fn.summary }),
      steps,
    };
  });
}

/** What a step means once names are known; nothing when it is about something else than classes and tables. */
export function linkStep(step: StepFacts, inside: Inside, from: string, edges: CodeEdge[]): FunctionStep[] {
  const at = { file: inside.module.path, line: step.l };
  const base = {
    at,
    text: step.text,
    ...(step.keyText === undefined ? {} : { key: step.keyText }),
    ...(step.condition === undefined ? {} : { condition: step.condition }),
  };
  const addEdge = (kind: 'makes' | 'switches', to: string) => {
    if (
      edges.some(
        (one) =>
          one.kind === kind && one.from === from && one.to === to && (kind === 'makes' || one.at.line === at.line),
      )
    )
      return;
    edges.push({ kind, from, to, at, ...(step.condition === undefined ? {} : { condition: step.condition }) });
  };
  switch (step.kind) {
    case 'index':
    case 'contains': {
      const table = tableOf(step.of, inside);
      const kind = step.kind === 'index' ? 'looks-up' : 'checks';
      return table === undefined ? [] : [{ ...base, kind, target: table }];
    }
    case 'call':
      return linkCall(step, base, inside, addEdge);
    case 'switch': {
      const table = step.value === undefined ? undefined : lookedUp(step.value, inside);
      if (table !== undefined) return [{ ...base, kind: 'switches', target: table }];
      const classes = step.value === undefined ? [] : infer(step.value, inside).filter(looksLikeClass).map(targetOf);
      for (const to of classes.slice(0, maxSwitchTargets)) addEdge('switches', to);
      return [{ ...base, kind: 'switches', ...(classes[0] === undefined ? {} : { target: classes[0] }) }];
    }
    case 'type':
    case 'new':
      return [];
  }
}

function linkCall(
  step: StepFacts,
  base: Omit<FunctionStep, 'kind'>,
  inside: Inside,
  addEdge: (kind: 'makes', to: string) => void,
): FunctionStep[] {
  const { of } = step;
  if (of.k === 'attribute' && (of.id === 'get' || of.id === 'pop')) {
    const table = tableOf(of.of, inside);
    if (table !== undefined) return [{ ...base, kind: 'looks-up', target: table, ...keyOf(step) }];
  }
  if (of.k === 'name' && isLocal(of.id, inside.fn)) {
    const values = infer(of, inside);
    const classes = values.filter(looksLikeClass);
    // A variable that holds a class out of a table: which one depends on the key.
    if (values.length === 0 || classes.length === 0) return [];
    if (classes.length === 1) addEdge('makes', targetOf(classes[0]!));
    return [{ ...base, kind: 'makes', ...(classes.length === 1 ? { target: targetOf(classes[0]!) } : {}) }];
  }
  const [value] = infer(of, inside);
  if (value?.v === 'function') {
    const name = inside.world.facts.get(value.path)?.functions[value.index]?.name;
    return [{ ...base, kind: 'calls', target: `${value.path}#${name}`, ...keyOf(step) }];
  }
  if (value?.v === 'class' || value?.v === 'runtime') {
    addEdge('makes', value.id);
    return [{ ...base, kind: 'makes', target: value.id }];
  }
  return [];
}

const keyOf = (step: StepFacts) => (step.args?.[0] === undefined ? {} : { key: step.args[0] });

const isLocal = (name: string, fn: FunctionFacts) =>
  fn.locals.some((one) => one.name === name) || fn.parameters.some((one) => one.name === name);

/** Id of the factory table that an expression stands for, also by a list of its keys. */
function tableOf(expression: Expression, inside: Inside): string | undefined {
  const [value] = infer(expression, inside);
  return value === undefined ? undefined : tableId(value, inside.world);
}

function tableId(value: Value, world: World): string | undefined {
  if (value.v === 'table') return world.tableIds.get(value)?.id;
  return value.v === 'list' && value.keysOf !== undefined ? world.tableIds.get(value.keysOf)?.id : undefined;
}

/** The table in which a class is looked up: `TABLE[key]`, or a variable or function that does so. */
function lookedUp(expression: Expression, inside: Inside, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  if (expression.k === 'index') return tableOf(expression.of, inside);
  if (expression.k === 'name') {
    const assigned = inside.fn.locals.find((one) => one.name === expression.id);
    return assigned === undefined ? undefined : lookedUp(assigned.value, inside, depth + 1);
  }
  if (expression.k !== 'call') return undefined;
  if (expression.fn.k === 'attribute' && expression.fn.id === 'get') return tableOf(expression.fn.of, inside);
  const [fn] = infer(expression.fn, inside);
  if (fn?.v !== 'function') return undefined;
  const module = inside.world.modules.get(fn.path);
  const facts = module?.facts.functions[fn.index];
  if (module === undefined || facts === undefined) return undefined;
  const imports = functionImports({ ...inside.world, imports: [], warnings: [] }, module, facts);
  const inner: Inside = { ...inside, module, fn: facts, className: '', imports };
  return facts.returns.map((one) => lookedUp(one, inner, depth + 1)).find((one) => one !== undefined);
}
