import { didYouMean, NetwrightError } from '#core';
import { describeClass } from './describe-class.ts';
import type { Explanation, ExplanationStep } from './explanation.ts';
import type { CodeClass, CodeFunction, CodeModel, FactoryTable, FunctionStep, RuntimeClass } from './model.ts';

/**
 * How an object is made: from a factory function and a key, or from a class alone.
 *
 * @param entry a factory function (`ConnectHandler`), a table (`CLASS_MAPPER`) or a class (`CiscoIosSSH`, or its id).
 * @param key the key of the table; needed when `entry` is a function or table.
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN` when there is no such entry or key, with the nearest one.
 */
export function explain(model: CodeModel, entry: string, key?: string): Explanation {
  const fn = named(model.functions, entry).find((one) => wayToTable(model, one) !== undefined);
  if (fn !== undefined) return explainFactory(model, entry, key, wayToTable(model, fn)!);
  const table =
    named(model.factories, entry)[0] ?? model.factories.find((one) => one.aliases?.includes(entry) === true);
  if (table !== undefined) return explainFactory(model, entry, key, { table, steps: [] });
  const [target, ...others] = [...named(model.classes, entry), ...named(model.runtimeClasses, entry)];
  if (target !== undefined) {
    const namesakes = others.map(({ id, at }) => ({ id, at }));
    return {
      entry,
      path: [definition(target)],
      ...describeClass(model, target),
      ...(namesakes.length > 0 && { namesakes }),
    };
  }
  const plain = named(model.functions, entry)[0];
  if (plain !== undefined) return explainFunction(model, entry, plain);
  const known = [...model.functions, ...model.factories, ...model.classes, ...model.runtimeClasses].map(
    (one) => one.name,
  );
  throw new NetwrightError(
    'NW_CODE_ENTRY_UNKNOWN',
    `${model.name} has no factory function, table or class "${entry}".${didYouMean(entry, known)}`,
    { hint: factoriesHint(model) },
  );
}

interface Way {
  readonly table: FactoryTable;
  /** From the entry to the lookup, each in the function that does it. */
  readonly steps: readonly { readonly fn: CodeFunction; readonly step: FunctionStep }[];
}

/** By id, by name, or by the last part of a qualified name; an exact match comes first. */
function named<T extends { readonly id: string; readonly name: string }>(list: readonly T[], name: string): T[] {
  const exact = list.filter((one) => one.id === name || one.name === name);
  return exact.length > 0 ? exact : list.filter((one) => one.name.endsWith(`.${name}`));
}

/** The first way from a function, through what it calls, to a lookup in a table of classes. */
function wayToTable(model: CodeModel, start: CodeFunction): Way | undefined {
  const functions = new Map(model.functions.map((one) => [one.id, one]));
  const tables = new Map(model.factories.map((one) => [one.id, one]));
  const seen = new Set<string>([start.id]);
  const queue: { readonly fn: CodeFunction; readonly before: Way['steps'] }[] = [{ fn: start, before: [] }];
  for (let at = 0; at < queue.length; at += 1) {
    const { fn, before } = queue[at]!;
    for (const step of fn.steps) {
      const table = step.target === undefined ? undefined : tables.get(step.target);
      if (step.kind === 'looks-up' && table !== undefined) return { table, steps: [...before, { fn, step }] };
      const next = step.kind === 'calls' && step.target !== undefined ? functions.get(step.target) : undefined;
      if (next === undefined || seen.has(next.id)) continue;
      seen.add(next.id);
      queue.push({ fn: next, before: [...before, { fn, step }] });
    }
  }
  return undefined;
}

