/** Words that say what kind of company it is, which a map can do without. */
const legal =
  /[\s,]+(?:inc|llc|ltd|limited|gmbh|s\.?a\.?(?:e|s|r\.?l)?|ag|b\.?v|plc|corp(?:oration)?|co|company|sp\.? ?z ?o\.? ?o|spolka .*|pvt|private|pte|s\.?p\.?a|ab|oy|as)\.?$/i;

/** `TE-AS TE Data, EG` has a handle and a holder: the map shows the holder where there is one. */
export function shortName(name: string): string {
  const [handle = '', ...rest] = name.trim().split(/\s+/);
  let holder = rest.join(' ').replace(/^-+\s*/, '');
  // Older registrations repeat the handle: `EYEMG - EYEMG - interactive media group`.
  if (holder.toLowerCase().startsWith(`${handle.toLowerCase()} - `)) holder = holder.slice(handle.length + 3);
  for (let cut = holder.replace(legal, ''); cut !== holder && cut !== ''; cut = holder.replace(legal, '')) holder = cut;
  return holder === '' ? handle : holder;
}
