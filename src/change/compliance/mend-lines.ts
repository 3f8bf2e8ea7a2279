import { type ConfigNode, type ConfigTree, type Dialect, mergeConfig } from '#parse';
import type { CompiledCheck, Wanted } from './compile-check.ts';
import { Judge, type Scope, scopesOf, takenBack } from './judge-lines.ts';

/**
 * The configuration as the check wants it: what is required is there, what is forbidden is not, what is ordered stands
 * in its order. What cannot be said by lines (a required regular expression) stays as it is.
 */
export function mendLines(tree: ConfigTree, check: CompiledCheck, dialect: Dialect): ConfigTree {
  const typed = mendSetLines(tree, check, dialect);
  const judge = new Judge(typed, dialect);
  const meant = new Set([...scopesOf(typed.nodes, check, judge)].map(({ nodes, headers }) => key(nodes, headers)));
  const mender = new Mender(judge, dialect);
  const walk = (nodes: readonly ConfigNode[], headers: readonly string[], line?: number): readonly ConfigNode[] => {
    if (headers.length === check.section.length) {
      const scope: Scope = { nodes, headers, line };
      return meant.has(key(nodes, headers)) ? mender.mend(scope, check) : nodes;
    }
    const test = check.section[headers.length]!;
    return nodes.map((node) => {
      if (!test(node.text) || check.except.some((one) => one(node.text))) return node;
      const children = walk(node.children, [...headers, node.text], node.line);
      return children === node.children ? node : { ...node, children };
    });
  };
  const nodes = walk(typed.nodes, []);
  return nodes === typed.nodes ? typed : { ...typed, nodes };
}

/** Headers tell sections apart: two with the same headers are both looked at or both not, but for `having`. */
const key = (nodes: readonly ConfigNode[], headers: readonly string[]): string =>
  `${headers.join('\n')}\n\n${nodes[0]?.line ?? ''}`;

/** Lines of the notation of one line a fact are typed, as a person would. */
function mendSetLines(tree: ConfigTree, check: CompiledCheck, dialect: Dialect): ConfigTree {
  let mended = tree;
  const type = (lines: readonly string[]): void => {
    mended = mergeConfig(mended, lines.join('\n'), { file: 'policy' });
  };
  const scopeOf = (): Scope => ({ nodes: mended.nodes, headers: [], line: undefined });
  for (const wanted of check.required) {
    const choice = wanted.kind === 'any' ? wanted.of.find(({ kind }) => kind === 'set') : wanted;
    if (choice?.kind !== 'set' || new Judge(mended, dialect).missing(wanted, scopeOf()).length === 0) continue;
    type(choice.lines);
  }
  for (const wanted of check.forbidden.flatMap((one) => (one.kind === 'any' ? one.of : [one]))) {
    if (wanted.kind !== 'set' || new Judge(mended, dialect).forbidden(wanted, scopeOf()).length === 0) continue;
    type(takenBack(wanted.lines));
  }
  return mended;
}

class Mender {
  readonly #judge: Judge;
  readonly #dialect: Dialect;

  constructor(judge: Judge, dialect: Dialect) {
    this.#judge = judge;
    this.#dialect = dialect;
  }

