/** A stable order of `items` by their keys, which are below `keyCount`. */
export function countingOrder(keys: ArrayLike<number>, items: Uint32Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  for (const item of items) next[keys[item]! + 1]! += 1;
  for (let key = 0; key < keyCount; key += 1) next[key + 1]! += next[key]!;
  const order = new Uint32Array(items.length);
  for (const item of items) {
    const key = keys[item]!;
    order[next[key]!] = item;
    next[key]! += 1;
  }
  return order;
}

/** `0, 1, … size - 1` */
export function identityOrder(size: number): Uint32Array {
  // Ten times as quick as `from`, for hundreds of thousands.
  const order = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) order[at] = at;
  return order;
}
