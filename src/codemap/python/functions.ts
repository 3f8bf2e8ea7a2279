import { oneLine, operatorBetween, toExpression } from './expressions.ts';
import type { AnyImport, Expression, FunctionFacts, ParameterFacts, StepFacts, WriteFacts } from './facts.ts';
import { assignmentOf, decoratorText, docstring, importsOf, type Reading, textOf } from './reading.ts';
import type { Syntax } from './syntax-tree.ts';

export interface FunctionContext {
  readonly reading: Reading;
  readonly decorators: readonly Syntax[];
  /** Whether it is a method: its first parameter is then the object. */
  readonly isMethod: boolean;
  /** Qualified name of what is around it, for classes defined inside. */
  readonly scope: string;
}

/** Mutable while the body is walked. */
interface Walk {
  readonly reading: Reading;
  readonly scope: string;
  /** Name of the object itself: `self`, `cls`; empty in a function. */
  readonly self: string;
  readonly keepsSteps: boolean;
  readonly imports: AnyImport[];
  readonly locals: { name: string; l: number; value: Expression }[];
  readonly writes: WriteFacts[];
  readonly reads: { name: string; l: number }[];
  readonly returns: Expression[];
  readonly steps: StepFacts[];
  readonly dynamics: { kind: string; l: number; text: string }[];
  readonly conditions: string[];
}

export function functionFacts(node: Syntax, context: FunctionContext): FunctionFacts {
  const { text } = context.reading;
  const [nameNode] = node.children;
  const parameterNode = node.children.find((child) => child.type === 'parameters');
  const resultNode = node.children.find((child) => child.type === 'type');
  const body = node.children.find((child) => child.type === 'block');
  const name = nameNode === undefined ? '' : textOf(nameNode, text);
  const decorators = context.decorators.map((one) => decoratorText(one, text));
  const all = (parameterNode?.children ?? []).map((child) => parameter(child, text));
  const isStatic = decorators.includes('staticmethod');
  const hasSelf = context.isMethod && !isStatic && all.length > 0;
  const isFactory = !context.isMethod || isStatic || decorators.includes('classmethod') || name === '__new__';
  const walk: Walk = {
    reading: context.reading,
    scope: context.scope === '' ? name : `${context.scope}.${name}`,
    self: hasSelf ? all[0]!.name : '',
    keepsSteps: isFactory,
    imports: [],
    locals: [],
    writes: [],
    reads: [],
    returns: [],
    steps: [],
    dynamics: [],
    conditions: [],
  };
  for (const child of body?.children ?? []) visit(child, walk);
  const summary = docstring(body, text);
  const shown = (parameterNode?.children ?? []).slice(hasSelf ? 1 : 0).map((child) => oneLine(textOf(child, text), 60));
  return {
    name,
    l: node.line,
    isAsync: text.startsWith('async', node.start),
    self: walk.self,
    decorators,
    parameters: hasSelf ? all.slice(1) : all,
    parametersText: oneLine(shown.join(', '), 200),
    ...(resultNode === undefined
      ? {}
      : { result: oneLine(textOf(resultNode, text), 80), resultType: toExpression(resultNode, text) }),
    ...(summary === undefined ? {} : { summary }),
    imports: walk.imports,
    locals: walk.locals,
    writes: walk.writes,
    reads: walk.reads,
    returns: walk.returns,
    steps: walk.steps,
    dynamics: walk.dynamics,
  };
}

function parameter(node: Syntax, text: string): ParameterFacts {
  const typeNode = node.children.find((child) => child.type === 'type');
  const isDefault = node.type === 'default_parameter' || node.type === 'typed_default_parameter';
  const nameNode = node.type === 'identifier' ? node : node.children[0];
  const fallback = isDefault ? node.children.at(-1) : undefined;
  return {
    name: nameNode === undefined ? '' : textOf(nameNode, text).replace(/^\*+/, ''),
    ...(typeNode === undefined
      ? {}
      : { type: oneLine(textOf(typeNode, text), 80), typeValue: toExpression(typeNode, text) }),
    ...(fallback === undefined ? {} : { fallback: toExpression(fallback, text) }),
  };
}

