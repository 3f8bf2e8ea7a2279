const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count: `Ethernet2` before `Ethernet10`. */
export const inNaturalOrder = (names: Iterable<string>): string[] => [...names].sort(collator.compare);
