/** Words that say what kind of company it is, which a map can do without. */
const legal =
  /[\s,]+(?:(?:pte|pvt|pty|co)\.? ?ltd|inc|llc|l\.l\.c|ltd|limited|gmbh|s\.?a\.?(?:e|s|r\.?l)?|ag|b\.?v|plc|corp(?:oration)?|co|company|sp\.? ?z ?o\.? ?o|spolka .*|pvt|private|pty|pte|s\.?p\.?a|ab|oy|as)\.?$/i;

/** A handle of a registry: in capitals, and with a hyphen, underscore or digit in it, or long. */
const handle = /^(?=.*[A-Z])[A-Z0-9_-]*[-_0-9][A-Z0-9_-]*$|^[A-Z]{6,}$/;
/** Some registrations have an address where others have a name. */
const address =
  /^(?:suite|floor|unit|rm|room|building|no\.? ?\d|level \d+\s*,)|^\d.*\b(?:street|road|avenue|quay|tower)\b|\bstreet$/i;

/**
 * What a map calls an AS: the holder where the name list has one behind a handle, without its legal form. `TE-AS TE Data`
 * is `TE Data`, `Mansoura University` stays, and of `NEXUSGUARD-AS-AP Suite 2101, Tower 2` the handle is more.
 */
export function shortName(name: string): string {
  // `-Reserved AS-` and the like stand for no name.
  if (/^-.*-$/.test(name.trim())) return '';
  const [first = '', ...rest] = name.trim().split(/\s+/);
  let holder = rest.join(' ').replace(/^-+\s*/, '');
  // Older registrations repeat the handle: `EYEMG - EYEMG - interactive media group`.
  if (holder.toLowerCase().startsWith(`${first.toLowerCase()} - `)) holder = holder.slice(first.length + 3);
  if (!isHandle(first, rest, holder)) holder = name.trim();
  if (address.test(holder)) return first;
  // `ACEVILLE PTE.LTD.`: behind the first word there is a legal form alone.
  if (withoutLegalForm(`x ${holder}`) === 'x') return first;
  return withoutLegalForm(holder);
}

function isHandle(first: string, rest: readonly string[], holder: string): boolean {
  if (rest.length === 0) return false;
  if (rest[0] === '-' || handle.test(first)) return true;
  // `NETIA Netia SA`: the handle is the name.
  return /^[A-Z]+$/.test(first) && holder.toLowerCase().startsWith(first.toLowerCase());
}

function withoutLegalForm(text: string): string {
  let short = text;
  for (let cut = short.replace(legal, ''); cut !== short && cut !== ''; cut = short.replace(legal, '')) short = cut;
  return short.replace(/[\s,]+$/, '');
}
