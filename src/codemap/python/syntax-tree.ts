import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { Problem } from './facts.ts';

/** A node of the syntax tree in plain memory: only named nodes, no comments. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  readonly children: readonly Syntax[];
}

export interface SyntaxTree {
  readonly text: string;
  readonly root: Syntax;
  readonly problems: readonly Problem[];
}

/** Nothing that people write nests deeper, and recursion over the tree stays within the stack. */
const maxDepth = 300;
const maxProblems = 5;
/** What these nodes have inside is read from the text, when at all. */
const leaves = new Set(
  'identifier integer float true false none pass_statement break_statement continue_statement ellipsis dotted_name relative_import wildcard_import string_start string_content string_end escape_sequence type_conversion'.split(
    ' ',
  ),
);
const nothing: readonly Syntax[] = [];

let parser: Parser | undefined;
let preparing: Promise<void> | undefined;

/** Loads the grammar, once a thread. */
export function prepareParser(): Promise<void> {
  preparing ??= (async () => {
    await Parser.init();
    const wasm = createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
    parser = new Parser().setLanguage(await Language.load(wasm));
  })();
  return preparing;
}

/** The tree of a text, whatever the text: what does not fit the grammar is among the problems, the rest is kept. */
export function parsePython(text: string): SyntaxTree {
  if (parser === undefined) throw new Error('prepareParser() has not been awaited');
  const tree = parser.parse(text);
  if (tree === null) throw new Error('the parser has no grammar');
  try {
    const problems: Problem[] = [];
    if (tree.rootNode.hasError) collectErrors(tree.rootNode, text, problems);
    return { text, root: copy(tree.rootNode, text, 0, problems), problems };
  } finally {
    tree.delete();
  }
}

function copy(node: Node, text: string, depth: number, problems: Problem[]): Syntax {
  const { type, startIndex: start, endIndex: end } = node;
  const line = node.startPosition.row + 1;
  let children = nothing;
  if (leaves.has(type) || (type === 'string' && !isFormatted(text, start))) {
    // no children that matter
  } else if (depth >= maxDepth) {
    if (problems.length < maxProblems) {
      problems.push({
        kind: 'syntax',
        line,
        message: `nested more than ${maxDepth} levels deep; the inside is left out`,
      });
    }
  } else {
    const kept: Syntax[] = [];
    for (const child of node.namedChildren) {
      if (child === null || child.type === 'comment' || child.type === 'line_continuation') continue;
      kept.push(copy(child, text, depth + 1, problems));
    }
    children = kept;
  }
  return { type, start, end, line, endLine: node.endPosition.row + 1, children };
}

function isFormatted(text: string, start: number): boolean {
  for (let at = start; at < start + 3; at += 1) {
    const letter = text[at];
    if (letter === 'f' || letter === 'F') return true;
    if (letter === '"' || letter === "'") return false;
  }
  return false;
}

function collectErrors(root: Node, text: string, problems: Problem[]): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined && problems.length < maxProblems; node = open.pop()) {
    if (node.isMissing) {
      problems.push({ kind: 'syntax', line: node.startPosition.row + 1, message: `"${node.type}" is missing` });
    } else if (node.isError) {
      const near = text.slice(node.startIndex, node.endIndex).split('\n', 1)[0]!.slice(0, 40);
      problems.push({ kind: 'syntax', line: node.startPosition.row + 1, message: `not Python: "${near}"` });
    } else if (node.hasError) {
      for (const child of node.children.toReversed()) if (child !== null) open.push(child);
    }
  }
}
