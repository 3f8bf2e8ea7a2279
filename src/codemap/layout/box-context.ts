import type { Member } from '../model.ts';
import type { BoxContext } from './boxes.ts';
import { addTo, type Forest } from './forest.ts';
import type { DrawnClass } from './picture.ts';

/** What the boxes of a drawing must know of each other. `top` names the whole. */
export function boxContext(
  classes: readonly DrawnClass[],
  forest: Forest,
  detailed: ReadonlySet<string>,
  top: string,
): BoxContext {
  const names = new Map(classes.map((one) => [one.id, one]));
  const children = new Map<string, DrawnClass[]>();
  for (const one of classes) {
    for (const { id } of one.parents) addTo(children, id, one);
  }
  const isDefined = (id: string, member: string, seen: Set<string>): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (names.get(id)?.parents ?? []).some(
      (parent) =>
        names.get(parent.id)?.members.some(({ name, isInBody }) => name === member && isInBody) ||
        isDefined(parent.id, member, seen),
    );
  };
  const isOverride = (one: DrawnClass, member: Member): boolean =>
    member.isInBody && member.visibility !== 'private' && isDefined(one.id, member.name, new Set());
  const isAgain = (id: string, member: string, seen: Set<string>): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (children.get(id) ?? []).some(
      (child) =>
        (detailed.has(child.id) && child.members.some(({ name, isInBody }) => name === member && isInBody)) ||
        isAgain(child.id, member, seen),
    );
  };
  // What an interface promises is not lost by being kept.
  const isOverridden = (one: DrawnClass, { name, visibility }: Member): boolean =>
    one.kind === 'class' && visibility !== 'private' && isAgain(one.id, name, new Set());
  return { tags: forest.tags, children, names, detailed, top, isOverride, isOverridden };
}
