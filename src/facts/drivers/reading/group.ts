/** The value of a key; `make` makes it when the key is new. */
export function entryOf<T>(group: Record<string, T>, key: string, make: () => T): T {
  const known = Object.hasOwn(group, key) ? group[key] : undefined;
  if (known !== undefined) return known;
  const made = make();
  group[key] = made;
  return made;
}

/** Adds rows to the list of a key. */
export function addTo<T>(group: Record<string, T[]>, key: string, ...rows: readonly T[]): void {
  entryOf(group, key, () => []).push(...rows);
}
