import type { AnyImport } from './facts.ts';

/** Finds modules as Python's import statement would, within one tree. */
export interface ModuleNames {
  /** Dotted name of a file, as it is imported. */
  nameOf(path: string): string;
  /** Path of `a.b.c` imported from `from`; undefined when the tree has no such module. */
  absolute(name: string, from: string): string | undefined;
  /** Path that a relative import means; `level` is the number of dots. */
  relative(level: number, module: string, from: string): string | undefined;
  /** Whether a name leads into the tree, found or not. */
  isOurs(name: string): boolean;
  /** Whether folders below it hold modules though it has no `__init__.py` itself. */
  isNamespace(name: string): boolean;
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const join = (folder: string, rest: string) => (folder === '' ? rest : rest === '' ? folder : `${folder}/${rest}`);

export function moduleNames(paths: Iterable<string>, rootName: string, imports: Iterable<AnyImport>): ModuleNames {
  const files = new Set(paths);
  const isRootPackage = files.has('__init__.py');
  const prefix = isRootPackage ? fullRootName(rootName, [...imports], files) : '';
  const names = new Map<string, string>();
  const byName = new Map<string, string>();
  const namespaces = new Set<string>();
  const inPackage = (folder: string) => files.has(join(folder, '__init__.py'));
  const register = (name: string, path: string) => {
    if (!byName.has(name)) byName.set(name, path);
    for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) namespaces.add(name.slice(0, at));
  };
  for (const path of files) {
    const parts = path.replace(/\.pyw?$/, '').split('/');
    if (parts.at(-1) === '__init__') parts.pop();
    const fromRoot = [...(prefix === '' ? [] : [prefix]), ...parts].join('.');
    // The import path starts above the highest folder of an unbroken chain of packages.
    let top = folderOf(path);
    let depth = top === '' ? 0 : top.split('/').length;
    while (depth > 0 && inPackage(top)) {
      top = folderOf(top);
      depth -= 1;
    }
    const imported = depth === 0 ? fromRoot : parts.slice(depth).join('.');
    names.set(path, fromRoot === '' ? rootName : fromRoot);
    register(fromRoot, path);
    if (imported !== '') register(imported, path);
  }
  const inFolder = (folder: string, module: string): string | undefined => {
    const base = join(folder, module.replaceAll('.', '/'));
    if (module !== '' && files.has(`${base}.py`)) return `${base}.py`;
    const asPackage = join(base, '__init__.py');
    return files.has(asPackage) ? asPackage : undefined;
  };
  const top = prefix.split('.')[0] ?? '';
  return {
    nameOf: (path) => names.get(path) ?? path,
    absolute: (name, from) => {
      const folder = folderOf(from);
      // A script finds its neighbours first; inside a package only absolute names count.
      const neighbour = inPackage(folder) ? undefined : inFolder(folder, name);
      return neighbour ?? byName.get(name);
    },
    relative: (level, module, from) => {
      let folder = folderOf(from);
      for (let up = 1; up < level; up += 1) {
        if (folder === '') return undefined;
        folder = folderOf(folder);
      }
      return inFolder(folder, module);
    },
    isOurs: (name) => prefix !== '' && (name === prefix || name.startsWith(`${prefix}.`)) && top !== '',
    isNamespace: (name) => namespaces.has(name),
  };
}

/**
 * A package below a namespace (`jnpr.junos`) is imported by a longer name than its folder's, and one that was unpacked
 * beside another version (`netmiko-4.6`) by another name. Its own absolute imports tell which.
 */
function fullRootName(rootName: string, imports: readonly AnyImport[], files: ReadonlySet<string>): string {
  if (rootName.includes('.') && /^[\p{ID_Start}_][\p{ID_Continue}.]*$/u.test(rootName)) return rootName;
  const absolute = imports.filter((one) => one.s !== 'from' || one.level === 0).map((one) => one.module.split('.'));
  const votes = new Map<string, number>();
  for (const parts of absolute) {
    const at = parts.indexOf(rootName);
    if (at < 0) continue;
    const name = parts.slice(0, at + 1).join('.');
    votes.set(name, (votes.get(name) ?? 0) + 1);
  }
  if (votes.has(rootName)) return rootName;
  const longer = [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
  return longer ?? nameBeforeOurModules(rootName, absolute, files) ?? rootName;
}

/** The name in front of modules that the tree has: `netmiko` when `netmiko.cisco.cisco_ios` is imported. */
function nameBeforeOurModules(
  rootName: string,
  imports: readonly (readonly string[])[],
  files: ReadonlySet<string>,
): string | undefined {
  const isOurs = (rest: readonly string[]) =>
    files.has(`${rest.join('/')}.py`) || files.has(join(rest.join('/'), '__init__.py'));
  const found = new Map<string, Set<string>>();
  for (const parts of imports) {
    const at = parts.findIndex((_, index) => index > 0 && isOurs(parts.slice(index)));
    if (at < 0) continue;
    const name = parts.slice(0, at).join('.');
    found.set(name, (found.get(name) ?? new Set()).add(parts.slice(at).join('.')));
  }
  const [best] = [...found].sort((a, b) => b[1].size - a[1].size);
  if (best === undefined) return undefined;
  const [name, modules] = best;
  const missing = new Set(
    imports
      .map((parts) => parts.join('.'))
      .filter((one) => one.startsWith(`${name}.`) && !modules.has(one.slice(name.length + 1))),
  );
  // One module alone may be chance: `import os.path` in a package that has a `path.py`.
  const isSure = modules.size > 1 || rootName.startsWith(name);
  return isSure && missing.size < modules.size ? name : undefined;
}
