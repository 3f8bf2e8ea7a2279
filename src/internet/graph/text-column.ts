import { itemsASlice, runAtOnce, type Sliced } from '../relationships/slices.ts';

/** Many strings in two columns: nothing is decoded before it is asked for. */
export interface TextColumn {
  /** One more than there are strings. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Decoding from a `Buffer` makes no view first: lists of names are made of thousands. */
export const textAt = ({ offsets, bytes }: TextColumn, index: number): string =>
  asBuffer(bytes).toString('utf8', offsets[index], offsets[index + 1]);

const asBuffer = (bytes: Uint8Array): Buffer =>
  bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

export const textColumn = (texts: readonly string[]): TextColumn => runAtOnce(textColumnInSlices(texts));

/** As {@link textColumn}, in slices. */
export function* textColumnInSlices(texts: readonly string[]): Sliced<TextColumn> {
  const offsets = new Uint32Array(texts.length + 1);
  for (let at = 0; at < texts.length; at += 1) {
    if (at % itemsASlice === 0) yield 'writing texts';
    offsets[at + 1] = offsets[at]! + Buffer.byteLength(texts[at]!);
  }
  const bytes = Buffer.allocUnsafeSlow(offsets[texts.length]!);
  for (let at = 0; at < texts.length; at += 1) {
    if (at % itemsASlice === 0) yield 'writing texts';
    bytes.write(texts[at]!, offsets[at]!);
  }
  return { offsets, bytes };
}

/** For lists of thousands of texts: all are decoded at once, and what is asked for is cut out. */
export class Texts {
  readonly #column: TextColumn;
  #bytewise: string | undefined;

  constructor(column: TextColumn) {
    this.#column = column;
  }

  at(index: number): string {
    const { offsets, bytes } = this.#column;
    this.#bytewise ??= asBuffer(bytes).toString('latin1');
    const text = this.#bytewise.slice(offsets[index], offsets[index + 1]);
    return beyondAscii.test(text) ? textAt(this.#column, index) : text;
  }
}

/** Here a byte is not a character. */
const beyondAscii = /[\x80-\xff]/;
