import type { CodeModel } from './model.ts';

/** Method resolution order of a class. */
export interface ResolutionOrder {
  /** Ids, first the class itself. */
  readonly order: readonly string[];
  /** Why C3 finds no order (Python refuses such a class); `order` is then depth-first, each class once. */
  readonly problem?: string;
}

/**
 * C3 linearization, as Python's `type.mro()` does it: the class, then the merge of its bases' orders and the list of
 * its bases. A class without known bases stands alone, in front of what `root` answers (Python: `object`).
 */
export function resolutionOrders(
  basesOf: (id: string) => readonly string[],
  root?: string,
): (id: string) => ResolutionOrder {
  const known = new Map<string, ResolutionOrder>(root === undefined ? [] : [[root, { order: [root] }]]);
  const writtenBases = (id: string) => {
    const bases = [...new Set(basesOf(id))];
    return bases.length === 0 && root !== undefined ? [root] : bases;
  };
  /** A base that is named twice, which Python refuses too. */
  const twice = (id: string) => basesOf(id).find((base, at, all) => all.indexOf(base) !== at);
  const solve = (id: string, bases: readonly string[], path: ReadonlySet<string>): ResolutionOrder => {
    // A base whose order is not known by now inherits from this class: it counts as a class without bases.
    const closing = bases.find((base) => path.has(base));
    const orders = bases.map((base) => known.get(base) ?? { order: [base] });
    const inherited = orders.find((one) => one.problem !== undefined)?.problem;
    const repeated = twice(id);
    const problem =
      closing !== undefined
        ? `${shortName(closing)} inherits from itself: ${circle(closing, path)}`
        : repeated === undefined
          ? inherited
          : `${shortName(id)} names its base ${shortName(repeated)} twice`;
    const merged = orders.length === 1 ? orders[0]!.order : merge([...orders.map((one) => one.order), bases]);
    if (merged !== undefined && !merged.includes(id)) {
      return { order: [id, ...merged], ...(problem === undefined ? {} : { problem }) };
    }
    const depthFirst = orders.flatMap((one) => one.order).filter((one) => one !== root);
    return {
      order: [...new Set([id, ...depthFirst, ...(root === undefined ? [] : [root])])],
      problem: problem ?? `no order keeps the bases ${bases.map(shortName).join(', ')} of ${shortName(id)} in line`,
    };
  };
  // Without recursion: a hierarchy may be deeper than the stack.
  return (start) => {
    const before = known.get(start);
    if (before !== undefined) return before;
    const open = new Set([start]);
    const walk = [{ id: start, bases: writtenBases(start), at: 0 }];
    for (let frame = walk.at(-1); frame !== undefined; frame = walk.at(-1)) {
      const base = frame.bases[frame.at];
      frame.at += 1;
      if (base === undefined) {
        known.set(frame.id, solve(frame.id, frame.bases, open));
        open.delete(frame.id);
        walk.pop();
      } else if (!known.has(base) && !open.has(base)) {
        open.add(base);
        walk.push({ id: base, bases: writtenBases(base), at: 0 });
      }
    }
    return known.get(start)!;
  };
}

/** Classes of a circle that are named. */
const mostNamed = 8;

/** The way back to a class, from the path that came from it: `A -> B -> A`. */
function circle(id: string, path: ReadonlySet<string>): string {
  const all = [...path];
  const names = [...all.slice(all.indexOf(id)), id].map(shortName);
  const left = names.length - mostNamed;
  if (left > 0) names.splice(mostNamed / 2, left, `${left} others`);
  return names.join(' -> ');
}

const shortName = (id: string) => id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf(':')) + 1);

function merge(lists: readonly (readonly string[])[]): string[] | undefined {
  const rest = lists.filter((one) => one.length > 0).map((list) => ({ list, at: 0 }));
  /** In how many lists a class stands behind the head. */
  const behind = new Map<string, number>();
  for (const { list } of rest) for (const id of list.slice(1)) behind.set(id, (behind.get(id) ?? 0) + 1);
  const merged: string[] = [];
  for (;;) {
    const open = rest.filter((one) => one.at < one.list.length);
    if (open.length === 0) return merged;
    const head = open.map((one) => one.list[one.at]!).find((id) => (behind.get(id) ?? 0) === 0);
    if (head === undefined) return undefined;
    merged.push(head);
    for (const one of open) {
      if (one.list[one.at] !== head) continue;
      one.at += 1;
      const next = one.list[one.at];
      if (next !== undefined) behind.set(next, behind.get(next)! - 1);
    }
  }
}

/** Orders of all classes of a model; Python classes end in `object`. Interfaces take no part. */
export function modelOrders(model: Pick<CodeModel, 'classes' | 'runtimeClasses'>): (id: string) => ResolutionOrder {
  const bases = new Map<string, readonly string[]>();
  const python = new Set<string>();
  for (const one of model.classes) {
    bases.set(
      one.id,
      one.bases.filter((base) => base.kind === 'inherits').map((base) => base.target),
    );
    if (one.language === 'python') python.add(one.id);
  }
  for (const one of model.runtimeClasses) {
    bases.set(one.id, one.bases);
    python.add(one.id);
  }
  const basesOf = (id: string) => bases.get(id) ?? [];
  const withObject = resolutionOrders(basesOf, 'outside:object');
  const plain = resolutionOrders(basesOf);
  return (id) => (python.has(id) ? withObject(id) : plain(id));
}
