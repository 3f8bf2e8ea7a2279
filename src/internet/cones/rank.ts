/** By AS: 1 and how many have a larger cone. Equals share a rank. */
export function ranksOf(sizes: Uint32Array): Uint32Array {
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const larger = new Uint32Array(largest + 2);
  for (const size of sizes) larger[size]! += 1;
  for (let size = largest; size >= 0; size -= 1) larger[size]! += larger[size + 1]!;
  return sizes.map((size) => 1 + larger[size + 1]!);
}
