import { type ConfigChange, type ConfigNode, type ConfigTree, type Dialect, diffConfig, mergeConfig } from '#parse';
import type { CompiledCheck, Wanted } from './compile-check.ts';

/** Where a configuration is not as a rule says. */
export interface Violation {
  readonly kind: 'missing' | 'forbidden' | 'order' | 'fact';
  /** In the stored text, from 1; of the section where something is missing in one. */
  readonly line?: number;
  /** What stands there. */
  readonly found?: string;
  /** What was expected. */
  readonly expected?: string;
  /** Headers of the sections that it stands in, outermost first. */
  readonly section?: readonly string[];
}

/** A section that a check looks at; the configuration itself has no headers. */
export interface Scope {
  readonly headers: readonly string[];
  readonly nodes: readonly ConfigNode[];
  readonly line: number | undefined;
}

/** More are counted, not told. */
export const mostViolations = 50;

/**
 * Holds a configuration against a check.
 * @throws NetwrightError `NW_USAGE` for a pattern that takes too long
 */
export function judgeLines(tree: ConfigTree, check: CompiledCheck, dialect: Dialect): readonly Violation[] {
  const judge = new Judge(tree, dialect);
  const violations: Violation[] = [];
  for (const scope of scopesOf(tree.nodes, check, judge)) {
    for (const wanted of check.required) violations.push(...judge.missing(wanted, scope));
    for (const wanted of check.forbidden) violations.push(...judge.forbidden(wanted, scope));
    if (check.ordered.length > 0) violations.push(...judge.disorder(check.ordered, scope));
  }
  return violations;
}

/** The sections that the check is about. */
export function* scopesOf(
  nodes: readonly ConfigNode[],
  check: CompiledCheck,
  judge: Judge,
  headers: readonly string[] = [],
  line?: number,
): Generator<Scope> {
  const test = check.section[headers.length];
  if (test === undefined) {
    const scope = { headers, nodes, line };
    if (check.having.every((wanted) => judge.missing(wanted, scope).length === 0)) yield scope;
    return;
  }
  for (const node of nodes) {
    if (!test(node.text) || check.except.some((one) => one(node.text))) continue;
    yield* scopesOf(node.children, check, judge, [...headers, node.text], node.line);
  }
}

const first = (text: string): string => {
  const end = text.search(/[ \n]/);
  return end < 0 ? text : text.slice(0, end);
};

/** Looks for what is wanted in one configuration. */
export class Judge {
  readonly #tree: ConfigTree;
  readonly #dialect: Dialect;

  constructor(tree: ConfigTree, dialect: Dialect) {
    this.#tree = tree;
    this.#dialect = dialect;
  }

