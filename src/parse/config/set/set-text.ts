import { NetwrightError } from '#core';
import { decodeToken, singleQuoted } from './read-braces.ts';
import type { SetSpec } from './spec.ts';
import type { Word } from './word.ts';

/** A path of words from the root of the tree, and whether its last word is the value of the one before. */
export interface SetPath {
  readonly tokens: readonly string[];
  readonly isValue: boolean;
}

/** Every statement below a word: one path a leaf. */
export function* leafPaths(word: Word, tokens: readonly string[] = []): Generator<SetPath> {
  for (const next of word.below.values()) {
    const path = [...tokens, next.token];
    if (next.below.size === 0) yield { tokens: path, isValue: !word.isNode };
    else yield* leafPaths(next, path);
  }
}

/** Every statement that has a mark. */
export function* markedPaths(
  word: Word,
  tokens: readonly string[] = [],
): Generator<SetPath & { marks: ReadonlySet<string> }> {
  for (const next of word.below.values()) {
    const path = [...tokens, next.token];
    if (next.marks.size > 0) yield { tokens: path, isValue: !word.isNode && next.below.size === 0, marks: next.marks };
    yield* markedPaths(next, path);
  }
}

/** A path as it is typed: from where the system lets paths begin. */
export function typedPath(path: SetPath, spec: SetSpec): string {
  const { tokens } = path;
  const keys = tokens.map(decodeToken);
  let from = 0;
  for (const { words, first } of spec.roots ?? []) {
    if (keys[0] !== spec.roots![0]!.words[0]) break;
    const isBelow = words.every((word, nth) => keys[nth] === word) && keys.length > words.length;
    if (isBelow && (first === undefined || first.includes(keys[words.length]!))) from = words.length;
  }
  if (from === 0 && spec.roots !== undefined && keys[0] === spec.roots[0]!.words[0] && keys.length > 1)
    throw new NetwrightError(
      'NW_CONFIG_UNREACHABLE',
      `${spec.name}: no command reaches what stands in "${keys.slice(0, 2).join(' ')}"`,
    );
  return tokens
    .slice(from)
    .map((token, nth, all) =>
      spec.quotesValues && path.isValue && nth === all.length - 1 ? singleQuoted(decodeToken(token)) : token,
    )
    .join(' ');
}

export function setLines(root: Word, spec: SetSpec): readonly string[] {
  const lines: string[] = [];
  for (const path of leafPaths(root)) lines.push(`set ${typedPath(path, spec)}`);
  for (const path of markedPaths(root)) {
    for (const { mark, set } of spec.marks) if (path.marks.has(mark)) lines.push(`${set} ${typedPath(path, spec)}`);
  }
  return lines;
}
