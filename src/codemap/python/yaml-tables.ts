import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Place, RuntimeClass } from '../model.ts';
import { fileMark, newTable, store } from './known-values.ts';
import { type Table, targetOf, unknown, type Value } from './values.ts';
import { place, type Scope, type World } from './world.ts';

/** Loaded on first use: most trees have no such tables. */
let yaml: typeof Yaml | undefined;
const loadYaml = () => {
  yaml ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return yaml;
};

/**
 * Classes that PyEZ's `loadyaml(path)` makes of a YAML file, by the rules of its `FactoryLoader._sortitems`
 * (2.1.7): an item with `rpc` is an operational table, with `get` or `set` a configuration table, with `view` a table
 * below another one, anything else a view.
 */
export function loadYamlTables(path: Value | undefined, line: number, scope: Scope): Value {
  if (path?.v !== 'text' || !path.value.startsWith(fileMark)) return unknown;
  const named = normalized(path.value.slice(fileMark.length));
  const file = /\.\w+$/.test(named) ? named : `${named}.yml`;
  const text = scope.world.readBeside(file);
  const madeAt = place(scope, line);
  if (text === undefined) {
    const message = `loads classes from "${file}", which is not in the tree or too large`;
    scope.world.warnings.push({ kind: 'unresolved', at: madeAt, message });
    return unknown;
  }
  const table = newTable();
  for (const item of yamlItems(text, file, scope.world)) {
    const id = `runtime:${scope.module.path}#${item.name}`;
    const made = madeClass(id, item, scope.module.path, madeAt, lineOfProgram(scope, line), scope.world);
    scope.world.runtimeClasses.set(id, made);
    store(table, { v: 'text', value: item.name }, { v: 'runtime', id }, scope, line);
    table.entries.set(item.name, { ...table.entries.get(item.name)!, at: item.at });
  }
  return table satisfies Table;
}

/**
 * Files of tables that the tree carries for others to load: where it has a `loadyaml`, every YAML file that no module
 * loads and whose items all look like tables and views. They are made when somebody calls the loader.
 */
export function carriedYamlTables(world: World, files: Iterable<string>): void {
  const loader = [...world.modules.values()].find((one) => one.facts.functions.some((fn) => fn.name === 'loadyaml'));
  if (loader === undefined) return;
  const fn = loader.facts.functions.find((one) => one.name === 'loadyaml')!;
  const madeAt = { file: loader.path, line: fn.l };
  const loaded = new Set([...world.runtimeClasses.values()].map((one) => one.at.file));
  for (const file of files) {
    if (!/\.ya?ml$/.test(file) || loaded.has(file)) continue;
    const source = world.readBeside(file);
    const items = source === undefined ? [] : yamlItems(source, file, world);
    if (items.length === 0 || !items.every((one) => one.isDescription)) continue;
    for (const item of items) {
      const id = `runtime:${file}#${item.name}`;
      const text = `loadyaml("${file}"), by whoever needs it`;
      world.runtimeClasses.set(id, madeClass(id, item, loader.path, madeAt, text, world));
    }
  }
}

function madeClass(
  id: string,
  item: YamlItem,
  module: string,
  madeAt: Place,
  text: string,
  world: World,
): RuntimeClass {
  const kind = item.base === 'View' ? 'yaml view' : 'yaml table';
  const { name, at, members } = item;
  return { id, name, module, kind, bases: basesOf(item, world), at, madeAt, text, members };
}

interface YamlItem {
  readonly name: string;
  readonly base: 'OpTable' | 'CfgTable' | 'Table' | 'View';
  /** A configuration table that can `set` is a `Config` too. */
  readonly isConfig: boolean;
  /** Whether its keys are those of a table or view at all. */
  readonly isDescription: boolean;
  readonly at: Place;
  readonly members: RuntimeClass['members'];
}

function yamlItems(text: string, file: string, world: World): YamlItem[] {
  const { parseDocument, LineCounter, isMap, isScalar } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const at = { file, line: lines.linePos(problem.pos[0]).line };
    world.warnings.push({ kind: 'syntax', at, message: `not YAML: ${problem.message.split('\n', 1)[0]}` });
  }
  const at = (node: unknown): Place => ({
    file,
    line: isScalar(node) && node.range ? lines.linePos(node.range[0]).line : 1,
  });
  if (!isMap(document.contents)) return [];
  return document.contents.items.flatMap((pair): YamlItem[] => {
    if (!isScalar(pair.key) || !isMap(pair.value)) return [];
    const keys = pair.value.items.flatMap((one) => (isScalar(one.key) ? [String(one.key.value)] : []));
    const isConfig = keys.includes('set');
    const isDescription = keys.some((key) => /^(rpc|get|set|view|extends|groups|fields\w*)$/.test(key));
    const base = keys.includes('rpc')
      ? 'OpTable'
      : keys.includes('get') || isConfig
        ? 'CfgTable'
        : keys.includes('view')
          ? 'Table'
          : 'View';
    const members = pair.value.items.flatMap((one) => {
      if (!isScalar(one.key)) return [];
      const name = String(one.key.value);
      if (base === 'View' && name.startsWith('fields') && isMap(one.value)) {
        return one.value.items.flatMap((field) =>
          isScalar(field.key) ? [{ name: String(field.key.value), value: shown(field.value), at: at(field.key) }] : [],
        );
      }
      return [{ name, value: shown(one.value), at: at(one.key) }];
    });
    return [
      {
        name: String(pair.key.value),
        base,
        isConfig: base === 'CfgTable' && isConfig,
        isDescription,
        at: at(pair.key),
        members,
      },
    ];
  });
}

function shown(value: unknown): string {
  const { isScalar, isNode } = loadYaml();
  if (isScalar(value)) return String(value.value).slice(0, 80);
  return isNode(value) ? (JSON.stringify(value.toJSON()) ?? '').slice(0, 80) : '';
}

/** The loader's own base classes when the tree has them, else PyEZ's by name. */
function basesOf(item: YamlItem, world: World): string[] {
  const known = {
    OpTable: 'jnpr.junos.factory.optable',
    CfgTable: 'jnpr.junos.factory.cfgtable',
    Table: 'jnpr.junos.factory.table',
    View: 'jnpr.junos.factory.view',
    Config: 'jnpr.junos.utils.config',
  };
  const find = (name: keyof typeof known) => {
    const path = world.names.absolute(known[name], '') ?? world.names.absolute(known[name].replace('jnpr.', ''), '');
    const value: Value | undefined = path === undefined ? undefined : world.modules.get(path)?.names.get(name);
    return value?.v === 'class' ? targetOf(value) : `outside:${known[name]}.${name}`;
  };
  return item.isConfig ? [find('CfgTable'), find('Config')] : [find(item.base)];
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function lineOfProgram(scope: Scope, line: number): string {
  const statement = scope.module.facts.program.find((one) => one.s === 'do' && one.l === line);
  return statement?.s === 'do' ? statement.text : `loadyaml(…) in line ${line}`;
}
