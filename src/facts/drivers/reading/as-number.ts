/** The number of an autonomous system, also of the dotted form `1.10` (RFC 5396); undefined for what is none. */
export function asNumberOf(text: string | undefined): number | undefined {
  const [, high, low] = /^(?:(\d{1,5})\.)?(\d{1,10})$/.exec((text ?? '').trim()) ?? [];
  if (low === undefined) return undefined;
  const number = high === undefined ? Number(low) : Number(high) * 65_536 + Number(low);
  return number <= 4_294_967_295 ? number : undefined;
}

/** The same, 0 where it is not told. */
export const asnOf = (text: string | undefined): number => asNumberOf(text) ?? 0;
