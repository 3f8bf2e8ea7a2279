import type { CodeEdge, EdgeKind } from '../model.ts';
import type { Expression, FunctionFacts } from './facts.ts';
import { annotatedClasses, functionImports, type Inside, infer } from './infer.ts';
import { targetOf, type Value } from './values.ts';
import type { ClassState, World } from './world.ts';

/** What a class is made of: the classes of the objects in its fields, each with the line that tells so. */
export function compositions(state: ClassState, world: World, orderOf: Inside['orderOf'], edges: EdgeSet): void {
  const module = world.modules.get(state.path)!;
  const self = { v: 'class', id: state.id } as const;
  const base = { world, module, self, className: state.facts.name, orderOf, open: new Set<object>() };
  const bodyOf: Inside = { ...base, fn: bodyFunction, imports: state.names };
  for (const one of state.facts.attributes) {
    if (one.typeValue === undefined) continue;
    annotated(one.typeValue, { owner: state.id, via: one.name, file: state.path, line: one.l }, bodyOf, edges);
  }
  for (const [name, value] of state.names) {
    // A class that is only named in the body (`view = ArpView`) is part of it as much as an object.
    const line = state.facts.attributes.find((one) => one.name === name)?.l;
    if (line === undefined) continue;
    fieldValue(value, false, { owner: state.id, via: name, file: state.path, line }, edges);
  }
  for (const fn of state.facts.methods) {
    const writes = fn.writes.filter((one) => one.typeValue !== undefined || mayHoldObject(one.value));
    if (writes.length === 0) continue;
    const inside: Inside = {
      ...base,
      fn,
      imports: functionImports({ ...world, imports: [], warnings: [] }, module, fn),
    };
    for (const write of writes) {
      for (const owner of ownersOf(write.object, inside)) {
        const field = { owner, via: write.name, file: state.path, line: write.l };
        if (write.typeValue !== undefined) annotated(write.typeValue, field, inside, edges);
        const isGiven = write.value.k === 'name';
        for (const value of nearest(infer(write.value, inside), orderOf)) fieldValue(value, isGiven, field, edges);
      }
    }
  }
}

/** More classes than this in one field come out of a factory: the class that all of them inherit from tells more. */
const maxClassesOfField = 4;

function nearest(values: readonly Value[], orderOf: Inside['orderOf']): readonly Value[] {
  const orders = values.flatMap((one) => (one.v === 'instance' && one.of.v === 'class' ? [orderOf(one.of.id)] : []));
  if (orders.length <= maxClassesOfField) return values;
  const common = orders[0]!.find((id) => !id.startsWith('outside:') && orders.every((order) => order.includes(id)));
  return common === undefined ? [] : [{ v: 'instance', of: { v: 'class', id: common }, isMade: true }];
}

/** Edges of fields, one for each kind, ends and field. */
export class EdgeSet {
  readonly #known = new Set<string>();
  readonly edges: CodeEdge[] = [];

  add(kind: EdgeKind, to: string, field: Field): void {
    const key = `${field.owner}\0${to}\0${field.via}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.edges.push({ kind, from: field.owner, to, at: { file: field.file, line: field.line }, via: field.via });
  }
}

interface Field {
  readonly owner: string;
  readonly via: string;
  readonly file: string;
  readonly line: number;
}

/** Class bodies have no parameters and no local variables. */
const bodyFunction: FunctionFacts = {
  name: '',
  l: 0,
  isAsync: false,
  self: '',
  decorators: [],
  parameters: [],
  parametersText: '',
  imports: [],
  locals: [],
  writes: [],
  reads: [],
  returns: [],
  steps: [],
  dynamics: [],
};

function mayHoldObject(value: Expression): boolean {
  return !['text', 'join', 'number', 'constant', 'other', 'not'].includes(value.k);
}

/** The classes whose field is set: the own one for `self`, or that of a local object. */
function ownersOf(object: string, inside: Inside): string[] {
  if (object === inside.fn.self && inside.self?.v === 'class') return [inside.self.id];
  const values = infer({ k: 'name', l: 0, id: object }, inside);
  const classes = values.flatMap((value) => (value.v === 'instance' && value.of.v === 'class' ? [value.of.id] : []));
  return [...new Set(classes)];
}

function annotated(type: Expression, field: Field, inside: Inside, edges: EdgeSet): void {
  for (const { of, isContained } of annotatedClasses(type, inside)) {
    if (of.v === 'outside') continue;
    edges.add(isContained ? 'aggregates' : 'composes', targetOf(of), field);
  }
}

function fieldValue(value: Value, isGiven: boolean, field: Field, edges: EdgeSet, depth = 0): void {
  if (value.v === 'instance' && value.of.v !== 'outside') {
    edges.add(value.isMade && !isGiven ? 'composes' : 'aggregates', targetOf(value.of), field);
  } else if (value.v === 'class' || value.v === 'runtime') {
    edges.add('aggregates', value.id, field);
  } else if (depth > 2) {
    // A container may hold itself.
  } else if (value.v === 'list') {
    for (const item of value.items.slice(0, 50)) fieldValue(item, true, field, edges, depth + 1);
  } else if (value.v === 'table') {
    // A table of many classes is a factory, listed as such.
    if (value.entries.size > 12) return;
    for (const entry of value.entries.values()) fieldValue(entry.value, true, field, edges, depth + 1);
  }
}
