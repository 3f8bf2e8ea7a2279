import type {
  BaseClass,
  CodeClass,
  CodeEdge,
  CodeFunction,
  CodeModule,
  CodeWarning,
  FactoryTable,
  OutsideClass,
  Place,
  RuntimeClass,
} from '../model.ts';
import type { LinkContext, ModelPart } from '../reader.ts';
import type { BaseFact, ClassFact, StepFact, TypescriptFacts } from './facts.ts';
import { codeBeside, type JoinedModule, joinDeclarations } from './join-declarations.ts';
import { ModuleResolver } from './resolve-module.ts';
import { type Meaning, NameResolver } from './resolve-name.ts';

/** Names of the language itself: holding one of them says nothing about the design. */
const isGlobal = (name: string): boolean => !name.includes('.') && Object.hasOwn(globalThis, name.split('<')[0]!);

/** Joins the facts of all files: modules, classes with resolved bases, edges, tables. */
export function linkTypescript(files: ReadonlyMap<string, TypescriptFacts>, context: LinkContext): ModelPart {
  return new Linker(files, context).link();
}

class Linker {
  readonly #files: ReadonlyMap<string, TypescriptFacts>;
  readonly #joined: Map<string, JoinedModule>;
  readonly #resolver: ModuleResolver;
  readonly #names: NameResolver;
  readonly #classIds = new Map<ClassFact, string>();
  readonly #outside = new Map<string, OutsideClass>();
  readonly #runtime = new Map<string, RuntimeClass>();
  readonly #edges: CodeEdge[] = [];
  readonly #warnings: CodeWarning[] = [];

  constructor(files: ReadonlyMap<string, TypescriptFacts>, context: LinkContext) {
    this.#files = files;
    this.#joined = joinDeclarations(files);
    this.#resolver = new ModuleResolver(new Set(files.keys()), context);
    this.#names = new NameResolver({ resolve: (from, specifier) => this.#module(from, specifier) } as ModuleResolver);
  }

