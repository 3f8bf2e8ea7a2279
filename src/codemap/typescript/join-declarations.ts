import type { ClassFact, TypescriptFacts } from './facts.ts';

/**
 * A published package has its code twice: `a.js` does, `a.d.ts` says the types. Each such pair becomes one module, named
 * by the code; its declarations add interfaces, bases and types of members. Lines of what only the declarations say
 * belong to their file, which {@link JoinedModule.fileOf} tells.
 */
export interface JoinedModule {
  readonly facts: TypescriptFacts;
  /** File in which a class was read. */
  fileOf(fact: ClassFact): string;
  /** File in which a base of a class was read. */
  baseFileOf(base: ClassFact['bases'][number]): string;
}

export function joinDeclarations(files: ReadonlyMap<string, TypescriptFacts>): Map<string, JoinedModule> {
  const joined = new Map<string, JoinedModule>();
  for (const [path, facts] of files) {
    if (codeBeside(path, files) !== undefined) continue;
    const declared = declarationsBeside(path, files);
    joined.set(path, declared === undefined ? alone(path, facts) : together(path, facts, ...declared));
  }
  return joined;
}

/** Path of the code that a declaration file declares. */
export function codeBeside(path: string, files: { has(path: string): boolean }): string | undefined {
  const ending = /\.d\.([cm]?)ts$/.exec(path);
  if (ending === null) return undefined;
  const code = `${path.slice(0, ending.index)}.${ending[1]}js`;
  return files.has(code) ? code : undefined;
}

function declarationsBeside(
  path: string,
  files: ReadonlyMap<string, TypescriptFacts>,
): [string, TypescriptFacts] | undefined {
  const ending = /\.([cm]?)js$/.exec(path);
  if (ending === null) return undefined;
  const declared = `${path.slice(0, ending.index)}.d.${ending[1]}ts`;
  const facts = files.get(declared);
  return facts === undefined ? undefined : [declared, facts];
}

const alone = (path: string, facts: TypescriptFacts): JoinedModule => ({
  facts,
  fileOf: () => path,
  baseFileOf: () => path,
});

function together(path: string, code: TypescriptFacts, declaredPath: string, declared: TypescriptFacts): JoinedModule {
  const foreign = new Set<unknown>();
  const names = new Set(code.classes.map(({ name }) => name));
  const byName = new Map(declared.classes.filter(({ kind }) => kind === 'class').map((one) => [one.name, one]));
  const classes = code.classes.map((one): ClassFact => {
    const says = byName.get(one.name);
    if (says === undefined) return one;
    const more = says.bases.filter((base) => !one.bases.some(({ name }) => name === base.name));
    for (const base of more) foreign.add(base);
    const types = new Map(says.members.map((member) => [member.name, member]));
    return {
      ...one,
      isAbstract: one.isAbstract || says.isAbstract,
      bases: [...one.bases, ...more],
      members: one.members.map((member) => {
        const { type, parameters, summary, visibility = member.visibility } = types.get(member.name) ?? {};
        return {
          ...member,
          visibility: member.visibility === 'private' ? 'private' : visibility,
          ...(type !== undefined && { type }),
          ...(parameters !== undefined && { parameters }),
          ...(summary !== undefined && { summary }),
        };
      }),
      ...(says.summary !== undefined && { summary: says.summary }),
    };
  });
  for (const one of declared.classes) {
    if (names.has(one.name)) continue;
    foreign.add(one);
    for (const base of one.bases) foreign.add(base);
    classes.push(one);
  }
  const functions = new Set(code.functions.map(({ name }) => name));
  const known = new Set(code.exports.map(({ exported, specifier }) => `${exported}\0${specifier}`));
  return {
    facts: {
      ...code,
      classes,
      functions: [...code.functions, ...declared.functions.filter(({ name }) => !functions.has(name))],
      // Types are imported only where they are declared.
      imports: [...code.imports, ...typeImports(code, declared)],
      exports: [
        ...code.exports,
        ...declared.exports.filter(({ exported, specifier }) => !known.has(`${exported}\0${specifier}`)),
      ],
      warnings: [...code.warnings, ...declared.warnings],
    },
    fileOf: (fact) => (foreign.has(fact) ? declaredPath : path),
    baseFileOf: (base) => (foreign.has(base) ? declaredPath : path),
  };
}

function typeImports(code: TypescriptFacts, declared: TypescriptFacts): TypescriptFacts['imports'] {
  const known = new Set(code.imports.flatMap(({ names }) => names.map(({ local }) => local)));
  const specifiers = new Set(code.imports.map(({ specifier }) => specifier));
  return declared.imports
    .map((one) => ({ ...one, isDeferred: true, names: one.names.filter(({ local }) => !known.has(local)) }))
    .filter(({ specifier, names }) => names.length > 0 || !specifiers.has(specifier));
}
