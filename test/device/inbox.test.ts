import { describe, expect, it } from 'vitest';
import { Inbox } from '../../src/device/inbox.ts';
import { fc, test } from './property.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 7 });
const place = fc.nat(40);

/** Pushes chunks and takes some bytes now and then; what is left must be as in one string. */
function filled(steps: readonly (readonly [string, number])[]): { inbox: Inbox; left: string } {
  const inbox = new Inbox();
  let left = '';
  for (const [chunk, taken] of steps) {
    inbox.push(Buffer.from(chunk, 'latin1'));
    left += chunk;
    const offset = Math.min(taken, left.length);
    const bytes = taken === 3 ? inbox.borrow(offset) : inbox.take(offset);
    expect(bytes.toString('latin1')).toBe(left.slice(0, offset));
    left = left.slice(offset);
  }
  return { inbox, left };
}

describe('what came and was not taken', () => {
  it('is lent whole when it is larger than what is kept for lending', () => {
    const inbox = new Inbox();
    for (const fill of ['a', 'b', 'c']) inbox.push(Buffer.alloc(300_000, fill));
    expect(inbox.borrow(600_001).equals(Buffer.from(`${'a'.repeat(300_000)}${'b'.repeat(300_000)}c`))).toBe(true);
    expect(inbox.borrow().length).toBe(299_999);
  });

  const steps = fc.array(fc.tuple(letters, fc.constantFrom(0, 0, 0, 1, 3, 9)), { maxLength: 12 });

  test.prop([steps, place, place, letters], 500)(
    'is found, cut and told as in one string',
    (given, one, two, needle) => {
      const { inbox, left } = filled(given);
      const [from, to] = [Math.min(one, two, left.length), Math.min(Math.max(one, two), left.length)];
      expect(inbox.size).toBe(left.length);
      expect(inbox.slice(from, to)).toBe(left.slice(from, to));
      expect(inbox.slice(from)).toBe(left.slice(from));
      expect(inbox.recent(from)).toBe(left.slice(left.length - from));
      expect(inbox.head(to)).toBe(left.slice(0, to));
      expect(inbox.lineStart(to)).toBe(to === 0 ? 0 : left.lastIndexOf('\n', to - 1) + 1);
      expect(inbox.lineStart()).toBe(left.lastIndexOf('\n') + 1);
      expect(inbox.tail()).toBe(left.slice(left.lastIndexOf('\n') + 1));
      if (needle !== '') expect(inbox.indexOf(Buffer.from(needle), from)).toBe(left.indexOf(needle, from));
    },
  );

  it('holds nothing when all of it was taken', () => {
    const inbox = new Inbox();
    inbox.push(Buffer.from('ab'));
    expect(inbox.take().toString()).toBe('ab');
    expect([inbox.size, inbox.slice(0), inbox.tail(), inbox.lineStart(), inbox.indexOf(Buffer.from('a'), 0)]).toEqual([
      0,
      '',
      '',
      0,
      -1,
    ]);
  });
});
