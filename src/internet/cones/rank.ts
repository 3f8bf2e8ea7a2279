/** By AS: 1 and how many have a larger cone. Equals share a rank. */
export function ranksOf(sizes: Uint32Array): Uint32Array {
  let largest = 0;
  for (let as = 0; as < sizes.length; as += 1) if (sizes[as]! > largest) largest = sizes[as]!;
  const larger = new Uint32Array(largest + 2);
  for (let as = 0; as < sizes.length; as += 1) larger[sizes[as]!]! += 1;
  for (let size = largest; size >= 0; size -= 1) larger[size]! += larger[size + 1]!;
  const ranks = new Uint32Array(sizes.length);
  for (let as = 0; as < sizes.length; as += 1) ranks[as] = 1 + larger[sizes[as]! + 1]!;
  return ranks;
}
