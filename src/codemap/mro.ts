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
  const known = new Map<string, ResolutionOrder>();
  const open = new Set<string>();
  const orderOf = (id: string): ResolutionOrder => {
    const before = known.get(id);
    if (before !== undefined) return before;
    if (id === root) return { order: [id] };
    if (open.has(id)) return { order: [id], problem: `${id} inherits from itself` };
    open.add(id);
    const written = [...new Set(basesOf(id))];
    const bases = written.length === 0 && root !== undefined ? [root] : written;
    const orders = bases.map(orderOf);
    open.delete(id);
    const problem = orders.find((one) => one.problem !== undefined)?.problem;
    const merged = merge([...orders.map((one) => one.order), bases]);
    const result: ResolutionOrder =
      merged !== undefined && !merged.includes(id)
        ? { order: [id, ...merged], ...(problem === undefined ? {} : { problem }) }
        : {
            order: [
              ...new Set([id, ...orders.flatMap((one) => one.order).filter((one) => one !== root), ...rootOf(root)]),
            ],
            problem:
              problem ?? `no order keeps the bases ${bases.map(shortName).join(', ')} of ${shortName(id)} in line`,
          };
    known.set(id, result);
    return result;
  };
  return orderOf;
}

const rootOf = (root: string | undefined) => (root === undefined ? [] : [root]);
const shortName = (id: string) => id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf(':')) + 1);

function merge(lists: readonly (readonly string[])[]): string[] | undefined {
  const rest = lists.filter((one) => one.length > 0).map((list) => ({ list, at: 0 }));
  const merged: string[] = [];
  for (;;) {
    const open = rest.filter((one) => one.at < one.list.length);
    if (open.length === 0) return merged;
    // A good head stands in no other list behind the head.
    const head = open
      .map((one) => one.list[one.at]!)
      .find((id) => !open.some((one) => one.list.indexOf(id, one.at + 1) > 0));
    if (head === undefined) return undefined;
    merged.push(head);
    for (const one of open) if (one.list[one.at] === head) one.at += 1;
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