function explainFactory(model: CodeModel, entry: string, key: string | undefined, way: Way): Explanation {
  const { table } = way;
  const keys = table.entries.map((one) => one.key);
  const found = table.entries.find((one) => one.key === key);
  if (key === undefined || found === undefined) {
    const what = key === undefined ? 'needs a key' : `has no key "${key}"`;
    const near = key === undefined ? ` One of ${keys.length}: ${keys.slice(0, 5).join(', ')}…` : didYouMean(key, keys);
    throw new NetwrightError(
      'NW_CODE_ENTRY_UNKNOWN',
      `${entry} looks classes up in ${table.name} (${table.at.file}:${table.at.line}), which ${what}.${near}`,
      { hint: keysHint(keys, key), details: { keys } },
    );
  }
  const target = classById(model, found.target);
  if (target === undefined) {
    throw new NetwrightError(
      'NW_CODE_ENTRY_UNKNOWN',
      `${table.name}["${key}"] (${found.at.file}:${found.at.line}) is ${found.target.replace('outside:', '')}, which is outside of ${model.name}`,
    );
  }
  const path: ExplanationStep[] = [];
  for (const { fn, step } of way.steps) {
    // What the function checks before counts too: it decides which keys come so far.
    for (const check of fn.steps) {
      if (check.kind === 'checks' && check.at.line <= step.at.line && check.target === table.id)
        path.push(told(fn, check));
    }
    path.push(told(fn, step));
  }
  if (found.origin !== undefined) {
    const text = `"${key}": ${target.name}`;
    path.push({ at: found.origin, says: `the key was first written for ${target.name} here`, text });
  }
  path.push({
    at: found.at,
    says: `${table.name} has ${target.name} for the key "${key}", one of ${keys.length}`,
    text: `${table.name}["${key}"] = ${target.name}`,
  });
  for (const { fn, step } of [...way.steps].reverse()) {
    const makes = fn.steps.find(
      (one) => one.kind === 'makes' && one.target === undefined && one.at.line >= step.at.line,
    );
    if (makes !== undefined) path.push(told(fn, makes));
  }
  path.push(definition(target));
  return {
    entry,
    key,
    path,
    table: { id: table.id, name: table.name, at: table.at, keys: keys.length },
    ...describeClass(model, target),
  };
}

/** Keys that begin like the one that was asked for, else the first ones. */
function keysHint(keys: readonly string[], asked: string | undefined): string {
  const start = /^[A-Za-z0-9]+/.exec(asked ?? '')?.[0];
  const alike = start === undefined ? [] : keys.filter((one) => one.startsWith(start));
  const shown = alike.length > 0 ? alike : keys;
  const more = shown.length > 12 ? ` and ${shown.length - 12} more` : '';
  return `take one of its keys${alike.length > 0 ? ` that begin with "${start}"` : ''}: ${shown.slice(0, 12).join(', ')}${more}`;
}

/** A function without a table may still make objects of known classes: the first one is explained. */
function explainFunction(model: CodeModel, entry: string, fn: CodeFunction): Explanation {
  const makes = fn.steps.find((step) => step.kind === 'makes' && step.target !== undefined);
  const target = makes?.target === undefined ? undefined : classById(model, makes.target);
  if (makes === undefined || target === undefined) {
    throw new NetwrightError(
      'NW_CODE_ENTRY_UNKNOWN',
      `${entry} (${fn.at.file}:${fn.at.line}) is a function that neither looks a class up in a table nor makes an object of a class of ${model.name}`,
      { hint: factoriesHint(model) },
    );
  }
  return { entry, path: [told(fn, makes), definition(target)], ...describeClass(model, target) };
}

function factoriesHint(model: CodeModel): string {
  const entries = model.functions
    .filter((one) => one.steps.some((step) => step.kind === 'looks-up'))
    .map((one) => one.name);
  const names = [...entries, ...model.factories.map((one) => one.name)];
  return names.length === 0 ? 'it has no factory; name a class' : `its factories: ${names.slice(0, 8).join(', ')}`;
}

const classById = (model: CodeModel, id: string): CodeClass | RuntimeClass | undefined =>
  model.classes.find((one) => one.id === id) ?? model.runtimeClasses.find((one) => one.id === id);

function definition(one: CodeClass | RuntimeClass): ExplanationStep {
  if ('madeAt' in one) {
    return { at: one.madeAt, says: `${one.name} is made at run time (${one.kind})`, text: one.text };
  }
  const bases = one.bases.map((base) => base.text).join(', ');
  return {
    at: one.at,
    says: `${one.name} is defined${bases === '' ? '' : `, on top of ${bases}`}`,
    text: `class ${one.name}`,
  };
}

function told(fn: CodeFunction, step: FunctionStep): ExplanationStep {
  const target = step.target === undefined ? undefined : step.target.slice(step.target.indexOf('#') + 1);
  const key = step.key === undefined ? '' : ` with ${step.key}`;
  const says = {
    calls: `${fn.name} calls ${target}${key}`,
    'looks-up': `${fn.name} looks the class up in ${target}${key}`,
    makes: target === undefined ? `${fn.name} makes the object: ${step.text}` : `${fn.name} makes a ${target}`,
    checks: `${fn.name} checks that ${step.key ?? 'the key'} is in ${target}`,
    switches: `${fn.name} turns the object into another class: ${step.text}`,
  }[step.kind];
  return { at: step.at, says, text: step.text };
}
