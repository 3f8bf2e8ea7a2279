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

/** By the second and third byte of a place, which are whole in every pattern: which pattern it may be, plus one. */
const byMiddle = new Uint8Array(65_536);
for (const [index, { bytes }] of patterns.entries()) byMiddle[(bytes[1]! << 8) | bytes[2]!] = index + 1;

/**
 * Finds the markers of bzip2 in the bits of `bytes`, one look at a table a byte. Places that need more bytes than are
 * there are left for the next call: it returns from where to look again.
 */
export function scanBz2Markers(
  bytes: Uint8Array,
  from: number,
  baseBytes: number,
  found: Bz2Marker[],
  isLast: boolean,
): number {
  const end = bytes.length - (isLast ? 5 : markerAndCrcBytes);
  let at = from;
  let middle = bytes[at + 1] ?? 0;
  for (; at < end; at++) {
    middle = ((middle & 255) << 8) | bytes[at + 2]!;
    const candidate = byMiddle[middle]!;
    if (candidate === 0) continue;
    const { shift, kind, bytes: wanted, masks } = patterns[candidate - 1]!;
    if (wanted.every((byte, index) => ((bytes[at + index] ?? 0) & masks[index]!) === byte)) {
      found.push({ bit: (baseBytes + at) * 8 + shift, kind });
    }
  }
  return at;
}