  missing(wanted: Wanted, scope: Scope): readonly Violation[] {
    const { headers, line } = scope;
    switch (wanted.kind) {
      case 'nodes':
        return wanted.nodes.flatMap((node) => this.#missingNode(node, scope.nodes, headers, line) ?? []);
      case 'set':
        return this.#tree.nodes === scope.nodes && !this.changes(wanted.lines) ? [] : [missingOf(wanted.shown, scope)];
      case 'any':
        return wanted.of.some((one) => this.missing(one, scope).length === 0) ? [] : [missingOf(wanted.shown, scope)];
      case 'search':
        for (const _ of this.search(wanted, scope.nodes, headers)) return [];
        return [missingOf(wanted.shown, scope)];
    }
  }

  forbidden(wanted: Wanted, scope: Scope): readonly Violation[] {
    switch (wanted.kind) {
      case 'nodes': {
        const found = wanted.nodes.map((node) => this.found(node, scope.nodes, scope.headers));
        if (found.some((one) => one === undefined)) return [];
        return found
          .slice(0, 1)
          .map((one) => forbiddenOf(...deepest(one!.node, one!.wanted, scope.headers), wanted.shown));
      }
      case 'set': {
        const [node, headers] = this.#removedBy(wanted.lines) ?? [];
        return node === undefined ? [] : [forbiddenOf(node, headers ?? [], wanted.shown)];
      }
      case 'any':
        return wanted.of.flatMap((one) => this.forbidden(one, scope));
      case 'search':
        return [...this.search(wanted, scope.nodes, scope.headers)].map(({ node, headers }) =>
          forbiddenOf(node, headers, wanted.shown),
        );
    }
  }

  /** What is missing, and what stands before the one that is to precede it. */
  disorder(ordered: readonly Wanted[], scope: Scope): readonly Violation[] {
    const missing = ordered.flatMap((wanted) =>
      this.placesOf(wanted, scope).length === 0 ? [missingOf(wanted.shown, scope)] : [],
    );
    if (missing.length > 0) return missing;
    let last = -1;
    let before: string | undefined;
    for (const wanted of ordered) {
      const places = this.placesOf(wanted, scope);
      const next = places.find((at) => at > last);
      if (next === undefined) {
        const node = scope.nodes[places[0]!]!;
        return [
          {
            kind: 'order',
            line: node.line,
            found: node.text,
            expected: `after: ${before}`,
            ...sectionOf(scope.headers),
          },
        ];
      }
      last = next;
      before = wanted.shown;
    }
    return [];
  }

  /** Positions among the lines of the section itself. */
  placesOf(wanted: Wanted, scope: Scope): readonly number[] {
    const { nodes, headers } = scope;
    return nodes.flatMap((node, at) => (this.#isOneOf(wanted, node, headers) ? [at] : []));
  }

  /** Lines at any depth that look so. */
  *search(
    wanted: Extract<Wanted, { kind: 'search' }>,
    nodes: readonly ConfigNode[],
    headers: readonly string[],
  ): Generator<{ readonly node: ConfigNode; readonly headers: readonly string[] }> {
    for (const node of nodes) {
      if (wanted.test(node.text) && !wanted.except.some((one) => this.#isOneOf(one, node, headers)))
        yield { node, headers };
      if (node.children.length > 0) yield* this.search(wanted, node.children, [...headers, node.text]);
    }
  }

  /** The node that says the same and holds at least as much. */
  found(
    wanted: ConfigNode,
    nodes: readonly ConfigNode[],
    headers: readonly string[],
  ): { readonly node: ConfigNode; readonly wanted: ConfigNode } | undefined {
    for (const node of this.sameAs(wanted, nodes, headers)) {
      const inner = [...headers, node.text];
      if (wanted.children.every((child) => this.found(child, node.children, inner) !== undefined))
        return { node, wanted };
    }
    return undefined;
  }

  *sameAs(wanted: ConfigNode, nodes: readonly ConfigNode[], headers: readonly string[]): Generator<ConfigNode> {
    const word = first(wanted.text);
    let identity: string | undefined;
    for (const node of nodes) {
      if (node.text !== wanted.text) {
        // Saying what a line says costs a look at all rules; lines that begin otherwise say something else.
        if (first(node.text) !== word) continue;
        identity ??= this.#dialect.identity(wanted.text, headers);
        if (this.#dialect.identity(node.text, headers) !== identity) continue;
      }
      yield node;
    }
  }

  /** Whether typing these lines would change anything. */
  changes(lines: readonly string[]): boolean {
    return diffConfig(this.#tree, mergeConfig(this.#tree, lines.join('\n'), { file: 'policy' })).changes.length > 0;
  }

  #isOneOf(wanted: Wanted, node: ConfigNode, headers: readonly string[]): boolean {
    switch (wanted.kind) {
      case 'nodes':
        return wanted.nodes.some((one) => this.found(one, [node], headers) !== undefined);
      case 'any':
        return wanted.of.some((one) => this.#isOneOf(one, node, headers));
      case 'search':
        return wanted.test(node.text) && !wanted.except.some((one) => this.#isOneOf(one, node, headers));
      case 'set':
        return false;
    }
  }

  #missingNode(
    wanted: ConfigNode,
    nodes: readonly ConfigNode[],
    headers: readonly string[],
    line: number | undefined,
  ): Violation | undefined {
    if (this.found(wanted, nodes, headers) !== undefined) return undefined;
    const [section] = this.sameAs(wanted, nodes, headers);
    if (section !== undefined) {
      const inner = [...headers, section.text];
      for (const child of wanted.children) {
        const missing = this.#missingNode(child, section.children, inner, section.line);
        if (missing !== undefined) return missing;
      }
    }
    // Of what a section holds one, the other one is the line to look at.
    const slot = this.#dialect.slot(wanted.text, headers, wanted.children.length > 0);
    const instead = nodes.find(
      (node) =>
        first(node.text) === first(wanted.text) &&
        this.#dialect.slot(node.text, headers, node.children.length > 0) === slot,
    );
    const place = instead?.line ?? line;
    return {
      kind: 'missing',
      expected: wanted.text,
      ...(place !== undefined && place > 0 && { line: place }),
      ...(instead !== undefined && { found: instead.text }),
      ...sectionOf(headers),
    };
  }

  /** The first line that taking these lines back would take away. */
  #removedBy(lines: readonly string[]): readonly [ConfigNode, readonly string[]] | undefined {
    if (!lines.every((line) => !this.changes([line]))) return undefined;
    const without = mergeConfig(this.#tree, takenBack(lines).join('\n'), { file: 'policy' });
    return firstRemoved(diffConfig(this.#tree, without).changes, []);
  }
}

/** `delete` lines for `set` lines. */
export const takenBack = (lines: readonly string[]): readonly string[] =>
  lines.map((line) =>
    line
      .replace(/^set /, 'delete ')
      .replace(/^deactivate /, 'activate ')
      .replace(/^protect /, 'unprotect '),
  );

function firstRemoved(
  changes: readonly ConfigChange[],
  headers: readonly string[],
): readonly [ConfigNode, readonly string[]] | undefined {
  for (const change of changes) {
    if (change.kind === 'within') {
      const found = firstRemoved(change.changes, [...headers, change.before.text]);
      if (found !== undefined) return found;
      if (change.isRenamed) return [change.before, headers];
    } else if (change.kind === 'removed') return [change.node, headers];
  }
  return undefined;
}

/** The line of a section that was asked for, rather than its header; and the headers that it stands below. */
function deepest(
  node: ConfigNode,
  wanted: ConfigNode,
  headers: readonly string[],
): readonly [node: ConfigNode, headers: readonly string[]] {
  const [inner] = wanted.children;
  const child = inner && node.children.find(({ text }) => text === inner.text);
  return child === undefined ? [node, headers] : deepest(child, inner!, [...headers, node.text]);
}

const sectionOf = (headers: readonly string[]): Pick<Violation, 'section'> =>
  headers.length === 0 ? {} : { section: headers };

const missingOf = (shown: string, { headers, line }: Scope): Violation => ({
  kind: 'missing',
  expected: shown,
  ...(line !== undefined && { line }),
  ...sectionOf(headers),
});

const forbiddenOf = (node: ConfigNode, headers: readonly string[], shown: string): Violation => ({
  kind: 'forbidden',
  ...(node.line > 0 && { line: node.line }),
  found: node.text,
  ...(shown !== node.text && { expected: `not: ${shown}` }),
  ...sectionOf(headers),
});
