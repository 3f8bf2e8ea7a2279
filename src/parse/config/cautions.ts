import type { Dialect } from './dialect.ts';

/** What a system does with a line is not always known beforehand, and where: said beside the lines that it is about. */
export interface Caution {
  /** Met by a line to type, without its indentation. */
  readonly when: RegExp;
  /** One sentence. */
  readonly says: string;
}

/** What to mind about these lines; nothing of what they do not touch. */
export function cautionsOf({ cautions = [] }: Pick<Dialect, 'cautions'>, lines: readonly string[]): readonly string[] {
  const trimmed = lines.map((line) => line.trimStart());
  return cautions.filter(({ when }) => trimmed.some((line) => when.test(line))).map(({ says }) => says);
}