  link(): ModelPart {
    for (const [path, { facts }] of this.#joined) this.#names.add(path, facts, this.#declare(path, facts));
    const modules: CodeModule[] = [];
    const classes: CodeClass[] = [];
    const functions: CodeFunction[] = [];
    const factories: FactoryTable[] = [];
    for (const [path, module] of this.#joined) {
      modules.push(moduleOf(path, module.facts));
      for (const fact of module.facts.classes) classes.push(this.#class(path, fact, module));
      functions.push(...this.#functions(path, module.facts));
      factories.push(...this.#tables(path, module.facts));
      this.#imports(path, module.facts);
    }
    for (const [path, { warnings }] of this.#files) {
      for (const { line, ...warning } of warnings) this.#warnings.push({ ...warning, at: { file: path, line } });
    }
    return {
      modules,
      classes,
      functions,
      edges: this.#edges,
      factories,
      runtimeClasses: [...this.#runtime.values()],
      outside: [...this.#outside.values()],
      warnings: this.#warnings,
    };
  }

  /** Gives every declaration of a file its id. The first of a name is the one that others mean. */
  #declare(path: string, facts: TypescriptFacts): Map<string, Meaning> {
    const local = new Map<string, Meaning>();
    const count = new Map<string, number>();
    const idOf = (name: string): string => {
      const before = (count.get(name) ?? 0) + 1;
      count.set(name, before);
      return `${path}#${name}${before === 1 ? '' : `~${before}`}`;
    };
    // A class before the interface that adds to it.
    const order = [...facts.classes].sort((a, b) => Number(b.kind === 'class') - Number(a.kind === 'class'));
    for (const fact of order) {
      const id = idOf(fact.name);
      this.#classIds.set(fact, id);
      if (!local.has(fact.name)) local.set(fact.name, { kind: 'class', id });
    }
    for (const { name } of facts.functions) {
      if (!local.has(name)) local.set(name, { kind: 'function', id: `${path}#${name}` });
    }
    for (const { name } of facts.tables)
      if (!local.has(name)) local.set(name, { kind: 'table', id: `${path}#${name}` });
    return local;
  }

  #class(path: string, fact: ClassFact, module: JoinedModule): CodeClass {
    const id = this.#classIds.get(fact)!;
    const file = module.fileOf(fact);
    const at = (line: number): Place => ({ file, line });
    const bases = fact.bases.map((base) =>
      this.#base(path, fact, base, { file: module.baseFileOf(base), line: base.line }),
    );
    for (const { kind, target, at: place } of bases) this.#edges.push({ kind, from: id, to: target, at: place });
    this.#uses(path, id, fact, at);
    const { name, kind, endLine, isAbstract, decorators, summary, definedIn } = fact;
    return {
      id,
      name,
      module: path,
      language: file.endsWith('ts') || file.endsWith('tsx') ? 'typescript' : module.facts.language,
      kind,
      at: at(fact.line),
      endLine,
      isAbstract,
      bases,
      members: fact.members.map(({ line, ...member }) => ({ ...member, at: at(line) })),
      writes: fact.writes.map(({ line, ...access }) => ({ ...access, at: at(line) })),
      reads: fact.reads.map(({ line, ...access }) => ({ ...access, at: at(line) })),
      dynamics: fact.dynamics.map(({ line, ...access }) => ({ ...access, at: at(line) })),
      decorators,
      ...(summary !== undefined && { summary }),
      ...(definedIn !== undefined && { definedIn }),
    };
  }

  #base(path: string, fact: ClassFact, base: BaseFact, at: Place): BaseClass {
    const { text, kind } = base;
    const within = around(fact.name);
    if (base.mixed === undefined) return { text, kind, at, target: this.#target(path, base.name, at, within) };
    const bases = base.mixed.map((name) => this.#target(path, name, at, within));
    const id = `runtime:${path}#${text}`;
    if (!this.#runtime.has(id)) {
      this.#runtime.set(id, {
        id,
        name: text,
        module: path,
        kind: 'mixin call',
        bases,
        at,
        madeAt: at,
        text,
        members: [],
      });
      for (const to of bases) this.#edges.push({ kind: 'inherits', from: id, to, at });
      const maker = this.#names.resolve(path, base.name, within);
      if (maker.kind === 'function') this.#edges.push({ kind: 'makes', from: maker.id, to: id, at });
    }
    return { text, kind, at, target: id };
  }

  /** Id of the class that a name means; outside when the tree has none. */
  #target(path: string, name: string, at: Place, within = ''): string {
    const meaning = this.#names.resolve(path, name, within);
    if (meaning.kind === 'class') return meaning.id;
    if (meaning.kind === 'outside' && meaning.isMissing && !meaning.isOther) {
      this.#warnings.push({ kind: 'unresolved', at, message: `${name} is imported, but the tree does not define it` });
    }
    const known = meaning.kind === 'outside' ? meaning.name : name;
    const id = `outside:${known}`;
    if (!this.#outside.has(id)) this.#outside.set(id, { id, name: known, at });
    return id;
  }

  #uses(path: string, id: string, fact: ClassFact, at: (line: number) => Place): void {
    const made = new Set(fact.uses.filter(({ kind }) => kind === 'composes').map(({ via, name }) => `${via}\0${name}`));
    const seen = new Set<string>();
    for (const { kind, name, via, line } of fact.uses) {
      if (kind === 'aggregates' && made.has(`${via}\0${name}`)) continue;
      const meaning = this.#names.resolve(path, name, fact.name);
      const isForeign =
        meaning.kind === 'outside' && (kind === 'aggregates' || isGlobal(meaning.name) || meaning.isMissing);
      if (meaning.kind === 'function' || meaning.kind === 'table' || isForeign) continue;
      const to = this.#target(path, name, at(line), fact.name);
      const key = `${kind}\0${to}\0${via}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.#edges.push({ kind, from: id, to, at: at(line), via });
    }
  }

  #functions(path: string, facts: TypescriptFacts): CodeFunction[] {
    const seen = new Set<string>();
    return facts.functions.flatMap(({ name, line, parameters, summary, steps }) => {
      const id = `${path}#${name}`;
      if (seen.has(id)) return [];
      seen.add(id);
      const at = { file: path, line };
      const known = steps.flatMap((step) => this.#step(path, id, step));
      return [
        {
          id,
          name,
          module: path,
          language: facts.language,
          at,
          parameters,
          ...(summary !== undefined && { summary }),
          steps: known,
        },
      ];
    });
  }

  /** Steps that lead to something of the tree; the others do not matter to a factory. */
  #step(path: string, from: string, step: StepFact): CodeFunction['steps'][number][] {
    const { kind, name, key, text, line, isResult } = step;
    const at = { file: path, line };
    const base = { kind, at, text, ...(key !== undefined && { key }) };
    const meaning = name === undefined ? undefined : this.#names.resolve(path, name);
    if (meaning === undefined || meaning.kind === 'outside') return kind === 'makes' && isResult ? [base] : [];
    const wanted = kind === 'makes' ? 'class' : kind === 'calls' ? 'function' : 'table';
    if (meaning.kind !== wanted) return [];
    if (isResult) this.#edges.push({ kind: 'makes', from, to: meaning.id, at });
    return [{ ...base, target: meaning.id }];
  }

  #tables(path: string, facts: TypescriptFacts): FactoryTable[] {
    return facts.tables.flatMap(({ name, line, entries }) => {
      const known = entries.flatMap(({ key, name: value, line: entryLine }) => {
        const meaning = this.#names.resolve(path, value);
        return meaning.kind === 'class' ? [{ key, target: meaning.id, at: { file: path, line: entryLine } }] : [];
      });
      if (known.length === 0) return [];
      return [{ id: `${path}#${name}`, name, module: path, at: { file: path, line }, entries: known }];
    });
  }

  #imports(path: string, facts: TypescriptFacts): void {
    for (const { specifier, line, isDeferred, names } of facts.imports) {
      const at = { file: path, line };
      const to = this.#module(path, specifier);
      if (to === undefined) {
        if (
          specifier.startsWith('.') &&
          /(?:\.[cm]?[jt]sx?|\/[^./]+)$/.test(specifier) &&
          !this.#isBeside(path, specifier)
        ) {
          this.#warnings.push({ kind: 'unresolved', at, message: `${specifier} leads to no file of the tree` });
        }
        continue;
      }
      const via = names
        .map(({ imported, local }) => (imported === local ? local : `${imported} as ${local}`))
        .join(', ');
      this.#edges.push({
        kind: 'imports',
        from: path,
        to,
        at,
        ...(via !== '' && { via }),
        ...(isDeferred && { isDeferred }),
      });
    }
  }

  /** Whether an import leads out of the tree: what is there was not read. */
  #isBeside(path: string, specifier: string): boolean {
    const depth = path.split('/').length - 1;
    return (specifier.match(/\.\.\//g) ?? []).length > depth;
  }

  /** The module that an import means; declarations stand behind their code. */
  #module(from: string, specifier: string): string | undefined {
    const found = this.#resolver.resolve(from, specifier);
    return found === undefined ? undefined : (codeBeside(found, this.#files) ?? found);
  }
}

const around = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));

function moduleOf(path: string, { language, lines, summary }: TypescriptFacts): CodeModule {
  return {
    id: path,
    name: path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, ''),
    language,
    isPackage: /(?:^|\/)index\.[cm]?[jt]sx?$/.test(path),
    lines,
    ...(summary !== undefined && { summary }),
  };
}
