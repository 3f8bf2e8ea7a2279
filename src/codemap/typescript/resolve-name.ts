import type { TypescriptFacts } from './facts.ts';
import type { ModuleResolver } from './resolve-module.ts';

/** What a name means: a declaration of the tree, or something outside by its full name. */
export type Meaning =
  | { readonly kind: 'class' | 'function' | 'table'; readonly id: string }
  | {
      readonly kind: 'outside';
      readonly name: string;
      readonly isMissing: boolean;
      /** The tree exports something under that name that is none of the others: a type made of types, a value. */
      readonly isOther?: true;
    };

interface Scope {
  readonly local: ReadonlyMap<string, Meaning>;
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly imported: string }>;
  readonly facts: TypescriptFacts;
}

/** Follows names through imports, re-exports and namespaces. */
export class NameResolver {
  readonly #scopes = new Map<string, Scope>();
  readonly #modules: ModuleResolver;

  constructor(modules: ModuleResolver) {
    this.#modules = modules;
  }

  add(module: string, facts: TypescriptFacts, local: ReadonlyMap<string, Meaning>): void {
    const imports = new Map(
      facts.imports.flatMap(({ specifier, names }) =>
        names.map(({ local: name, imported }) => [name, { specifier, imported }] as const),
      ),
    );
    this.#scopes.set(module, { local, imports, facts });
  }

  /** `within` is the qualified name of the class or function around, whose inner names come first. */
  resolve(module: string, name: string, within = ''): Meaning {
    const scope = this.#scopes.get(module);
    if (scope === undefined) return outside(name);
    for (let around = within; around !== ''; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
      const inner = scope.local.get(`${around}.${name}`);
      if (inner !== undefined) return inner;
    }
    const local = scope.local.get(name);
    if (local !== undefined) return local;
    const dot = name.indexOf('.');
    const first = dot < 0 ? name : name.slice(0, dot);
    const rest = dot < 0 ? undefined : name.slice(dot + 1);
    const imported = scope.imports.get(first);
    if (imported === undefined) return outside(name);
    const wanted =
      imported.imported === '*' ? rest : rest === undefined ? imported.imported : `${imported.imported}.${rest}`;
    const target = this.#modules.resolve(module, imported.specifier);
    if (target === undefined) {
      const isMissing = imported.specifier.startsWith('.');
      const path = isMissing
        ? name
        : `${imported.specifier}.${wanted === undefined || wanted === 'default' ? first : wanted.replace(/^default\./, '')}`;
      return { kind: 'outside', name: path, isMissing };
    }
    const found = this.exported(target, wanted ?? '*');
    if (found !== undefined) return found;
    return {
      kind: 'outside',
      name,
      isMissing: true,
      ...(this.#exportsOther(target, wanted ?? '*') && { isOther: true }),
    };
  }

  /** Whether a module has the name among its exports, its own or those of another. */
  #exportsOther(module: string, name: string, seen = new Set<string>()): boolean {
    const scope = this.#scopes.get(module);
    if (scope === undefined || seen.has(module)) return false;
    seen.add(module);
    return scope.facts.exports.some(({ exported, specifier, imported }) => {
      if (specifier === undefined) return exported === name;
      const target = exported === name || exported === '*' ? this.#modules.resolve(module, specifier) : undefined;
      return target !== undefined && this.#exportsOther(target, exported === '*' ? name : (imported ?? name), seen);
    });
  }

  /** What a module exports under a name; `A.B` for a class within a namespace. */
  exported(module: string, name: string, seen = new Set<string>()): Meaning | undefined {
    const key = `${module}\0${name}`;
    const scope = this.#scopes.get(module);
    if (scope === undefined || seen.has(key)) return undefined;
    seen.add(key);
    const [first = name, ...rest] = name.split('.');
    const under = (path: string): string => [path, ...rest].join('.');
    for (const one of scope.facts.exports) {
      if (one.exported !== first) continue;
      if (one.specifier === undefined) {
        const meaning = this.resolve(module, under(one.local ?? first));
        if (meaning.kind !== 'outside' || meaning.isMissing || scope.imports.has(one.local ?? first)) return meaning;
        continue;
      }
      const target = this.#modules.resolve(module, one.specifier);
      if (target === undefined)
        return { kind: 'outside', name: `${one.specifier}.${under(one.imported ?? first)}`, isMissing: false };
      const wanted = one.imported === '*' ? rest.join('.') : under(one.imported ?? first);
      const meaning = this.exported(target, wanted, seen);
      if (meaning !== undefined) return meaning;
    }
    for (const one of scope.facts.exports) {
      if (one.exported !== '*' || one.specifier === undefined) continue;
      const target = this.#modules.resolve(module, one.specifier);
      const meaning = target === undefined ? undefined : this.exported(target, name, seen);
      if (meaning !== undefined) return meaning;
    }
    // CommonJS: `const ssh = require('./ssh')` and then `new ssh.Client()` asks the default for a name.
    if (first === 'default') return rest.length > 0 ? this.exported(module, rest.join('.'), seen) : undefined;
    return scope.facts.exports.length === 0 ? scope.local.get(name) : undefined;
  }
}

const outside = (name: string): Meaning => ({ kind: 'outside', name, isMissing: false });