  mend(scope: Scope, check: CompiledCheck): readonly ConfigNode[] {
    const { headers } = scope;
    let { nodes } = scope;
    // What is forbidden goes first: what is required may take its place.
    for (const wanted of check.forbidden) nodes = this.#without(wanted, nodes, headers);
    for (const wanted of check.required) {
      if (this.#judge.missing(wanted, { ...scope, nodes }).length > 0) nodes = this.#with(wanted, nodes, headers);
    }
    if (check.ordered.length > 0) nodes = this.#inOrder(check.ordered, { ...scope, nodes });
    return nodes;
  }

  #with(wanted: Wanted, nodes: readonly ConfigNode[], headers: readonly string[]): readonly ConfigNode[] {
    const choice = asNodes(wanted);
    return choice.reduce((all, node) => this.#added(node, all, headers), nodes);
  }

  #added(wanted: ConfigNode, nodes: readonly ConfigNode[], headers: readonly string[]): readonly ConfigNode[] {
    const isSection = wanted.children.length > 0;
    const [same] = this.#judge.sameAs(wanted, nodes, headers);
    const slot = this.#dialect.slot(wanted.text, headers, isSection);
    const place =
      same ?? nodes.find((node) => this.#dialect.slot(node.text, headers, node.children.length > 0) === slot);
    if (place === undefined) return [...nodes, fresh(wanted)];
    const text = same === undefined ? wanted.text : place.text;
    const inner = [...headers, text];
    const children = wanted.children.reduce((all, child) => this.#added(child, all, inner), place.children);
    if (same !== undefined && children === place.children) return nodes;
    return nodes.map((node) => (node === place ? { text, children, line: 0 } : node));
  }

  #without(wanted: Wanted, nodes: readonly ConfigNode[], headers: readonly string[]): readonly ConfigNode[] {
    switch (wanted.kind) {
      case 'set':
        return nodes;
      case 'any':
        return wanted.of.reduce((left, one) => this.#without(one, left, headers), nodes);
      case 'search': {
        const found = new Set([...this.#judge.search(wanted, nodes, headers)].map(({ node }) => node));
        return found.size === 0 ? nodes : dropped(nodes, found);
      }
      case 'nodes': {
        const found = wanted.nodes.map((node) => this.#judge.found(node, nodes, headers));
        if (found.some((one) => one === undefined)) return nodes;
        return wanted.nodes.reduce((left, node) => this.#cut(node, left, headers), nodes);
      }
    }
  }

  /** A line goes; of a section only what was named of it. */
  #cut(wanted: ConfigNode, nodes: readonly ConfigNode[], headers: readonly string[]): readonly ConfigNode[] {
    const same = new Set(this.#judge.sameAs(wanted, nodes, headers));
    if (wanted.children.length === 0) return nodes.filter((node) => !same.has(node));
    return nodes.map((node) => {
      if (!same.has(node) || this.#judge.found(wanted, [node], headers) === undefined) return node;
      const inner = [...headers, node.text];
      return {
        ...node,
        children: wanted.children.reduce((left, child) => this.#cut(child, left, inner), node.children),
      };
    });
  }

  /** The places of what is there already, taken in the order that is wanted; what is missing follows its predecessor. */
  #inOrder(ordered: readonly Wanted[], scope: Scope): readonly ConfigNode[] {
    if (this.#judge.disorder(ordered, scope).length === 0) return scope.nodes;
    const chosen: ConfigNode[] = [];
    for (const wanted of ordered) {
      const at = this.#judge.placesOf(wanted, scope).find((one) => !chosen.includes(scope.nodes[one]!));
      const node = at === undefined ? asNodes(wanted)[0] : scope.nodes[at];
      if (node === undefined) return scope.nodes;
      chosen.push(at === undefined ? fresh(node) : node);
    }
    const places = scope.nodes.flatMap((node, at) => (chosen.includes(node) ? [at] : []));
    const firstPlace = places[0] ?? scope.nodes.length;
    const others = scope.nodes.filter((node) => !chosen.includes(node));
    const before = scope.nodes.slice(0, firstPlace).filter((node) => !chosen.includes(node)).length;
    return [...others.slice(0, before), ...chosen, ...others.slice(before)];
  }
}

/** What to add: of alternatives the first that is a line. */
function asNodes(wanted: Wanted): readonly ConfigNode[] {
  if (wanted.kind === 'nodes') return wanted.nodes;
  if (wanted.kind !== 'any') return [];
  for (const one of wanted.of) {
    const nodes = asNodes(one);
    if (nodes.length > 0) return nodes;
  }
  return [];
}

const fresh = ({ text, children }: ConfigNode): ConfigNode => ({ text, line: 0, children: children.map(fresh) });

function dropped(nodes: readonly ConfigNode[], found: ReadonlySet<ConfigNode>): readonly ConfigNode[] {
  return nodes
    .filter((node) => !found.has(node))
    .map((node) => {
      const children = dropped(node.children, found);
      return children.length === node.children.length && children.every((child, at) => child === node.children[at])
        ? node
        : { ...node, children };
    });
}
