import { emptySlot, HashSlots } from './hash-slots.ts';
import { grown } from './path-interner.ts';
import { type PathTable, setMark } from './route-table.ts';

/** Two ASes that stand side by side in a path, the lower number first. */
export interface PathLinks {
  readonly count: number;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Every distinct link of the paths. Prepends are no link, and nothing links to an AS_SET. */
export function linksOfPaths(paths: PathTable): PathLinks {
  const slots = new HashSlots();
  let low = new Uint32Array(1 << 14);
  let high = new Uint32Array(1 << 14);
  let count = 0;
  const { hops, offsets } = paths;
  for (let path = 0; path < paths.count; path++) {
    for (let hop = offsets[path]! + 1; hop < offsets[path + 1]!; hop++) {
      const left = hops[hop - 1]!;
      const right = hops[hop]!;
      if (left === right || left === setMark || right === setMark) continue;
      const first = Math.min(left, right);
      const second = Math.max(left, right);
      const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
      let slot = slots.first(hash);
      let link = slots.at(slot);
      while (link !== emptySlot && (low[link] !== first || high[link] !== second)) {
        slot = slots.next(slot);
        link = slots.at(slot);
      }
      if (link !== emptySlot) continue;
      if (count === low.length) {
        low = grown(low, count);
        high = grown(high, count);
      }
      low[count] = first;
      high[count] = second;
      slots.put(slot, hash, count);
      count += 1;
    }
  }
  return { count, low: low.subarray(0, count), high: high.subarray(0, count) };
}
