/** Many strings in two columns: nothing is decoded before it is asked for. */
export interface TextColumn {
  /** One more than there are strings. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

const decoder = new TextDecoder();

export const textAt = ({ offsets, bytes }: TextColumn, index: number): string =>
  decoder.decode(bytes.subarray(offsets[index]!, offsets[index + 1]!));

export function textColumn(texts: readonly string[]): TextColumn {
  const encoded = texts.map((text) => Buffer.from(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (const [index, { length }] of encoded.entries()) offsets[index + 1] = offsets[index]! + length;
  return { offsets, bytes: Buffer.concat(encoded) };
}
