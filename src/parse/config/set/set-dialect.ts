import { compareNodes } from '../compare-nodes.ts';
import type { ConfigNode } from '../config-tree.ts';
import type { Dialect, NodeRules } from '../dialect.ts';
import { differing } from './differing.ts';
import { Vocabulary } from './group-words.ts';
import { decodeToken, readBraces, type Statement } from './read-braces.ts';
import { remedySet } from './remedy-set.ts';
import { setLines } from './set-text.ts';
import type { SetSpec } from './spec.ts';
import { isCommands, SetTypist } from './type-set.ts';
import { addTokens, alignWords, nodesOf, splitText, Word, wordsOf } from './word.ts';

/** A dialect of braces and `set` lines, which are two ways to write one tree. */
export function setDialect(spec: SetSpec): Dialect {
  const vocabulary = new Vocabulary(spec);
  const typed = (root: Word, text: string, file: string): readonly ConfigNode[] => {
    new SetTypist(root, vocabulary, file).type(text);
    return nodesOf(root, spec);
  };
  const isMark = (token: string): boolean => spec.marks.some(({ mark }) => mark === token);
  const plain = (text: string): string[] => {
    const tokens = splitText(text);
    let from = 0;
    while (from < tokens.length - 1 && isMark(tokens[from]!)) from += 1;
    return tokens.slice(from);
  };
  const fixedOf = (text: string, parents: readonly string[]): string | undefined => {
    if (parents.length > 1 || spec.fixed.length === 0) return undefined;
    const path = [...parents, text].map((header) => plain(header)[0]).join(' ');
    return vocabulary.isFixed(path) ? path : undefined;
  };
  const aligned: NonNullable<Dialect['align']> = (before, after) => {
    const [one, other] = [wordsOf(before, spec), wordsOf(after, spec)];
    alignWords(one, other);
    return [nodesOf(one, spec), nodesOf(other, spec)];
  };
  const rules: NodeRules = {
    identity: (text, parents) => fixedOf(text, parents) ?? identityOf(splitText(text), vocabulary),
    slot(text, parents, isSection) {
      const tokens = plain(text);
      const [first = ''] = tokens;
      const isValue =
        !isSection && tokens.length >= 2 && (tokens[1] === '[' || (tokens.length === 2 && !vocabulary.isMany(first)));
      return fixedOf(text, parents) ?? (isValue ? first : tokens.map(decodeToken).join('\n'));
    },
    orderGroup(text, parents) {
      const tokens = plain(text);
      if (tokens.length > 1 && vocabulary.isOrdered(tokens[0]!)) return tokens[0];
      const above = parents.at(-1);
      return above !== undefined && vocabulary.isOrdered(plain(above).at(-1) ?? '') ? 'entries' : undefined;
    },
    isPermanent(text, parents) {
      if (fixedOf(text, parents) !== undefined) return true;
      const path = [...parents, text].flatMap(splitText);
      return (
        spec.roots?.some(
          ({ words }) => words.length >= path.length && path.every((word, nth) => word === words[nth]),
        ) ?? false
      );
    },
  };
  return {
    ...rules,
    name: spec.name,
    notes: spec.notes,
    step: spec.step,
    read: (text, file) =>
      isCommands(text) ? typed(newRoot(), text, file) : statementNodes(readBraces(text, spec, file), spec),
    write: (nodes) => write(nodes, spec),
    frame: (text, isSection) =>
      isSection ? { open: `${text} {`, close: '}' } : { open: `${text}${spec.leafEnd}`, close: undefined },
    type: (nodes, lines, file) => typed(wordsOf(nodes, spec), lines, file),
    remedy(running, intended) {
      const [before, after] = differing(running, intended, vocabulary);
      const [left, right] = aligned(before, after);
      if (compareNodes(left, right, rules).length === 0) return [];
      // Unaligned, for the device that takes the lines has not seen what is intended.
      return remedySet(wordsOf(before, spec), wordsOf(after, spec), vocabulary);
    },
    align: (before, after) => aligned(...differing(before, after, vocabulary)),
    setForm: {
      write: (nodes) => setLines(wordsOf(nodes, spec), spec),
      read: (text, file) => typed(newRoot(), text, file),
    },
  };
}

function newRoot(): Word {
  const root = new Word('');
  root.isNode = true;
  return root;
}

/** Braces as nodes; what stands twice is one (the words are put together on the way). */
function statementNodes(statements: readonly Statement[], spec: SetSpec): readonly ConfigNode[] {
  const root = newRoot();
  const add = (above: Word, below: readonly Statement[]): void => {
    for (const { tokens, line, children } of below) {
      const word = addTokens(above, tokens, spec, line);
      if (children !== undefined) add(word, children);
    }
  };
  add(root, statements);
  return nodesOf(root, spec);
}

/** Quotes say nothing of their own, and the order of a list only where it counts. */
function identityOf(tokens: readonly string[], vocabulary: Vocabulary): string {
  const list = tokens.indexOf('[');
  if (list < 0) return tokens.map(decodeToken).join('\n');
  const head = tokens.slice(0, list).map(decodeToken);
  const values = tokens.slice(list + 1, -1).map(decodeToken);
  if (!vocabulary.isOrdered(head.at(-1) ?? '')) values.sort();
  return [...head, '[', ...values].join('\n');
}

function write(nodes: readonly ConfigNode[], spec: SetSpec): string {
  const lines: string[] = [];
  const add = (below: readonly ConfigNode[], indent: string): void => {
    for (const { text, children } of below) {
      if (children.length === 0) lines.push(`${indent}${text}${spec.leafEnd}`);
      else {
        lines.push(`${indent}${text} {`);
        add(children, indent + spec.step);
        lines.push(`${indent}}`);
      }
    }
  };
  add(nodes, '');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
