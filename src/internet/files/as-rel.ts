import { NetwrightError } from '#core';
import { relations, steps } from '../graph/as-graph.ts';
import type { AsnLinks } from '../graph/build-graph.ts';
import { itemsASlice, runSliced, type Sliced } from '../relationships/slices.ts';
import type { Source } from '../source/open-source.ts';
import { GrowingWords } from './growing-column.ts';

/** Relationships as CAIDA publishes them, and as older copies of its files have them. */
export interface AsRelFile {
  readonly links: AsnLinks;
  /** `-1` means that the right AS is the customer, as the format has it today, or that the left one is. */
  readonly customerSide: 'right' | 'left';
  /** What its first comment of a source tells; undefined without. */
  readonly timeMs: number | undefined;
  /** From its comments, where they have them. */
  readonly clique: readonly number[];
  readonly notes: readonly string[];
}

/** Have had no provider for decades: where one of them has a link with somebody else, the other is the customer. */
// biome-ignore format: a list of numbers, which one to a line would stretch over pages
const tierOnes = new Set([
  174, 209, 286, 701, 1239, 1299, 2828, 2914, 3257, 3320, 3356, 3549, 3561, 5511, 6453, 6461, 6762, 6830, 7018, 12956,
]);

/** As the authors of ASRank validated theirs (IMC 2013); links by multilateral peering alone are conclusions of others. */
const sure = { transit: 99, peering: 98, multilateral: 80 } as const;
const bytes = {
  bar: 0x7c,
  newline: 0x0a,
  return: 0x0d,
  hash: 0x23,
  tab: 0x09,
  blank: 0x20,
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
} as const;
const [customer, provider, peer, sibling] = (['customer', 'provider', 'peer', 'sibling'] as const).map((name) =>
  relations.indexOf(name),
) as [number, number, number, number];
/** Comments are read this far: serial-1 has its whole clique in one line. */
const longestComment = 16_384;
/** A millisecond or two. */
const bytesASlice = 65_536;

/**
 * Reads `a|b|-1` (a is provider of b), `a|b|0` (peers), with or without the column of serial-2 that says how the link
 * was found, and older files: separated by tabs, every link twice, `1` for provider, `2` for siblings, `-1` the other
 * way round. Which way is found by the tier-1 ASes, not by the header.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when there is no such line in it.
 */
export async function readAsRel(source: Source): Promise<AsRelFile> {
  const rows = new Rows();
  for await (const chunk of source.chunks()) await runSliced(rows.take(chunk));
  rows.end();
  return await runSliced(rows.file(source.name));
}

/** A machine over bytes: half a million lines need no string each. */
class Rows {
  readonly #left = new GrowingWords();
  readonly #right = new GrowingWords();
  /** Relation as it stands, plus one; times two, and one more for a link by multilateral peering alone. */
  readonly #type = new GrowingWords();
  readonly #comments: string[] = [];
  #comment = '';
  #field = 0;
  #values = [0, 0, 0];
  #digits = 0;
  #sign = 1;
  #how = '';
  #isComment = false;
  #isOdd = false;
  #line = 1;
  #odd = 0;
  #firstOdd = 0;

  *take(chunk: Uint8Array): Sliced<void> {
    for (let from = 0; from < chunk.length; from += bytesASlice) {
      yield 'lines';
      this.#takeSlice(chunk.subarray(from, from + bytesASlice));
    }
  }

