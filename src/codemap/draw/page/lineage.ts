import { addTo } from '../../layout/forest.ts';
import type { DrawnClass } from '../../layout/picture.ts';
import type { Member } from '../../model.ts';

/** Who descends from whom, as a page asks it. */
export class Lineage {
  readonly byId: ReadonlyMap<string, DrawnClass>;
  readonly #children = new Map<string, string[]>();

  constructor(classes: readonly DrawnClass[]) {
    this.byId = new Map(classes.map((one) => [one.id, one]));
    for (const { id, parents } of classes) {
      for (const parent of parents) addTo(this.#children, parent.id, id);
    }
  }

  childrenOf(id: string): readonly string[] {
    return this.#children.get(id) ?? [];
  }

  descendantsOf(id: string, seen = new Set<string>()): Set<string> {
    for (const child of this.childrenOf(id)) {
      if (seen.has(child)) continue;
      seen.add(child);
      this.descendantsOf(child, seen);
    }
    return seen;
  }

  /**
   * The class and its ancestors in the order in which names are looked up (C3, as Python has it; the same order holds for
   * a single `extends`). Where no such order exists, depth first.
   */
  orderOf(id: string, way: readonly string[] = []): string[] {
    if (way.includes(id)) return [id];
    const parents = (this.byId.get(id)?.parents ?? []).map((parent) => parent.id);
    const next = [...way, id];
    const lists = [...parents.map((parent) => this.orderOf(parent, next)), [...parents]];
    const order = [id];
    while (lists.some((list) => list.length > 0)) {
      const heads = lists.flatMap((list) => list.slice(0, 1));
      const head = heads.find((one) => !lists.some((list) => list.indexOf(one) > 0)) ?? heads[0]!;
      if (!order.includes(head)) order.push(head);
      for (const list of lists) {
        const at = list.indexOf(head);
        if (at >= 0) list.splice(at, 1);
      }
    }
    return order;
  }

  /** The nearest ancestor that defines the name too. */
  overriddenBy(id: string, name: string): DrawnClass | undefined {
    return this.orderOf(id)
      .slice(1)
      .map((one) => this.byId.get(one))
      .find((one) => one?.members.some((member) => member.name === name && member.isInBody));
  }

  /** Classes below that define the name again. */
  redefinedIn(id: string, name: string): DrawnClass[] {
    return [...this.descendantsOf(id)]
      .map((one) => this.byId.get(one)!)
      .filter((one) => one.members.some((member) => member.name === name && member.isInBody));
  }

  /** Names that the class has from its ancestors, by who gives them. */
  inheritedBy(id: string): { from: DrawnClass; members: Member[] }[] {
    const [own, ...above] = this.orderOf(id);
    const seen = new Set(this.byId.get(own!)?.members.map(({ name }) => name));
    return above.flatMap((one) => {
      const from = this.byId.get(one)!;
      const members = from.members.filter(({ name, visibility }) => visibility !== 'private' && !seen.has(name));
      for (const { name } of members) seen.add(name);
      return members.length === 0 ? [] : [{ from, members }];
    });
  }
}
