import { decodeText } from '#core';
import { lineChanges, splitLines } from './line-changes.ts';

/**
 * How many lines were added and removed. Most of two versions is the same: what they have in common at both ends is
 * passed over as bytes, and only the lines between are looked at.
 */
export async function countChanges(
  older: Uint8Array,
  newer: Uint8Array,
): Promise<{ readonly linesAdded: number; readonly linesRemoved: number }> {
  const shorter = Math.min(older.length, newer.length);
  let from = 0;
  while (from < shorter && older[from] === newer[from]) from += 1;
  // Back to the start of the line that differs.
  while (from > 0 && older[from - 1] !== 0x0a) from -= 1;
  let tail = 0;
  while (tail < shorter - from && older[older.length - 1 - tail] === newer[newer.length - 1 - tail]) tail += 1;
  // On to where a line begins in both, so that the tail has whole ones only.
  const startsLine = (bytes: Uint8Array): boolean => {
    const start = bytes.length - tail;
    return start === from || bytes[start - 1] === 0x0a;
  };
  while (tail > 0 && !(startsLine(older) && startsLine(newer))) tail -= 1;
  const middle = (bytes: Uint8Array): string[] => splitLines(decodeText(bytes.subarray(from, bytes.length - tail)));
  const changes = await lineChanges(middle(older), middle(newer));
  return {
    linesAdded: changes.reduce((sum, { newFrom, newTo }) => sum + newTo - newFrom, 0),
    linesRemoved: changes.reduce((sum, { oldFrom, oldTo }) => sum + oldTo - oldFrom, 0),
  };
}
