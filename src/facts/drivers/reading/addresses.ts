/** IP addresses as NAPALM writes them: no leading zeros, the longest run of zeros left out (RFC 5952). */

const octet = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Whether it is an IPv4 address in four decimal octets. */
export function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((one) => octet.test(one));
}

/** The eight groups of an IPv6 address, or undefined. */
function groupsOf(text: string): number[] | undefined {
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const read = (groups: readonly string[]): number[] | undefined => {
    const numbers: number[] = [];
    for (const [at, group] of groups.entries()) {
      if (at === groups.length - 1 && isIpv4(group)) {
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        numbers.push(a * 256 + b, c * 256 + d);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) numbers.push(Number.parseInt(group, 16));
      else return undefined;
    }
    return numbers;
  };
  const before = read(head);
  const after = read(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 1) return missing === 0 ? before : undefined;
  return missing < 1 ? undefined : [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

function written(groups: readonly number[]): string {
  // An IPv4 address within an IPv6 one stays readable (RFC 5952, section 5).
  if (groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  let best = { from: -1, length: 1 };
  for (let at = 0; at < 8; ) {
    let end = at;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - at > best.length) best = { from: at, length: end - at };
    at = end + 1;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.from < 0) return hex.join(':');
  return `${hex.slice(0, best.from).join(':')}::${hex.slice(best.from + best.length).join(':')}`;
}

/** An IP address in its usual form, without a zone (`%eth0`); undefined for what is none. */
export function ipOf(text: string): string | undefined {
  const bare = text.trim().replace(/%.{0,40}$/, '');
  if (isIpv4(bare)) return bare.split('.').map(Number).join('.');
  const groups = groupsOf(bare);
  return groups && written(groups);
}

/** The IP address in its usual form, or the text as it came: a peer may be a name or an interface. */
export const ipOrText = (text: string): string => ipOf(text) ?? text.trim();

export interface Prefix {
  readonly address: string;
  readonly length: number;
}

/** `192.0.2.1/24`, or an address alone with the length of its family. */
export function prefixOf(text: string): Prefix | undefined {
  const [address = '', length] = text.trim().split('/');
  const known = ipOf(address);
  if (known === undefined) return undefined;
  const most = known.includes(':') ? 128 : 32;
  if (length === undefined) return { address: known, length: most };
  return /^\d{1,3}$/.test(length) && Number(length) <= most ? { address: known, length: Number(length) } : undefined;
}

/** 24 of `255.255.255.0`; undefined for a mask with holes. */
export function lengthOfMask(mask: string): number | undefined {
  if (!isIpv4(mask)) return undefined;
  const bits = mask
    .split('.')
    .map((one) => Number(one).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.indexOf('0') + (bits.includes('0') ? 0 : 33) : undefined;
}

/** The family in NAPALM's word. */
export const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');
