/** Room that a node takes with its label. */
interface NodeRoom {
  readonly wide: number;
  readonly high: number;
}

/**
 * Brings parts that hang together with nothing else into rows below the largest part: repelled by it they would drift far
 * away, and the picture would be mostly empty. Changes the places.
 */
export function gatherParts(
  x: Float64Array,
  y: Float64Array,
  ties: readonly (readonly [number, number])[],
  { wide, high }: NodeRoom,
): void {
  const parts = partsOf(x.length, ties).sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const [main, ...others] = parts;
  if (main === undefined || others.length === 0) return;
  const box = (members: readonly number[]) => {
    const [xs, ys] = [members.map((at) => x[at]!), members.map((at) => y[at]!)];
    const [left, top] = [Math.min(...xs) - wide / 2, Math.min(...ys) - high / 2];
    return { left, top, width: Math.max(...xs) + wide / 2 - left, height: Math.max(...ys) + high / 2 - top };
  };
  const around = box(main);
  let [penX, penY, deep] = [around.left, around.top + around.height + high, 0];
  const right = around.left + Math.max(around.width, 5 * wide);
  for (const part of others) {
    const own = box(part);
    if (penX > around.left && penX + own.width > right) [penX, penY, deep] = [around.left, penY + deep, 0];
    for (const at of part) {
      x[at]! += penX - own.left;
      y[at]! += penY - own.top;
    }
    penX += own.width;
    deep = Math.max(deep, own.height);
  }
}

function partsOf(count: number, ties: readonly (readonly [number, number])[]): number[][] {
  const root = Int32Array.from({ length: count }, (_, at) => at);
  const find = (at: number): number => {
    let top = at;
    while (root[top] !== top) top = root[top]!;
    // Shorter ways for those who ask next.
    for (let one = at; root[one] !== top; ) {
      const next = root[one]!;
      root[one] = top;
      one = next;
    }
    return top;
  };
  for (const [a, b] of ties) root[find(a)] = find(b);
  return [...Map.groupBy(root.keys(), find).values()];
}
