import type { Source } from '../source/open-source.ts';
import type { ReadingLog } from './statistics.ts';

/** Of a record of MRT. */
const headerBytes = 12;
/** Before the first zero byte of a header, time and type may look like letters. */
const timeBytes = 4;

/** Cut so early that nobody can tell what it was. */
export function isTooShort({ head, format }: Source): boolean {
  if (format === 'text') return head.length <= timeBytes;
  return format === 'empty' || (format === 'unknown' && head.length < headerBytes);
}

/** Damage as any other: what could be read is nothing. */
export function sayTooShort({ head }: Source, log: ReadingLog): void {
  log.unpackedBytes += head.length;
  const reason = head.length === 0 ? 'an empty file' : 'the data ends inside the header of its first record';
  log.damaged(0, head.length, reason);
}

export function sayPackedDamage({ damage }: Source, log: ReadingLog): void {
  for (const { offset, reason } of damage) log.damaged(offset, 0, `packed data: ${reason}`);
}
