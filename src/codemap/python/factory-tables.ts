import type { FactoryEntry, FactoryTable } from '../model.ts';
import { isClass, looksLikeClass, type Table, targetOf, type Value } from './values.ts';
import type { TableNames, World } from './world.ts';

/** Tables of module and class scope whose values are classes. A table under several names goes by the most telling. */
export function factoryTables(world: World): FactoryTable[] {
  const tables: FactoryTable[] = [];
  for (const [table, names] of world.tables) {
    const entries = entriesOf(table, world);
    // A table of anything with a class by chance among its values is no factory.
    if (entries.length === 0 || entries.length * 2 < table.entries.size) continue;
    const name = bestName(names);
    const { at, path } = names;
    const aliases = names.names.filter((each) => each !== name && isBound(each, table, path, world));
    const one: FactoryTable = {
      id: `${path}#${name}`,
      name,
      ...(aliases.length === 0 ? {} : { aliases }),
      module: path,
      at,
      entries,
    };
    tables.push(one);
    world.tableIds.set(table, one);
    if (table.isPartial) {
      const message = `${name} gets keys in ways that only running the code could tell; those known are listed`;
      world.warnings.push({ kind: 'evaluation', at, message });
    }
  }
  return lastOfEachName(tables);
}

/** Whether a name still stands for the table when its module has run. */
const isBound = (name: string, table: Table, path: string, world: World) =>
  world.modules.get(path)?.names.get(name) === table;

/** The name that is still bound at the end counts most, then constants, then the first. */
function bestName({ names }: TableNames): string {
  return names.find((one) => /^_*[A-Z][A-Z0-9_]*$/.test(one.slice(one.lastIndexOf('.') + 1))) ?? names.at(-1)!;
}

/** `TABLE = new_table` after `TABLE = {…}` leaves two tables under one name; the first one is named by its line. */
function lastOfEachName(tables: readonly FactoryTable[]): FactoryTable[] {
  const last = new Map(tables.map((one) => [one.id, one]));
  return tables.filter((one) => last.get(one.id) === one);
}

function entriesOf(table: Table, world: World): FactoryEntry[] {
  return [...table.entries].flatMap(([key, entry]) => {
    const { value, at } = entry;
    const target = classOf(value, world);
    if (target === undefined) return [];
    const origin = entry.key.v === 'text' ? entry.key.at : undefined;
    const isElsewhere = origin !== undefined && (origin.file !== at.file || origin.line !== at.line);
    return [isElsewhere ? { key, target, at, origin } : { key, target, at }];
  });
}

function classOf(value: Value, world: World, depth = 0): string | undefined {
  if (value.v === 'class' || value.v === 'runtime') return value.id;
  if (isClass(value)) return looksLikeClass(value) ? targetOf(value) : undefined;
  if (value.v === 'list' && depth < 2) {
    // `(Class, options)`
    const classes = value.items.map((item) => classOf(item, world, depth + 1)).filter((one) => one !== undefined);
    return classes.length === 1 ? classes[0] : undefined;
  }
  return value.v === 'text' ? classNamed(value.value, world) : undefined;
}

/** Tables of drivers that are imported late name the class as text: `"drivers.ios:IosDriver"`. */
function classNamed(text: string, world: World): string | undefined {
  const match = /^([A-Za-z_][\w.]*)[.:]([A-Za-z_]\w*)$/.exec(text);
  if (match === null) return undefined;
  const path = world.names.absolute(match[1]!, '');
  const value = path === undefined ? undefined : world.modules.get(path)?.names.get(match[2]!);
  return value?.v === 'class' ? value.id : undefined;
}
