/**
 * The value under a name that a device gave, made when it is not there yet. The name may be any: `constructor` and
 * `__proto__` are names of interfaces as good as others.
 */
export function entryOf<V>(record: Record<string, V>, name: string, make: () => V): V {
  if (Object.hasOwn(record, name)) return record[name] as V;
  const value = make();
  Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
  return value;
}
