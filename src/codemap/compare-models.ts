import type { KeyChange, ModelComparison, OverrideChange } from './comparison.ts';
import type { CodeClass, CodeModel } from './model.ts';
import { modelOrders } from './mro.ts';

/** What is added, removed, moved or otherwise made in `after`, seen from `before`: classes, factory keys, overrides. */
export function compareModels(before: CodeModel, after: CodeModel): ModelComparison {
  const modules = difference(moduleNames(before), moduleNames(after));
  const classes = compareClasses(before, after);
  const keys = compareKeys(before, after);
  const overrides = compareOverrides(before, after, classes.movedTo);
  const { movedTo: _, ...shownClasses } = classes;
  const lists = [
    modules.added,
    modules.removed,
    ...Object.values(shownClasses),
    ...Object.values(keys),
    ...Object.values(overrides),
  ];
  return {
    before: { name: before.name, root: before.root },
    after: { name: after.name, root: after.root },
    isSame: lists.every((one) => one.length === 0),
    modules,
    classes: shownClasses,
    keys,
    overrides,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const moduleNames = (model: CodeModel) => new Set(model.modules.map((one) => one.id));

function difference(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  return { added: [...after.difference(before)].sort(compare), removed: [...before.difference(after)].sort(compare) };
}

function compareClasses(before: CodeModel, after: CodeModel) {
  const old = new Map(before.classes.map((one) => [one.id, one]));
  const now = new Map(after.classes.map((one) => [one.id, one]));
  const gone = before.classes.filter((one) => !now.has(one.id));
  const fresh = after.classes.filter((one) => !old.has(one.id));
  const movedTo = new Map<string, CodeClass>();
  const taken = new Set<CodeClass>();
  for (const one of gone) {
    const candidates = fresh.filter((each) => each.name === one.name && !taken.has(each));
    // Of several classes of that name the one with most members in common has moved here.
    const best = candidates.toSorted((a, b) => shared(one, b) - shared(one, a))[0];
    if (best === undefined) continue;
    taken.add(best);
    movedTo.set(one.id, best);
  }
  const named = (one: CodeClass) => ({ name: one.name, at: one.at });
  const byName = <T extends { readonly name: string }>(list: T[]) => list.sort((a, b) => compare(a.name, b.name));
  const rebased = before.classes.flatMap((one) => {
    const next = now.get(one.id) ?? movedTo.get(one.id);
    if (next === undefined) return [];
    const [a, b] = [baseNames(one), baseNames(next)];
    return a.join() === b.join() ? [] : [{ name: next.name, at: next.at, before: a, after: b }];
  });
  return {
    added: byName(fresh.filter((one) => !taken.has(one)).map(named)),
    removed: byName(gone.filter((one) => !movedTo.has(one.id)).map(named)),
    moved: byName([...movedTo].map(([id, to]) => ({ name: to.name, from: old.get(id)!.at, to: to.at }))),
    rebased: byName(rebased),
    movedTo,
  };
}

function shared(a: CodeClass, b: CodeClass): number {
  const names = new Set(a.members.map((one) => one.name));
  return b.members.filter((one) => names.has(one.name)).length;
}

const className = (id: string) => id.replace(/^outside:/, '').replace(/^.*#/, '');
const baseNames = (one: CodeClass) => one.bases.map((base) => className(base.target));

function compareKeys(before: CodeModel, after: CodeModel) {
  const keysOf = (model: CodeModel) =>
    new Map(
      model.factories.flatMap((table) =>
        table.entries.map((entry): [string, KeyChange] => [
          `${table.name}\0${entry.key}`,
          { table: table.name, key: entry.key, class: className(entry.target), at: entry.at },
        ]),
      ),
    );
  const [old, now] = [keysOf(before), keysOf(after)];
  const sorted = <T extends KeyChange>(list: T[]) =>
    list.sort((a, b) => compare(a.table, b.table) || compare(a.key, b.key));
  return {
    added: sorted([...now].filter(([id]) => !old.has(id)).map(([, one]) => one)),
    removed: sorted([...old].filter(([id]) => !now.has(id)).map(([, one]) => one)),
    changed: sorted(
      [...now].flatMap(([id, one]) => {
        const known = old.get(id);
        return known === undefined || known.class === one.class ? [] : [{ ...one, before: known.class }];
      }),
    ),
  };
}

/** Overrides of classes that both models have; a new class's own overrides are no news of their own. */
function compareOverrides(before: CodeModel, after: CodeModel, movedTo: ReadonlyMap<string, CodeClass>) {
  const old = overridesOf(before, (id) => movedTo.get(id)?.id ?? id);
  const now = overridesOf(after, (id) => id);
  const inBoth = new Set([...old.classes].filter((id) => now.classes.has(id)));
  const only = (these: Overrides, others: Overrides) =>
    [...these.found]
      .filter(([key, { id }]) => inBoth.has(id) && !others.found.has(key))
      .map(([, { change }]) => change)
      .sort((a, b) => compare(a.class, b.class) || compare(a.member, b.member));
  return { added: only(now, old), removed: only(old, now) };
}

interface Overrides {
  readonly classes: ReadonlySet<string>;
  readonly found: ReadonlyMap<string, { readonly id: string; readonly change: OverrideChange }>;
}

function overridesOf(model: CodeModel, currentId: (id: string) => string): Overrides {
  const orders = modelOrders(model);
  const classes = new Map(model.classes.map((one) => [one.id, one]));
  const bodies = new Map(
    model.classes.map((one) => [one.id, new Set(one.members.filter((each) => each.isInBody).map((each) => each.name))]),
  );
  const found = new Map<string, { id: string; change: OverrideChange }>();
  for (const one of model.classes) {
    const [, ...ancestors] = orders(one.id).order;
    for (const member of one.members) {
      if (!member.isInBody) continue;
      const of = ancestors.find((id) => bodies.get(id)?.has(member.name) === true);
      if (of === undefined) continue;
      const id = currentId(one.id);
      const change = { class: one.name, member: member.name, of: classes.get(of)!.name, at: member.at };
      found.set(`${id}\0${member.name}`, { id, change });
    }
  }
  return { classes: new Set(model.classes.map((one) => currentId(one.id))), found };
}
