/** Where a block begins, or a stream ends, in bits from the start of the file. */
export interface Bz2Marker {
  readonly bit: number;
  readonly kind: 'block' | 'end';
}

const magics = [
  { kind: 'block', bytes: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { kind: 'end', bytes: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90] },
] as const;

/** A marker, the checksum behind it, and what the shift takes. */
const markerAndCrcBytes = 11;

/** A magic that begins `shift` bits into a byte: seven bytes, of which the outer two count only in part. */
interface Pattern {
  readonly kind: 'block' | 'end';
  readonly shift: number;
  readonly bytes: readonly number[];
  readonly masks: readonly number[];
}

const patterns: readonly Pattern[] = magics.flatMap(({ kind, bytes }) =>
  Array.from({ length: 8 }, (_, shift): Pattern => {
    const wide = [...bytes, 0].map((byte, index) => ((((bytes[index - 1] ?? 0) << 8) | byte) >>> shift) & 255);
    const masks = Array.from({ length: 7 }, (__, index) =>
      index === 0 ? 255 >>> shift : index === 6 ? (255 << (8 - shift)) & 255 : 255,
    );
    return { kind, shift, bytes: wide, masks };
  }),
);

/** A pattern, and how far behind its first byte the two looked at stand. */
interface Candidate {
  readonly pattern: Pattern;
  readonly offset: number;
}

/**
 * The second to sixth byte of a marker are whole in every pattern, so of any four places in a row one is where two of
 * them stand: one look every four bytes finds all. By two bytes: which patterns they may be of, plus one.
 */
const stride = 4;
const byPair = new Uint8Array(65_536);
const candidates: Candidate[][] = [];
for (const pattern of patterns) {
  for (let offset = 1; offset <= stride; offset += 1) {
    const pair = (pattern.bytes[offset]! << 8) | pattern.bytes[offset + 1]!;
    if (byPair[pair] === 0) byPair[pair] = candidates.push([]);
    candidates[byPair[pair]! - 1]!.push({ pattern, offset });
  }
}

/**
 * Finds the markers of bzip2 in the bits of `bytes`. Places that need more bytes than are there are left for the next
 * call: it returns from where to look again.
 */
export function scanBz2Markers(
  bytes: Uint8Array,
  from: number,
  baseBytes: number,
  found: Bz2Marker[],
  isLast: boolean,
): number {
  const end = bytes.length - (isLast ? 5 : markerAndCrcBytes);
  if (end <= from) return from;
  for (let place = from + 1; place < end + stride; place += stride) {
    const possible = byPair[(bytes[place]! << 8) | bytes[place + 1]!]!;
    if (possible === 0) continue;
    for (const { pattern, offset } of candidates[possible - 1]!) {
      const at = place - offset;
      if (at < from || at >= end || !stands(pattern, bytes, at)) continue;
      found.push({ bit: (baseBytes + at) * 8 + pattern.shift, kind: pattern.kind });
    }
  }
  return end;
}

const stands = ({ bytes: wanted, masks }: Pattern, bytes: Uint8Array, at: number): boolean =>
  wanted.every((byte, index) => ((bytes[at + index] ?? 0) & masks[index]!) === byte);
