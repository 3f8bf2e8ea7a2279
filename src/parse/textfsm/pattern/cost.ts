import { type AsciiSet, codesOf, hasAscii, noAscii, overlaps, union } from './ascii-set.ts';
import { openingOf } from './opening.ts';
import type { PatternNode, RepeatNode } from './syntax.ts';

/**
 * At most `factor` x length ^ `degree` x, for each of `choices`, one more than the text has characters of that set.
 * An infinite degree: no bound at all.
 */
export interface Bound {
  readonly factor: number;
  readonly degree: number;
  readonly choices: readonly AsciiSet[];
}

/** What can stand behind a part of a pattern. */
interface Follow {
  /** The characters that can come next. */
  readonly first: AsciiSet;
  /** Whether whatever arrives there has matched: nothing is tried again. */
  readonly accepts: boolean;
  /** Whether nothing but the end of the text follows. */
  readonly isEnd: boolean;
}

/** What matching a part costs a backtracking engine. */
interface Cost {
  readonly steps: Bound;
  /** In how many ways it can match from one place such that the next character fits what follows. */
  readonly ways: Bound;
}

const constant = (factor: number): Bound => ({ factor, degree: 0, choices: [] });
const one = constant(1);
const linear: Bound = { factor: 1, degree: 1, choices: [] };
const unbounded: Bound = { factor: 1, degree: Number.POSITIVE_INFINITY, choices: [] };

const times = (a: Bound, b: Bound): Bound => ({
  factor: a.factor * b.factor,
  degree: a.degree + b.degree,
  choices: a.choices.length === 0 ? b.choices : [...a.choices, ...b.choices],
});

const plus = (a: Bound, b: Bound): Bound => ({ ...larger(a, b), factor: a.factor + b.factor });

const larger = (a: Bound, b: Bound): Bound => ({
  factor: Math.max(a.factor, b.factor),
  degree: Math.max(a.degree, b.degree),
  choices: either(a.choices, b.choices),
});

/** Each set as often as where it is more often: no factor is below 1, so that this bounds both. */
function either(a: readonly AsciiSet[], b: readonly AsciiSet[]): readonly AsciiSet[] {
  if (a.length === 0) return b;
  const rest = [...a];
  const added = b.filter((set) => {
    const at = rest.indexOf(set);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...a, ...added];
}

/**
 * The most steps that a backtracking engine can take to match an ASCII text without line feeds against the pattern, or
 * to give up. An upper bound, never an estimate: neighbours that cannot take the same character have one way to match;
 * those that can have as many as there are characters in the text that both can take; a loop whose body has more than
 * one way is not bounded.
 */
export const costBound = (node: PatternNode): Bound =>
  costOf(node, { first: noAscii, accepts: true, isEnd: false }).steps;

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
      return { steps: costBound(node.body), ways: one };
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
    behind = before(item, behind);
  }
  return cost;
}

/** What an item and what follows it are to what stands before them. */
function before(item: PatternNode, behind: Follow): Follow {
  if (item.kind === 'assert' && isEndOfText(item.at)) {
    return { first: noAscii, accepts: false, isEnd: behind.accepts || behind.isEnd };
  }
  const { first, mayBeEmpty } = openingOf(item);
  return {
    first: mayBeEmpty ? union(first, behind.first) : first,
    accepts: (behind.accepts && surelyPasses(item)) || (behind.isEnd && takesTheRest(item)),
    isEnd: false,
  };
}

const isEndOfText = (at: string): boolean => at === 'lastLineEnd' || at === 'subjectEnd';

/** `.*` before the end: whatever is left fits. */
function takesTheRest(node: PatternNode): boolean {
  if (node.kind === 'group') return takesTheRest(node.body);
  if (node.kind !== 'repeat' || node.least > 0 || node.most !== Number.POSITIVE_INFINITY) return false;
  if (node.body.kind !== 'set') return false;
  const { ascii } = node.body.set;
  for (let code = 0; code < 128; code++) if (code !== 10 && !hasAscii(ascii, code)) return false;
  return true;
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

const startOf = (node: PatternNode, follow: Follow): AsciiSet => {
  const { first, mayBeEmpty } = openingOf(node);
  return mayBeEmpty ? union(first, follow.first) : first;
};

function choice(arms: readonly PatternNode[], follow: Follow): Cost {
  const costs = arms.map((arm) => costOf(arm, follow));
  const steps = costs.map((cost) => cost.steps).reduce(plus);
  const starts = arms.map((arm) => startOf(arm, follow));
  // Arms that may be empty are open to whatever follows, the end of the text included.
  const empty = arms.filter((arm) => openingOf(arm).mayBeEmpty).length;
  const isClear =
    (empty === 0 || (empty === 1 && !follow.accepts)) &&
    starts.every((start, index) => starts.slice(0, index).every((other) => !overlaps(start, other)));
  return { steps, ways: costs.map((cost) => cost.ways).reduce(isClear ? larger : plus) };
}

function repeat({ least, most, body }: RepeatNode, follow: Follow): Cost {
  if (most === 0) return { steps: one, ways: one };
  const isEndless = most === Number.POSITIVE_INFINITY;
  const first = openingOf(body).first;
  // Lengths at which what follows can go on: one, where the next character tells.
  const isClear = follow.accepts || !overlaps(first, follow.first);
  if (body.kind === 'set') {
    const choices = [smaller(body.set.ascii, follow.first)];
    const lengths: Bound = isEndless ? { factor: 1, degree: 0, choices } : constant(most - least + 1);
    return { steps: isEndless ? linear : constant(most), ways: isClear ? one : lengths };
  }
  if (most === 1) {
    const { steps, ways } = costOf(body, follow);
    return { steps: plus(steps, one), ways: isClear && !openingOf(body).mayBeEmpty ? ways : plus(ways, one) };
  }
  const lengths: Bound = isClear ? one : isEndless ? linear : constant(most - least + 1);
  const inner = costOf(body, {
    first: union(first, follow.first),
    accepts: follow.accepts && least <= 1,
    isEnd: false,
  });
  const isSure = inner.ways.factor <= 1 && inner.ways.degree === 0 && inner.ways.choices.length === 0;
  if (isEndless) {
    return isSure
      ? { steps: times(plus(inner.steps, one), linear), ways: lengths }
      : { steps: unbounded, ways: unbounded };
  }
  if (isSure) return { steps: times(inner.steps, constant(most)), ways: lengths };
  let ways: Bound = constant(most + 1);
  for (let count = 0; count < most && ways.factor < 1e9 && ways.choices.length < 20; count++) {
    ways = times(ways, inner.ways);
  }
  if (ways.factor >= 1e9 || ways.choices.length >= 20) return { steps: unbounded, ways: unbounded };
  return { steps: times(ways, inner.steps), ways };
}

const smaller = (a: AsciiSet, b: AsciiSet): AsciiSet => (codesOf(a).length <= codesOf(b).length ? a : b);