function visit(node: Syntax, walk: Walk): void {
  const { text } = walk.reading;
  switch (node.type) {
    case 'import_statement':
    case 'import_from_statement':
      walk.imports.push(...importsOf(node, text));
      return;
    case 'assignment':
      visitAssignment(node, walk);
      return;
    case 'augmented_assignment': {
      const [left, right] = node.children;
      if (left?.type === 'attribute') write(left, undefined, undefined, walk);
      if (left !== undefined) visit(left, walk);
      if (right !== undefined) visit(right, walk);
      return;
    }
    case 'attribute':
      visitAttribute(node, walk);
      return;
    case 'call':
      visitCall(node, walk);
      return;
    case 'subscript': {
      const [of, at] = node.children;
      if (walk.keepsSteps && of !== undefined && at !== undefined && isName(of)) {
        const step = { kind: 'index', l: node.line, text: statementText(node, walk) } as const;
        addStep(walk, { ...step, of: toExpression(of, text), value: toExpression(at, text), keyText: clip(at, walk) });
      }
      break;
    }
    case 'comparison_operator': {
      const [left, right] = node.children;
      if (walk.keepsSteps && left !== undefined && right !== undefined && isName(right)) {
        if (/^(not )?in$/.test(operatorBetween(left, right, text))) {
          const step = { kind: 'contains', l: node.line, text: clip(node, walk), keyText: clip(left, walk) } as const;
          addStep(walk, { ...step, of: toExpression(right, text), value: toExpression(left, text) });
        }
      }
      break;
    }
    case 'raise_statement': {
      // An error that is raised is made too, but it is not what a factory is for.
      const kept = walk.steps.length;
      for (const child of node.children) visit(child, walk);
      walk.steps.length = kept;
      return;
    }
    case 'return_statement': {
      const value = node.children[0];
      if (value !== undefined) walk.returns.push(toExpression(value, text));
      break;
    }
    case 'if_statement':
      visitIf(node, walk);
      return;
    case 'as_pattern':
      // `with open() as self.file`
      for (const target of node.children.at(-1)?.children ?? []) {
        if (target.type === 'attribute') write(target, node.children[0], undefined, walk);
      }
      if (node.children[0] !== undefined) visit(node.children[0], walk);
      return;
    case 'for_statement':
      if (node.children[0] !== undefined) visitTargets(node.children[0], undefined, walk);
      for (const child of node.children.slice(1)) visit(child, walk);
      return;
    case 'class_definition':
    case 'decorated_definition':
      visitDefinition(node, walk);
      return;
    case 'function_definition':
      visitNested(node, walk);
      return;
    case 'string':
    case 'type':
      if (node.children.length === 0) return;
      break;
  }
  for (const child of node.children) visit(child, walk);
}

function visitDefinition(node: Syntax, walk: Walk): void {
  const inner = node.type === 'decorated_definition' ? node.children.at(-1) : node;
  if (inner?.type === 'function_definition') visitNested(inner, walk);
  if (inner?.type !== 'class_definition') return;
  const decorators = node.children.filter((child) => child.type === 'decorator');
  walk.reading.readClass(inner, { reading: walk.reading, decorators, scope: '', definedIn: walk.scope });
}

/** A function inside a method sees the object, unless a parameter of its own hides it. */
function visitNested(node: Syntax, walk: Walk): void {
  const parameters = node.children.find((child) => child.type === 'parameters');
  const names = (parameters?.children ?? []).map((child) => parameter(child, walk.reading.text).name);
  if (walk.self !== '' && names.includes(walk.self)) return;
  const body = node.children.find((child) => child.type === 'block');
  const returned = walk.returns.length;
  for (const child of body?.children ?? []) visit(child, walk);
  walk.returns.length = returned;
}

function visitIf(node: Syntax, walk: Walk): void {
  const { text } = walk.reading;
  const [test, ...branches] = node.children;
  if (test === undefined) return;
  visit(test, walk);
  const before: string[] = [];
  let condition = oneLine(textOf(test, text), 120);
  for (const branch of branches) {
    if (branch.type === 'elif_clause') {
      before.push(condition);
      const [again, ...rest] = branch.children;
      if (again === undefined) continue;
      visit(again, walk);
      condition = oneLine(textOf(again, text), 120);
      within(walk, condition, rest);
    } else if (branch.type === 'else_clause') {
      within(walk, [...before, condition].map((one) => `not (${one})`).join(' and '), branch.children);
    } else within(walk, condition, [branch]);
  }
}

function within(walk: Walk, condition: string, nodes: readonly Syntax[]): void {
  walk.conditions.push(condition);
  for (const node of nodes) visit(node, walk);
  walk.conditions.pop();
}

function visitAssignment(node: Syntax, walk: Walk): void {
  const { targets, type, value } = assignmentOf(node);
  for (const target of targets) visitTargets(target, value, walk, type);
  if (value !== undefined) visit(value, walk);
}

