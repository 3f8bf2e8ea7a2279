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

export function textColumn(texts: readonly string[]): TextColumn {
  const encoded = texts.map((text) => Buffer.from(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (const [index, { length }] of encoded.entries()) offsets[index + 1] = offsets[index]! + length;
  return { offsets, bytes: Buffer.concat(encoded) };
}
