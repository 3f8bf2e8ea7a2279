import { fileMark, itemsOf, mergeTable, newList, newTable } from './known-values.ts';
import { unknown, type Value } from './values.ts';
import type { Scope } from './world.ts';
import { loadYamlTables } from './yaml-tables.ts';

/** Functions of the standard library and of known packages that tables, paths and classes are made with. */
export function outsideCall(name: string, args: readonly Value[], l: number, scope: Scope): Value {
  const [first] = args;
  const last = name.slice(name.lastIndexOf('.') + 1);
  switch (last) {
    case 'loadyaml':
      return loadYamlTables(first, l, scope);
    case 'OrderedDict':
    case 'MappingProxyType':
    case 'defaultdict': {
      const table = newTable();
      const from = last === 'defaultdict' ? args[1] : first;
      if (from !== undefined) mergeTable(table, from, scope, l, true);
      return table;
    }
    case 'ChainMap': {
      const table = newTable();
      for (const one of args.toReversed()) mergeTable(table, one, scope, l, true);
      return table;
    }
    case 'deepcopy':
    case 'copy':
      if (first?.v === 'table') {
        const table = newTable();
        mergeTable(table, first, scope, l, true);
        return table;
      }
      return first?.v === 'list' ? newList([...first.items], first.isPartial) : (first ?? unknown);
    case 'chain':
      return newList(
        args.flatMap((one) => itemsOf(one) ?? []),
        args.some((one) => itemsOf(one) === undefined),
      );
    case 'with_metaclass':
      // `class A(six.with_metaclass(Meta, Base))`: the bases come after the metaclass.
      return args[1] ?? { v: 'outside', name: 'object' };
    default:
      return pathCall(last, args);
  }
}

/** `os.path` and `pathlib` on `__file__`, which name a table beside the module. */
function pathCall(name: string, args: readonly Value[]): Value {
  const texts = args.map((one) => (one.v === 'text' ? one.value : undefined));
  const [first] = texts;
  if (first === undefined) return unknown;
  const slash = first.lastIndexOf('/');
  const dot = first.lastIndexOf('.');
  const text = (value: string): Value => ({ v: 'text', value });
  switch (name) {
    case 'splitext':
      return dot > slash
        ? newList([text(first.slice(0, dot)), text(first.slice(dot))])
        : newList([text(first), text('')]);
    case 'dirname':
      return text(slash < fileMark.length ? fileMark.slice(0, -1) : first.slice(0, slash));
    case 'basename':
      return text(first.slice(slash + 1));
    case 'abspath':
    case 'realpath':
    case 'normpath':
    case 'Path':
    case 'fspath':
      return text(first);
    case 'join':
      return texts.every((one) => one !== undefined) ? text(texts.join('/')) : unknown;
    default:
      return unknown;
  }
}