function visitTargets(target: Syntax, value: Syntax | undefined, walk: Walk, type?: Syntax): void {
  const { text } = walk.reading;
  if (target.type === 'identifier') {
    if (value === undefined) return;
    walk.locals.push({ name: textOf(target, text), l: target.line, value: toExpression(value, text) });
  } else if (target.type === 'attribute') {
    write(target, value, type, walk);
    if (target.children[0] !== undefined) visit(target.children[0], walk);
  } else if (/^(tuple|list)(_pattern)?$|^(pattern|expression)_list$|^list_splat/.test(target.type)) {
    const parts =
      value?.children.length === target.children.length && /list|tuple/.test(value.type) ? value.children : [];
    for (const [index, child] of target.children.entries()) visitTargets(child, parts[index], walk);
  } else visit(target, walk);
}

function write(target: Syntax, value: Syntax | undefined, type: Syntax | undefined, walk: Walk): void {
  const { text } = walk.reading;
  const [object, field] = target.children;
  if (object?.type !== 'identifier' || field === undefined) return;
  const name = textOf(field, text);
  if (name === '__class__' && value !== undefined) {
    const step = { kind: 'switch', l: target.line, of: toExpression(object, text) } as const;
    walk.steps.push({
      ...step,
      ...condition(walk),
      value: toExpression(value, text),
      text: statementOf(target, value, walk),
    });
    return;
  }
  walk.writes.push({
    object: textOf(object, text),
    name,
    l: target.line,
    text: value === undefined ? '' : oneLine(textOf(value, text), 80),
    value: toExpression(value, text),
    ...(type === undefined ? {} : { type: oneLine(textOf(type, text), 80), typeValue: toExpression(type, text) }),
  });
}

function visitAttribute(node: Syntax, walk: Walk): void {
  const [object, field] = node.children;
  if (object === undefined) return;
  if (object.type === 'identifier' && field !== undefined && textOf(object, walk.reading.text) === walk.self) {
    const name = textOf(field, walk.reading.text);
    if (name === '__dict__') {
      walk.dynamics.push({ kind: '__dict__', l: node.line, text: clip(node, walk) });
    }
    walk.reads.push({ name, l: field.line });
  } else visit(object, walk);
}

function visitCall(node: Syntax, walk: Walk): void {
  const { text } = walk.reading;
  const [fn, list] = node.children;
  const args = list?.type === 'argument_list' ? list.children : [];
  if (fn !== undefined) {
    const name = textOf(fn, text);
    const plain = args.filter((one) => one.type !== 'keyword_argument');
    const base = { l: node.line, text: clip(node, walk), of: toExpression(fn, text), ...condition(walk) };
    if ((name === 'setattr' || name === 'delattr') && args[0] !== undefined && textOf(args[0], text) === walk.self) {
      walk.dynamics.push({ kind: name, l: node.line, text: clip(node, walk) });
    } else if (name === 'type' && plain.length === 3) {
      walk.steps.push({
        ...base,
        kind: 'type',
        value: toExpression(plain[0], text),
        bases: toExpression(plain[1], text),
      });
    } else if (name.endsWith('.__new__') && plain[0] !== undefined) {
      walk.steps.push({ ...base, kind: 'new', value: toExpression(plain[0], text) });
    } else if (walk.keepsSteps && isName(fn)) {
      addStep(walk, { ...base, kind: 'call', args: args.map((one) => oneLine(textOf(one, text), 60)) });
    }
  }
  for (const child of node.children) visit(child, walk);
}

/** More steps than a reader would follow make no factory. */
function addStep(walk: Walk, step: StepFacts): void {
  if (walk.steps.length < 200) walk.steps.push({ ...step, ...condition(walk) });
}

const condition = (walk: Walk) => (walk.conditions.length === 0 ? {} : { condition: walk.conditions.join(' and ') });
const clip = (node: Syntax, walk: Walk) => oneLine(textOf(node, walk.reading.text), 120);
const isName = (node: Syntax) => node.type === 'identifier' || (node.type === 'attribute' && isDotted(node));
const isDotted = (node: Syntax): boolean =>
  node.type === 'identifier' ||
  (node.type === 'attribute' && node.children[0] !== undefined && isDotted(node.children[0]));

/** The line around an expression: `return CLASS_MAPPER[device_type]`. */
function statementText(node: Syntax, walk: Walk): string {
  const { text } = walk.reading;
  const start = text.lastIndexOf('\n', node.start) + 1;
  const newline = text.indexOf('\n', node.end);
  return oneLine(text.slice(start, newline < 0 ? undefined : newline), 120);
}

const statementOf = (target: Syntax, value: Syntax, walk: Walk) =>
  oneLine(walk.reading.text.slice(target.start, value.end), 120);
