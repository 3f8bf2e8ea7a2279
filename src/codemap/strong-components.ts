/**
 * Strongly connected components after Tarjan, without recursion (an import chain may be thousands of modules long).
 * A component comes after all those that it points to.
 */
export function strongComponents(
  nodes: readonly string[],
  next: (node: string) => readonly string[],
): { readonly components: readonly (readonly string[])[]; readonly componentOf: ReadonlyMap<string, number> } {
  const known = new Set(nodes);
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const componentOf = new Map<string, number>();
  const components: string[][] = [];
  const open: string[] = [];
  for (const root of nodes) {
    if (order.has(root)) continue;
    const walk: { readonly node: string; readonly targets: readonly string[]; at: number }[] = [];
    const enter = (node: string) => {
      order.set(node, order.size);
      low.set(node, order.get(node)!);
      open.push(node);
      walk.push({ node, targets: next(node), at: 0 });
    };
    enter(root);
    while (walk.length > 0) {
      const frame = walk.at(-1)!;
      const target = frame.targets[frame.at];
      if (target !== undefined) {
        frame.at += 1;
        if (!known.has(target)) continue;
        if (!order.has(target)) enter(target);
        else if (!componentOf.has(target)) low.set(frame.node, Math.min(low.get(frame.node)!, order.get(target)!));
        continue;
      }
      walk.pop();
      const parent = walk.at(-1);
      if (parent !== undefined) low.set(parent.node, Math.min(low.get(parent.node)!, low.get(frame.node)!));
      if (low.get(frame.node) !== order.get(frame.node)) continue;
      const members = open.splice(open.lastIndexOf(frame.node));
      for (const member of members) componentOf.set(member, components.length);
      components.push(members);
    }
  }
  return { components, componentOf };
}
