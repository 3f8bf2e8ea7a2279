/** Thrown inside the decoder, caught at its door: where the compressed bits make no sense. */
export class Bz2Damage extends Error {}

/** Reads bits from words in network order: at most 32 at a time, without a branch for the word boundary. */
export class BitReader {
  readonly words: Uint32Array;
  readonly endBit: number;
  bit: number;

  constructor(bytes: Uint8Array, startBit: number, endBit: number) {
    this.words = swapWords(bytes);
    this.bit = startBit;
    this.endBit = endBit;
  }

  /** The next `count` bits, 1 to 32. */
  read(count: number): number {
    const { words, bit } = this;
    if (bit + count > this.endBit) throw new Bz2Damage('the data ends inside a block');
    const index = bit >>> 5;
    const shift = bit & 31;
    const window = (words[index]! << shift) | ((words[index + 1]! >>> 1) >>> (31 - shift));
    this.bit = bit + count;
    return window >>> (32 - count);
  }
}

/** Codes up to this length are found with one look. */
export const quickBits = 11;
const longest = 20;

/** One canonical Huffman code: `quick[top bits]` is `symbol << 5 | length`, 0 where the code is longer. */
export interface HuffmanTable {
  readonly quick: Uint16Array;
  /** For each length: the first code beyond it, aligned to the left of 32 bits, as a number up to 2^32. */
  readonly limit: Float64Array;
  /** For each length: what to add to a code of that length to get its place in `order`. */
  readonly base: Int32Array;
  readonly order: Uint16Array;
  readonly longest: number;
}

export function huffmanTable(lengths: Uint8Array, symbolCount: number): HuffmanTable {
  const quick = new Uint16Array(1 << quickBits);
  const limit = new Float64Array(longest + 2);
  const base = new Int32Array(longest + 2);
  const order = new Uint16Array(symbolCount);
  let code = 0;
  let place = 0;
  let used = 0;
  for (let length = 1; length <= longest; length++) {
    base[length] = place - code;
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      if (lengths[symbol] !== length) continue;
      order[place++] = symbol;
      used = length;
      if (length <= quickBits) {
        const first = code << (quickBits - length);
        quick.fill((symbol << 5) | length, first, first + (1 << (quickBits - length)));
      }
      code += 1;
    }
    if (code > 2 ** length) throw new Bz2Damage('a code table has more codes than fit');
    limit[length] = code * 2 ** (32 - length);
    code *= 2;
  }
  return { quick, limit, base, order, longest: used };
}

const crcTable = new Int32Array(256 * 4);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  crcTable[byte] = crc;
}
for (let byte = 0; byte < 256; byte++) {
  for (let slice = 1; slice < 4; slice++) {
    const before = crcTable[(slice - 1) * 256 + byte]!;
    crcTable[slice * 256 + byte] = (before << 8) ^ crcTable[before >>> 24]!;
  }
}

/** CRC-32 with the high bit first, as bzip2 has it; four bytes a step. */
export function bz2Crc(bytes: Uint8Array, end: number): number {
  let crc = -1;
  let at = 0;
  for (; at + 4 <= end; at += 4) {
    const word = crc ^ ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
    crc =
      crcTable[768 + (word >>> 24)]! ^
      crcTable[512 + ((word >>> 16) & 255)]! ^
      crcTable[256 + ((word >>> 8) & 255)]! ^
      crcTable[word & 255]!;
  }
  for (; at < end; at++) crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ bytes[at]!]!;
  return ~crc >>> 0;
}

/** Two words more than needed, so that looking ahead never leaves the array. */
function swapWords(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array((bytes.length >> 2) + 3);
  const copy = Buffer.from(words.buffer);
  copy.set(bytes);
  copy.swap32();
  return words;
}
