import { posix } from 'node:path';
import type { LinkContext } from '../reader.ts';
import { PackageFiles, type SettingsFile } from './package-files.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.d.mts', '.d.cts'];
/** Conditions that may stand in package maps, the nearest to the source first. */
const conditions = ['source', 'development', 'import', 'module', 'node', 'require', 'default', 'types'];
const written: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.d.mts', '.mjs'],
  '.cjs': ['.cts', '.d.cts', '.cjs'],
};

/** From the specifier of an import to the file of the tree that it means. */
export class ModuleResolver {
  readonly #modules: ReadonlySet<string>;
  readonly #settings: PackageFiles;
  readonly #packages = new Map<string, SettingsFile>();
  readonly #answers = new Map<string, string | undefined>();

  /** `modules` are the paths that were read. */
  constructor(modules: ReadonlySet<string>, context: LinkContext) {
    this.#modules = modules;
    this.#settings = new PackageFiles(context);
    for (const path of context.files) {
      if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
      this.#keepPackage(this.#settings.read(path));
    }
    this.#keepPackage(this.#settings.nearest('package.json', ''));
  }

  /** Path of the module; undefined when it is none of the tree. */
  resolve(from: string, specifier: string): string | undefined {
    const folder = posix.dirname(from);
    const key = `${folder}\0${specifier}`;
    if (!this.#answers.has(key)) this.#answers.set(key, this.#find(folder === '.' ? '' : folder, specifier));
    return this.#answers.get(key);
  }

  #find(folder: string, specifier: string): string | undefined {
    if (specifier.startsWith('.')) return this.#file(this.#settings.place(folder, specifier));
    if (specifier.startsWith('#')) {
      const owner = this.#settings.nearest('package.json', folder);
      const imports = record(owner?.content['imports']);
      return owner && imports ? this.#mapped(owner.folder, imports, specifier) : undefined;
    }
    return this.#byPaths(folder, specifier) ?? this.#byPackage(specifier);
  }

  /** `compilerOptions.paths` and `baseUrl` of the nearest tsconfig.json and those that it extends. */
  #byPaths(folder: string, specifier: string): string | undefined {
    const config = this.#settings.nearest('tsconfig.json', folder) ?? this.#settings.nearest('jsconfig.json', folder);
    let one = config;
    let baseUrl: string | undefined;
    for (let depth = 0; one !== undefined && depth < 10; depth += 1) {
      const options = record(one.content['compilerOptions']) ?? {};
      if (typeof options['baseUrl'] === 'string') baseUrl ??= this.#settings.place(one.folder, options['baseUrl']);
      const paths = record(options['paths']);
      if (paths !== undefined) {
        const found = this.#mapped(baseUrl ?? one.folder, paths, specifier);
        if (found !== undefined) return found;
        break;
      }
      const parent = one.content['extends'];
      if (typeof parent !== 'string' || !parent.startsWith('.')) break;
      one = this.#settings.read(this.#settings.place(one.folder, parent.endsWith('.json') ? parent : `${parent}.json`));
    }
    return baseUrl === undefined ? undefined : this.#file(posix.join(baseUrl, specifier));
  }

  /** Packages of the same tree (workspaces), and the package itself by its own name. */
  #byPackage(specifier: string): string | undefined {
    const parts = specifier.split('/');
    const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const owner = this.#packages.get(name);
    if (owner === undefined) return undefined;
    const rest = specifier.slice(name.length);
    const exports = owner.content['exports'];
    const isMap =
      typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));
    const map = isMap ? (exports as Record<string, unknown>) : { '.': exports ?? owner.content['main'] ?? './index' };
    return (
      this.#mapped(owner.folder, map, `.${rest}`) ??
      this.#file(this.#settings.place(owner.folder, rest === '' ? './src/index' : `.${rest}`))
    );
  }

  /** Follows a map of package.json or tsconfig.json: exact keys before those with `*`, the longest first. */
  #mapped(folder: string, map: Readonly<Record<string, unknown>>, specifier: string): string | undefined {
    if (Object.hasOwn(map, specifier)) return this.#targets(folder, map[specifier], '');
    const patterns = Object.keys(map)
      .filter((key) => key.includes('*'))
      .sort((a, b) => b.indexOf('*') - a.indexOf('*'));
    for (const pattern of patterns) {
      const [before = '', after = ''] = pattern.split('*');
      const fits = specifier.length >= before.length + after.length;
      if (!fits || !specifier.startsWith(before) || !specifier.endsWith(after)) continue;
      const star = specifier.slice(before.length, specifier.length - after.length);
      const found = this.#targets(folder, map[pattern], star);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #targets(folder: string, target: unknown, star: string): string | undefined {
    if (typeof target === 'string') return this.#file(this.#settings.place(folder, target.replaceAll('*', star)));
    if (Array.isArray(target)) {
      for (const one of target) {
        const found = this.#targets(folder, one, star);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    const choices = record(target);
    if (choices === undefined) return undefined;
    for (const condition of [...conditions, ...Object.keys(choices)]) {
      if (!Object.hasOwn(choices, condition)) continue;
      const found = this.#targets(folder, choices[condition], star);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The file at a path as imports write it: with its extension, without, with that of the output, or a folder. */
  #file(path: string): string | undefined {
    const dot = /\.[cm]?jsx?$/.exec(path)?.[0];
    if (dot !== undefined) {
      const stem = path.slice(0, -dot.length);
      const found = (written[dot] ?? []).map((ending) => stem + ending).find((one) => this.#modules.has(one));
      if (found !== undefined) return found;
    }
    if (this.#modules.has(path)) return path;
    const stems = [path, path === '' ? 'index' : `${path}/index`];
    for (const stem of stems) {
      const found = extensions.map((ending) => stem + ending).find((one) => this.#modules.has(one));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #keepPackage(file: SettingsFile | undefined): void {
    const name = file?.content['name'];
    if (file !== undefined && typeof name === 'string' && !this.#packages.has(name)) this.#packages.set(name, file);
  }
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