  #takeSlice(slice: Uint8Array): void {
    for (const byte of slice) {
      if (byte === bytes.newline) this.end();
      else if (this.#isComment) {
        if (this.#comment.length < longestComment) this.#comment += String.fromCharCode(byte);
      } else if (byte === bytes.hash && this.#field === 0 && this.#digits === 0) this.#isComment = true;
      else if (byte === bytes.bar || byte === bytes.tab || byte === bytes.blank) {
        if (this.#field < 3) this.#closeField();
      } else if (this.#field === 3) this.#how += String.fromCharCode(byte);
      else if (byte >= bytes.zero && byte <= bytes.nine) {
        this.#values[this.#field] = this.#values[this.#field]! * 10 + byte - bytes.zero;
        this.#digits += 1;
      } else if (byte === bytes.minus && this.#field === 2) this.#sign = -1;
      else if (byte !== bytes.return) this.#isOdd = true;
    }
  }

  end(): void {
    if (this.#isComment) {
      this.#comments.push(this.#comment.trim());
      this.#comment = '';
    } else if (this.#field > 0 || this.#digits > 0 || this.#isOdd) {
      if (this.#field < 3) this.#closeField();
      this.#keep();
    }
    this.#isComment = false;
    this.#isOdd = false;
    this.#field = 0;
    this.#digits = 0;
    this.#sign = 1;
    this.#how = '';
    this.#values.fill(0);
    this.#line += 1;
  }

  *file(name: string): Sliced<AsRelFile> {
    if (this.#left.length === 0) {
      throw new NetwrightError('NW_INTERNET_FORMAT', `${name}: expected lines such as 3356|8452|-1, there is none`);
    }
    const left = this.#left.done();
    const right = this.#right.done();
    const types = this.#type.done();
    const { customerSide, notes } = yield* orientation(left, right, types);
    const relation = new Uint8Array(left.length);
    const confidence = new Uint8Array(left.length);
    for (let row = 0; row < types.length; row += 1) {
      if (row % itemsASlice === 0) yield 'relations';
      const packed = types[row]!;
      const type = (packed >> 1) - 1;
      relation[row] =
        type === 2 ? sibling : type === 0 ? peer : (type === -1) === (customerSide === 'right') ? customer : provider;
      confidence[row] = packed & 1 ? sure.multilateral : type === 0 ? sure.peering : sure.transit;
    }
    const step = new Uint8Array(left.length).fill(steps.indexOf('file'));
    if (this.#odd > 0) notes.push(`${this.#odd} lines are no links, the first is line ${this.#firstOdd}`);
    return {
      links: { count: left.length, a: left, b: right, relation, confidence, step },
      customerSide,
      timeMs: firstDate(this.#comments),
      clique: numbersAfter(this.#comments, /^(?:input|inferred) clique:/i),
      notes,
    };
  }

  #closeField(): void {
    // Columns may have many blanks between them.
    if (this.#digits === 0) return;
    this.#field += 1;
    this.#digits = 0;
  }

  #keep(): void {
    const [left = 0, right = 0, value = 0] = this.#values;
    const type = value * this.#sign;
    if (this.#isOdd || this.#field < 3 || left > 0xffffffff || right > 0xffffffff || type < -1 || type > 2) {
      this.#odd += 1;
      this.#firstOdd ||= this.#line;
      return;
    }
    this.#left.push(left);
    this.#right.push(right);
    this.#type.push(((type + 1) << 1) | (this.#how === 'mlp' ? 1 : 0));
  }
}

function* orientation(
  left: Uint32Array,
  right: Uint32Array,
  types: Uint32Array,
): Sliced<{ customerSide: 'right' | 'left'; notes: string[] }> {
  let forRight = 0;
  let forLeft = 0;
  for (let row = 0; row < types.length; row += 1) {
    if (row % itemsASlice === 0) yield 'orientation';
    const type = (types[row]! >> 1) - 1;
    if (type !== 1 && type !== -1) continue;
    const isLeftTop = tierOnes.has(left[row]!);
    if (isLeftTop === tierOnes.has(right[row]!)) continue;
    if (isLeftTop === (type === -1)) forRight += 1;
    else forLeft += 1;
  }
  const votes = forRight + forLeft;
  if (votes === 0)
    return { customerSide: 'right', notes: ['no tier-1 in it: -1 is taken for "the right AS is the customer"'] };
  const customerSide = forRight >= forLeft ? 'right' : 'left';
  const agreeing = Math.max(forRight, forLeft);
  const share = ((agreeing * 100) / votes).toFixed(1);
  const notes: string[] = [];
  if (customerSide === 'left')
    notes.push(`-1 means that the left AS is the customer: ${agreeing} of ${votes} links of tier-1s say so`);
  if (agreeing < votes * 0.8) notes.push(`only ${share} % of the links of tier-1s agree on which side the customer is`);
  return { customerSide, notes };
}

function firstDate(comments: readonly string[]): number | undefined {
  for (const comment of comments) {
    const [, year, month, day] = /\b((?:19|20)\d\d)[-.]?(\d\d)[-.]?(\d\d)\b/.exec(comment) ?? [];
    const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
    if (!Number.isNaN(time)) return time;
  }
  return undefined;
}

const numbersAfter = (comments: readonly string[], start: RegExp): readonly number[] =>
  comments
    .filter((comment) => start.test(comment))
    .flatMap((comment) => comment.replace(start, '').trim().split(/\s+/).map(Number))
    .filter((asn) => Number.isInteger(asn) && asn > 0);
