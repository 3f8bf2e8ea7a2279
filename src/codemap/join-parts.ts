import type { CodeModel, CodeWarning } from './model.ts';
import type { ModelPart } from './reader.ts';

/** The parts of all languages as one model, every list sorted, so that two readings of the same code are equal. */
export function joinParts(
  of: Pick<CodeModel, 'root' | 'name'>,
  parts: readonly ModelPart[],
  warnings: readonly CodeWarning[],
): CodeModel {
  const byId = <T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] =>
    lists.flat().sort((a, b) => compare(a.id, b.id));
  const modules = byId(parts.map((one) => one.modules));
  const outside = new Map(byId(parts.map((one) => one.outside)).map((one) => [one.id, one]));
  return {
    ...of,
    languages: [...new Set(modules.map((one) => one.language))].sort(),
    modules,
    classes: byId(parts.map((one) => one.classes)),
    functions: byId(parts.map((one) => one.functions)),
    edges: parts
      .flatMap((one) => one.edges)
      .sort(
        (a, b) =>
          compare(a.kind, b.kind) ||
          compare(a.from, b.from) ||
          a.at.line - b.at.line ||
          compare(a.to, b.to) ||
          compare(a.via ?? '', b.via ?? ''),
      ),
    factories: byId(parts.map((one) => one.factories)),
    runtimeClasses: byId(parts.map((one) => one.runtimeClasses)),
    outside: [...outside.values()],
    warnings: [...warnings, ...parts.flatMap((one) => one.warnings)].sort(
      (a, b) => compare(a.at.file, b.at.file) || a.at.line - b.at.line || compare(a.kind, b.kind),
    ),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
