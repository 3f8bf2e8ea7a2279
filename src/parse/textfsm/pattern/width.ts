import type { PatternNode } from './syntax.ts';

export interface Width {
  readonly least: number;
  readonly most: number;
}

/** How many characters a pattern takes, at least and at most. `groups`: widths of the groups that are closed so far. */
export function widthOf(node: PatternNode, groups: ReadonlyMap<number, Width> = noGroups): Width {
  switch (node.kind) {
    case 'set':
      return { least: 1, most: 1 };
    case 'sequence':
      return node.items.reduce((sum, item) => add(sum, widthOf(item, groups)), { least: 0, most: 0 });
    case 'choice':
      return node.arms.map((arm) => widthOf(arm, groups)).reduce(either);
    case 'group':
    case 'atomic':
      return widthOf(node.body, groups);
    case 'repeat': {
      const { least, most } = widthOf(node.body, groups);
      return { least: least * node.least, most: most === 0 ? 0 : most * node.most };
    }
    case 'look':
    case 'assert':
      return { least: 0, most: 0 };
    case 'reference':
      return groups.get(node.index) ?? { least: 0, most: Number.POSITIVE_INFINITY };
    case 'condition':
      return either(widthOf(node.yes, groups), widthOf(node.no, groups));
  }
}

const noGroups: ReadonlyMap<number, Width> = new Map();

const add = (a: Width, b: Width): Width => ({ least: a.least + b.least, most: a.most + b.most });

const either = (a: Width, b: Width): Width => ({ least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) });
