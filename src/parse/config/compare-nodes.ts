import type { ConfigNode } from './config-tree.ts';
import type { NodeRules } from './dialect.ts';
import type { ConfigChange } from './diff-config.ts';
import { pairInStep } from './in-step.ts';
import { longestRise } from './longest-rise.ts';

/**
 * What changed between two lists of siblings, in the order of the newer one; what went stands where it stood. Linear
 * but for lines that changed places, which cost a logarithm more.
 */
export function compareNodes(
  before: readonly ConfigNode[],
  after: readonly ConfigNode[],
  rules: NodeRules,
  parents: readonly string[] = [],
): ConfigChange[] {
  let start = 0;
  let endBefore = before.length;
  let endAfter = after.length;
  const head: ConfigChange[] = [];
  const tail: ConfigChange[] = [];
  while (start < endBefore && start < endAfter && before[start]!.text === after[start]!.text) {
    compareBelow(before[start]!, after[start]!, rules, parents, head);
    start += 1;
  }
  while (endBefore > start && endAfter > start && before[endBefore - 1]!.text === after[endAfter - 1]!.text) {
    endBefore -= 1;
    endAfter -= 1;
  }
  for (let old = endBefore, now = endAfter; now < after.length; old += 1, now += 1)
    compareBelow(before[old]!, after[now]!, rules, parents, tail);
  if (start === endBefore && start === endAfter) return head.length === 0 ? tail : [...head, ...tail];
  const middle = compareMiddle(before.slice(start, endBefore), after.slice(start, endAfter), rules, parents);
  const previous = after[start - 1]?.text;
  return [...head, ...middle.map((change) => withPredecessor(change, previous)), ...tail];
}

const withPredecessor = (change: ConfigChange, previous: string | undefined): ConfigChange =>
  change.kind === 'moved' && change.after === undefined ? { ...change, after: previous } : change;

function compareBelow(
  old: ConfigNode,
  now: ConfigNode,
  rules: NodeRules,
  parents: readonly string[],
  into: ConfigChange[],
  isRenamed = false,
): void {
  if (!isRenamed && (old.children === now.children || (old.children.length === 0 && now.children.length === 0))) return;
  const changes = compareNodes(old.children, now.children, rules, [...parents, now.text]);
  if (isRenamed || changes.length > 0) into.push({ kind: 'within', before: old, node: now, isRenamed, changes });
}

function compareMiddle(
  before: readonly ConfigNode[],
  after: readonly ConfigNode[],
  rules: NodeRules,
  parents: readonly string[],
): ConfigChange[] {
  // partner[n]: which of the older ones after[n] is; -1 for none.
  const partner = new Int32Array(after.length).fill(-1);
  const isTaken = new Uint8Array(before.length);
  pairInStep(before, after, partner, isTaken);
  const restBefore: number[] = [];
  const restAfter: number[] = [];
  for (let at = before.length - 1; at >= 0; at -= 1) if (isTaken[at] === 0) restBefore.push(at);
  for (let at = 0; at < after.length; at += 1) if (partner[at]! < 0) restAfter.push(at);
  const following = new Int32Array(before.length);
  const waiting = new Int32Array(before.length);
  const pairUp = (keyOf: (node: ConfigNode) => string): void => {
    // The first of each key leads to the next one with that key; no list for each, for nearly all keys are there once.
    const first = new Map<string, number>();
    for (const at of restBefore) {
      if (isTaken[at] === 1) continue;
      const key = keyOf(before[at]!);
      following[at] = first.get(key) ?? -1;
      waiting[at] = at;
      first.set(key, at);
    }
    if (first.size === 0) return;
    for (const at of restAfter) {
      if (partner[at]! >= 0) continue;
      const head = first.get(keyOf(after[at]!));
      const found = head === undefined ? -1 : waiting[head]!;
      if (found < 0) continue;
      waiting[head!] = following[found]!;
      partner[at] = found;
      isTaken[found] = 1;
    }
  };
  pairUp((node) => node.text);
  pairUp((node) => rules.identity(node.text, parents));
  const isSame = Uint8Array.from(partner, (found) => (found >= 0 ? 1 : 0));
  pairUp((node) => rules.slot(node.text, parents, node.children.length > 0));
  const moved = findMoved(after, partner, rules, parents);

  const changes: ConfigChange[] = [];
  let flushed = 0;
  const flushRemoved = (until: number): void => {
    for (; flushed < until; flushed += 1) {
      const node = before[flushed]!;
      if (isTaken[flushed] === 1 || isNothing(node, rules, parents)) continue;
      changes.push({ kind: 'removed', node });
    }
  };
  // What went stands before what came in its place.
  const next = new Int32Array(after.length);
  for (let at = after.length - 1, following = before.length; at >= 0; at -= 1) {
    if (partner[at]! >= 0 && !moved.has(at)) following = partner[at]!;
    next[at] = following;
  }
  for (let at = 0; at < after.length; at += 1) {
    const node = after[at]!;
    flushRemoved(next[at]!);
    const found = partner[at]!;
    if (found < 0) {
      if (!isNothing(node, rules, parents)) changes.push({ kind: 'added', node });
      continue;
    }
    const old = before[found]!;
    if (isSame[at] === 0 && old.children.length === 0 && node.children.length === 0) {
      changes.push({ kind: 'removed', node: old }, { kind: 'added', node });
      continue;
    }
    if (moved.has(at)) changes.push({ kind: 'moved', node, after: after[at - 1]?.text });
    compareBelow(old, node, rules, parents, changes, isSame[at] === 0);
  }
  flushRemoved(before.length);
  return changes;
}

/** What is always there and holds nothing says nothing. */
const isNothing = (node: ConfigNode, rules: NodeRules, parents: readonly string[]): boolean =>
  rules.isPermanent(node.text, parents) &&
  (node.children.length === 0 || node.children.every((child) => isNothing(child, rules, [...parents, node.text])));

/** Indices in `after` of the fewest nodes that must change places within their group for the rest to be in order. */
function findMoved(
  after: readonly ConfigNode[],
  partner: Int32Array,
  rules: NodeRules,
  parents: readonly string[],
): ReadonlySet<number> {
  const moved = new Set<number>();
  let last = -1;
  let isRising = true;
  for (const found of partner) {
    if (found < 0) continue;
    if (found < last) isRising = false;
    last = found;
  }
  if (isRising) return moved;
  const groups = new Map<string, number[]>();
  for (const [at, node] of after.entries()) {
    if (partner[at]! < 0) continue;
    const group = rules.orderGroup(node.text, parents);
    if (group === undefined) continue;
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [at]);
    else list.push(at);
  }
  for (const group of groups.values()) {
    const kept = new Set(longestRise(group.map((at) => partner[at]!)));
    for (const [nth, at] of group.entries()) if (!kept.has(nth)) moved.add(at);
  }
  return moved;
}
