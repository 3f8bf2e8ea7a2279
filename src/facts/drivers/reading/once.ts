/** Asks a question once for a key, however often it comes: routes of several next hops share their prefix. */
export async function once<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(key) ?? ask();
  asked.set(key, known);
  return await known;
}
