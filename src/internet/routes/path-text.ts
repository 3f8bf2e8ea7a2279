import { asnFromText } from '../files/asn-text.ts';

/** A path as text has it, for {@link PathInterner.ofHops}. */
export interface ParsedPath {
  readonly hops: readonly number[];
  readonly sets: readonly (readonly [at: number, members: readonly number[]])[];
}

/**
 * An AS path as `bgpdump -m` and routers print it: numbers, `{1,2}` for a set; `(1 2)` and `[1,2]` are confederation
 * segments and left out. Undefined when something else is in it.
 */
export function parsePath(text: string): ParsedPath | undefined {
  const hops: number[] = [];
  const sets: [number, number[]][] = [];
  if (/^[\d ]*$/.test(text)) {
    for (const token of text.split(' ')) if (token !== '') hops.push(Number(token));
    return hops.every((asn) => asn <= 0xffffffff) ? { hops, sets } : undefined;
  }
  for (const [token] of text.matchAll(/\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|[^\s{}()[\]]+|[{}()[\]]/g)) {
    if (token.startsWith('(') || token.startsWith('[')) {
      if (token.length === 1) return undefined;
      continue;
    }
    if (!token.startsWith('{')) {
      const asn = asnFromText(token);
      if (asn === undefined) return undefined;
      hops.push(asn);
      continue;
    }
    const members = token
      .slice(1, -1)
      .split(/[\s,]+/)
      .filter((member) => member !== '')
      .map((member) => asnFromText(member));
    if (token.length < 2 || members.includes(undefined)) return undefined;
    sets.push([hops.push(0) - 1, members as number[]]);
  }
  return { hops, sets };
}
