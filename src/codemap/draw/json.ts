import type { CodeModel } from '../model.ts';

/** The model of what is drawn, every fact with its file and line. */
export function drawJson(model: CodeModel, drawn: ReadonlySet<string>): string {
  const has = ({ id }: { readonly id: string }): boolean => drawn.has(id);
  const all = new Set([...model.classes, ...model.runtimeClasses, ...model.outside].map(({ id }) => id));
  const isDrawn = (id: string): boolean => !all.has(id) || drawn.has(id);
  const part: CodeModel = {
    ...model,
    classes: model.classes.filter(has),
    runtimeClasses: model.runtimeClasses.filter(has),
    // A base that the picture only implies (`object`) is a fact all the same.
    outside: model.outside,
    edges: model.edges.filter(({ from, to }) => isDrawn(from) && (isDrawn(to) || to.startsWith('outside:'))),
  };
  return `${JSON.stringify(part, null, 2)}\n`;
}
