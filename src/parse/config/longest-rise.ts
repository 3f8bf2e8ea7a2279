/** Indices of a longest strictly rising subsequence (patience sorting, n log n). */
export function longestRise(values: readonly number[]): number[] {
  const tops: number[] = [];
  const previous = new Int32Array(values.length).fill(-1);
  for (const [at, value] of values.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tops[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[at] = tops[low - 1]!;
    tops[low] = at;
  }
  const rise: number[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at]!) rise.push(at);
  return rise.reverse();
}
