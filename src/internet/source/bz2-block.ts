import { invertBwt } from './bz2-bwt.ts';
import { BitReader, Bz2Damage, bz2Crc, type HuffmanTable, huffmanTable, quickBits } from './bz2-tables.ts';

/** Largest block: level 9. */
const maxBlock = 900_000;
const groupSize = 50;

/** What decoding needs for itself; one a thread, used again for every block. */
export interface Bz2Workspace {
  readonly links: Uint32Array;
  readonly plain: Uint8Array;
  readonly lanes: Uint8Array;
}

export const createBz2Workspace = (): Bz2Workspace => ({
  links: new Uint32Array(maxBlock),
  plain: new Uint8Array(maxBlock),
  lanes: new Uint8Array(maxBlock * 4),
});

/**
 * Decodes one bzip2 block: `startBit` is where its magic begins, `endBit` where the next magic begins.
 * @throws {@link Bz2Damage} when the bits make no sense or the checksum differs.
 */
export function decodeBz2Block(
  bytes: Uint8Array,
  startBit: number,
  endBit: number,
  workspace: Bz2Workspace,
): Uint8Array<ArrayBuffer> {
  const bits = new BitReader(bytes, startBit + 48, endBit);
  const crc = bits.read(32);
  if (bits.read(1) === 1) throw new Bz2Damage('a randomised block, which only bzip2 0.9.0 and older wrote');
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const selectorsAndTables = readTables(bits, symbols.length + 2);
  const counts = new Int32Array(256);
  const length = readSymbolsInto(bits, symbols, selectorsAndTables, workspace.links, counts);
  if (origin >= length) throw new Bz2Damage('a block starts beyond its end');
  invertBwt(workspace, length, origin, counts);
  const output = expandRuns(workspace.plain, length);
  if (bz2Crc(output, output.length) !== crc) throw new Bz2Damage('the checksum of a block differs');
  return output;
}

/** The byte values that occur: sixteen bits for the ranges, then sixteen for each range in use. */
function readSymbols(bits: BitReader): Uint8Array {
  const ranges = bits.read(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((ranges >>> (15 - range)) & 1) === 0) continue;
    const values = bits.read(16);
    for (let value = 0; value < 16; value++) if ((values >>> (15 - value)) & 1) used.push(range * 16 + value);
  }
  if (used.length === 0) throw new Bz2Damage('a block without symbols');
  return Uint8Array.from(used);
}

interface Coding {
  readonly selectors: Uint8Array;
  readonly tables: readonly HuffmanTable[];
}

function readTables(bits: BitReader, symbolCount: number): Coding {
  const tableCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount === 0) throw new Bz2Damage('a block without code tables');
  const recent = Uint8Array.from([0, 1, 2, 3, 4, 5]);
  const selectors = new Uint8Array(selectorCount);
  for (let index = 0; index < selectorCount; index++) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= tableCount) throw new Bz2Damage('a selector beyond the tables');
    const chosen = recent[place]!;
    recent.copyWithin(1, 0, place);
    recent[0] = chosen;
    selectors[index] = chosen;
  }
  const tables: HuffmanTable[] = [];
  for (let table = 0; table < tableCount; table++) {
    const lengths = new Uint8Array(symbolCount);
    let length = bits.read(5);
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      while (bits.read(1) === 1) length += bits.read(1) === 0 ? 1 : -1;
      if (length < 1 || length > 20) throw new Bz2Damage('a code of impossible length');
      lengths[symbol] = length;
    }
    tables.push(huffmanTable(lengths, symbolCount));
  }
  return { selectors, tables };
}

/** Huffman codes, runs and move-to-front in one pass: leaves the last column of the sorted block in `column`. */
function readSymbolsInto(
  bits: BitReader,
  symbols: Uint8Array,
  { selectors, tables }: Coding,
  column: Uint32Array,
  counts: Int32Array,
): number {
  const { words, endBit } = bits;
  const recent = new Uint8Array(256);
  recent.set(symbols);
  const endSymbol = symbols.length + 1;
  let { bit } = bits;
  let length = 0;
  let run = 0;
  let runWeight = 1;
  for (const selector of selectors) {
    const table = tables[selector]!;
    const { quick } = table;
    for (let left = groupSize; left > 0; left--) {
      const shift = bit & 31;
      const index = bit >>> 5;
      const window = (words[index]! << shift) | ((words[index + 1]! >>> 1) >>> (31 - shift));
      const entry = quick[window >>> (32 - quickBits)]!;
      let symbol = entry >>> 5;
      if (entry !== 0) bit += entry & 31;
      else {
        const unsigned = window >>> 0;
        let codeBits = quickBits + 1;
        while (codeBits <= table.longest && unsigned >= table.limit[codeBits]!) codeBits += 1;
        if (codeBits > table.longest) throw new Bz2Damage('a code that no table has');
        symbol = table.order[(window >>> (32 - codeBits)) + table.base[codeBits]!]!;
        bit += codeBits;
      }
      if (symbol <= 1) {
        run += runWeight << symbol;
        runWeight <<= 1;
        if (run > maxBlock) throw new Bz2Damage('a run longer than a block');
        continue;
      }
      if (run > 0) {
        if (length + run > maxBlock) throw new Bz2Damage('a block longer than 900,000 bytes');
        const value = recent[0]!;
        counts[value]! += run;
        if (run > 16) column.fill(value, length, length + run);
        else for (let at = length; at < length + run; at++) column[at] = value;
        length += run;
        run = 0;
        runWeight = 1;
      }
      if (symbol === endSymbol) {
        if (bit > endBit) throw new Bz2Damage('the data ends inside a block');
        return length;
      }
      if (length >= maxBlock) throw new Bz2Damage('a block longer than 900,000 bytes');
      const place = symbol - 1;
      const value = recent[place]!;
      if (place > 24) recent.copyWithin(1, 0, place);
      else for (let at = place; at > 0; at--) recent[at] = recent[at - 1]!;
      recent[0] = value;
      counts[value]! += 1;
      column[length++] = value;
    }
    if (bit > endBit) throw new Bz2Damage('the data ends inside a block');
  }
  throw new Bz2Damage('a block without an end');
}

/** Undoes the first step of bzip2: four equal bytes are followed by a count of more of them. */
function expandRuns(plain: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  let output = new Uint8Array(length + (length >> 2) + 256);
  let from = 0;
  let to = 0;
  let equal = 0;
  let before = -1;
  while (from < length) {
    if (to + 260 > output.length) {
      const larger = new Uint8Array(output.length * 2);
      larger.set(output);
      output = larger;
    }
    const stop = Math.min(length, from + output.length - to - 256);
    while (from < stop) {
      const byte = plain[from++]!;
      output[to++] = byte;
      if (byte !== before) {
        before = byte;
        equal = 1;
      } else if (++equal === 4) {
        if (from < length) {
          const more = plain[from++]!;
          output.fill(byte, to, to + more);
          to += more;
        }
        before = -1;
        equal = 0;
        break;
      }
    }
  }
  return output.subarray(0, to);
}
