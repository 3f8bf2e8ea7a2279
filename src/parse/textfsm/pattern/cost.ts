import { none, openingOf, overlap, union } from './opening.ts';
import type { PatternNode, RepeatNode } from './syntax.ts';

/** At most `factor x length ^ degree`. */
export interface Bound {
  readonly factor: number;
  readonly degree: number;
}

/** What can stand behind a part of a pattern. */
interface Follow {
  /** The characters that can come next. */
  readonly first: Uint8Array;
  /** Whether whatever arrives there has matched: nothing is tried again. */
  readonly accepts: boolean;
}

/** What matching a part costs a backtracking engine. */
interface Cost {
  readonly steps: Bound;
  /** In how many ways it can match from one place such that the next character fits what follows. */
  readonly ways: Bound;
}

const one: Bound = { factor: 1, degree: 0 };
const unbounded: Bound = { factor: 1, degree: Number.POSITIVE_INFINITY };

const times = (a: Bound, b: Bound): Bound => ({ factor: a.factor * b.factor, degree: a.degree + b.degree });
const plus = (a: Bound, b: Bound): Bound => ({ factor: a.factor + b.factor, degree: Math.max(a.degree, b.degree) });
const larger = (a: Bound, b: Bound): Bound => ({
  factor: Math.max(a.factor, b.factor),
  degree: Math.max(a.degree, b.degree),
});

/**
 * The longest ASCII text on which a backtracking engine surely takes no more than `steps` to match the pattern or to
 * give up. 0 for patterns that can blow up on any text. An upper bound is computed, never an estimate: neighbours that
 * cannot take the same character have one way to match, those that can have as many as the text is long, and a loop
 * whose body has more than one way is not bounded at all.
 */
export function safeLength(node: PatternNode, steps: number): number {
  const { factor, degree } = costOf(node, { first: none, accepts: true }).steps;
  if (factor > steps || degree === Number.POSITIVE_INFINITY) return 0;
  return degree === 0 ? Number.POSITIVE_INFINITY : Math.floor((steps / factor) ** (1 / degree));
}

function costOf(node: PatternNode, follow: Follow): Cost {
  switch (node.kind) {
    case 'set':
    case 'assert':
      return { steps: one, ways: one };
    case 'sequence':
      return sequence(node.items, follow);
    case 'choice':
      return choice(node.arms, follow);
    case 'group':
      return costOf(node.body, follow);
    case 'repeat':
      return repeat(node, follow);
    case 'look':
      return { steps: costOf(node.body, { first: none, accepts: true }).steps, ways: one };
    case 'atomic':
    case 'condition':
    case 'reference':
      return { steps: unbounded, ways: unbounded };
  }
}

function sequence(items: readonly PatternNode[], follow: Follow): Cost {
  let behind = follow;
  let cost: Cost = { steps: one, ways: one };
  for (const item of items.toReversed()) {
    const { steps, ways } = costOf(item, behind);
    cost = { steps: plus(steps, times(ways, cost.steps)), ways: times(ways, cost.ways) };
    const { first, mayBeEmpty } = openingOf(item);
    behind = {
      first: mayBeEmpty ? union(first, behind.first) : first,
      accepts: behind.accepts && surelyPasses(item),
    };
  }
  return cost;
}

/** Whether it can always match without taking a character. */
function surelyPasses(node: PatternNode): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.items.every(surelyPasses);
    case 'choice':
      return node.arms.some(surelyPasses);
    case 'group':
      return surelyPasses(node.body);
    case 'repeat':
      return node.least === 0 || surelyPasses(node.body);
    case 'set':
    case 'assert':
    case 'look':
    case 'atomic':
    case 'condition':
    case 'reference':
      return false;
  }
}

const startOf = (node: PatternNode, follow: Follow): Uint8Array => {
  const { first, mayBeEmpty } = openingOf(node);
  return mayBeEmpty ? union(first, follow.first) : first;
};

function choice(arms: readonly PatternNode[], follow: Follow): Cost {
  const costs = arms.map((arm) => costOf(arm, follow));
  const steps = costs.map((cost) => cost.steps).reduce(plus);
  const starts = arms.map((arm) => startOf(arm, follow));
  const isClear = starts.every((start, index) => starts.slice(0, index).every((other) => !overlap(start, other)));
  // An arm that takes nothing is open to whatever comes, unless what follows says no.
  const isOpen = arms.some((arm) => openingOf(arm).mayBeEmpty) && follow.accepts;
  return { steps, ways: costs.map((cost) => cost.ways).reduce(isClear && !isOpen ? larger : plus) };
}

function repeat({ least, most, body }: RepeatNode, follow: Follow): Cost {
  if (most === 0) return { steps: one, ways: one };
  const first = openingOf(body).first;
  const isEnded = follow.accepts || !overlap(first, follow.first);
  const lengths: Bound = isEnded
    ? one
    : most === Number.POSITIVE_INFINITY
      ? { factor: 1, degree: 1 }
      : { factor: most - least + 1, degree: 0 };
  if (body.kind === 'set') {
    return {
      steps: most === Number.POSITIVE_INFINITY ? { factor: 1, degree: 1 } : { factor: most, degree: 0 },
      ways: lengths,
    };
  }
  if (most === 1) {
    const { steps, ways } = costOf(body, follow);
    return { steps: plus(steps, one), ways: isEnded && !openingOf(body).mayBeEmpty ? ways : plus(ways, one) };
  }
  const inner = costOf(body, { first: union(first, follow.first), accepts: follow.accepts && least <= 1 });
  const isClear = inner.ways.factor <= 1 && inner.ways.degree === 0;
  if (most === Number.POSITIVE_INFINITY) {
    if (!isClear) return { steps: unbounded, ways: unbounded };
    return { steps: times(plus(inner.steps, one), { factor: 1, degree: 1 }), ways: lengths };
  }
  if (isClear) return { steps: times(inner.steps, { factor: most, degree: 0 }), ways: lengths };
  const ways: Bound = { factor: (most + 1) * inner.ways.factor ** most, degree: inner.ways.degree * most };
  return { steps: times(ways, inner.steps), ways };
}
