import fc from 'fast-check';
import type { CodeClass, CodeEdge, CodeModel } from '#codemap';

export interface MadeClass {
  readonly name: string;
  readonly folder: string;
  /** Indexes of classes, also of itself and of later ones: broken code is code too. */
  readonly parents: readonly number[];
  readonly holds: readonly number[];
}

/** A model that no parser made, for drawings. */
export function madeModel(made: readonly MadeClass[], outside: readonly string[] = []): CodeModel {
  const id = (index: number): string => {
    const one = made[index];
    return one === undefined ? `outside:${outside[index - made.length]}` : `${one.folder}m.py#${one.name}`;
  };
  const edges: CodeEdge[] = [];
  const classes = made.map((one, index): CodeClass => {
    const module = `${one.folder}m.py`;
    const at = { file: module, line: index + 1 };
    const bases = [...new Set(one.parents)].map((parent) => ({
      text: id(parent),
      target: id(parent),
      kind: 'inherits' as const,
      at,
    }));
    for (const base of bases) edges.push({ kind: 'inherits', from: id(index), to: base.target, at });
    for (const part of new Set(one.holds))
      edges.push({ kind: 'composes', from: id(index), to: id(part), at, via: `part${part}` });
    return {
      id: id(index),
      name: one.name,
      module,
      language: 'python',
      kind: 'class',
      at,
      endLine: index + 1,
      isAbstract: index % 7 === 0,
      bases,
      members: [
        {
          name: `run_${one.name}`,
          kind: 'method',
          visibility: index % 3 === 0 ? 'protected' : 'public',
          isStatic: false,
          isAbstract: false,
          isAsync: false,
          isInBody: true,
          at,
          parameters: 'a, b',
        },
      ],
      writes: [],
      reads: [],
      dynamics: [],
      decorators: [],
    };
  });
  const modules = [...new Set(classes.map(({ module }) => module))].sort();
  return {
    root: '/made',
    name: 'made',
    languages: ['python'],
    modules: modules.map((module) => ({ id: module, name: module, language: 'python', isPackage: false, lines: 10 })),
    classes,
    functions: [],
    edges,
    factories: [],
    runtimeClasses: [],
    outside: outside.map((name) => ({ id: `outside:${name}`, name, at: { file: 'm.py', line: 1 } })),
    warnings: [],
  };
}

/** Trees, diamonds, circles, lone classes, parts: everything that code can do to a drawing. */
export const anyModel: fc.Arbitrary<CodeModel> = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 3 }))
  .chain(([count, outsides]) => {
    const target = fc.nat(count + outsides - 1);
    const one = fc.record({
      folder: fc.constantFrom('', 'cisco/', 'juniper/', 'hp/deep/er/'),
      parents: fc.oneof(
        { weight: 5, arbitrary: fc.array(target, { maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(target, { maxLength: 4 }) },
      ),
      holds: fc.oneof(
        { weight: 8, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(target, { maxLength: 2 }) },
      ),
    });
    return fc.array(one, { minLength: count, maxLength: count }).map((all) =>
      madeModel(
        all.map((made, index) => ({ ...made, name: `Class${index}${'Long'.repeat(index % 5)}` })),
        Array.from({ length: outsides }, (_, index) => `lib.Outside${index}`),
      ),
    );
  });
