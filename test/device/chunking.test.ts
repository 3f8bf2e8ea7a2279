import { describe, expect, it } from 'vitest';
import { encodeText } from '#core';
import { openSession } from '#device';
import type { Cut } from './fake-device.ts';
import { endpoint, iosDevice, iosLike, iosOneByOne } from './fixtures.ts';
import { fc, test } from './property.ts';

/** Cuts by a repeating row of packet sizes. */
const bySizes =
  (sizes: readonly number[]): Cut =>
  (bytes) => {
    const chunks: Buffer[] = [];
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = sizes[turn % sizes.length]!;
      chunks.push(bytes.subarray(at, at + size));
      at += size;
    }
    return chunks;
  };

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });

/** Lines of output, many of them looking like prompts, echoes or pagers. */
const outputLine = fc.oneof(
  fc.constantFrom(
    '#',
    '>',
    'r1',
    'r1#',
    'r1>',
    'r2#',
    'r1(config)#',
    'r1#show version',
    'r1 #',
    '###',
    '<r1>',
    '[V200R009C00SPC500]',
    'banner motd ^C r1#',
    ' description to r1#2',
    'show version',
    'Password:',
    'Username: admin',
    '',
    '  indented',
    'trailing  ',
    'description Zürich \u00a0',
    'قاهرة 北京',
  ),
  fc.string({ unit: fc.constantFrom('a', 'r', '1', '#', '>', '(', ')', ' ', '-', 'é'), maxLength: 24 }),
);
/** Blank lines at the end are not kept, and the first line is no echo. */
const output = fc
  .array(outputLine, { minLength: 1, maxLength: 12 })
  .map((lines) => ['Building configuration...', ...lines, 'end'].join('\n'));

const latin = (text: string): string => Buffer.from(text).toString('latin1').replaceAll('\n', '\r\n');

describe('any split of the bytes', () => {
  test.prop([output, output, sizes], 60)('gives the same outputs, one by one', async (one, two, cut) => {
    const device = iosDevice({ 'show version': latin(one), 'show run': latin(two) }, { cut: bySizes(cut) });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    const outputs = await session.sendAll(['show version', 'show run']);
    expect(outputs.map(({ text }) => text)).toEqual([one, two]);
    const bytes = await session.sendAll(['show run'], { encoding: 'latin1' });
    expect(bytes.map(({ text }) => text)).toEqual([Buffer.from(two).toString('latin1')]);
  });

  // A line that holds the very prompt and the very next command cannot be told from the two themselves.
  const withoutNext = output.filter((text) => !text.includes('r1#show version'));
  test.prop([withoutNext, withoutNext, withoutNext, sizes], 60)(
    'gives the same outputs, in a burst',
    async (a, b, c, cut) => {
      const device = iosDevice(
        { 'show a': latin(a), 'show version': latin(b), 'show run': latin(c) },
        { cut: bySizes(cut) },
      );
      await using session = await openSession(endpoint(), iosLike, { dialer: device });
      const outputs = await session.sendAll(['show a', 'show version', 'show run']);
      expect(outputs.map(({ text }) => text)).toEqual([a, b, c]);
      expect(device.writes).toHaveLength(1);
    },
  );

  it('holds when every byte comes alone and late', async () => {
    const text = 'a\nr1#\nr1>\n#\nend';
    const device = iosDevice({ 'show run': latin(text) }, { cut: bySizes([1]), gapMs: 1 });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(await session.send('show run')).toBe(text);
  });

  it('keeps bytes of no encoding', async () => {
    const bytes = Buffer.from([0x64, 0xfc, 0xff, 0xe9, 0xc3, 0xa9, 0x80, 0x41]);
    for (const size of [1, 3, 100]) {
      const device = iosDevice({ 'show run': bytes.toString('latin1') }, { cut: bySizes([size]) });
      await using session = await openSession(endpoint(), iosLike, { dialer: device });
      expect(encodeText(await session.send('show run')).equals(bytes)).toBe(true);
    }
  });
});

describe('noise', () => {
  test.prop([fc.uint8Array({ maxLength: 300 }), sizes], 40)(
    'random bytes in place of an answer end at the deadline at the latest',
    async (bytes, cut) => {
      const device = iosDevice({ 'show run': (hand) => hand.print(bytes) }, { cut: bySizes(cut) });
      const session = await openSession(endpoint(), iosOneByOne, { dialer: device });
      // With a deadline that is not kept, the test ends at its own.
      const result = await session.send('show run', { timeoutMs: 30 }).catch((error: Error) => error.message);
      expect(typeof result).toBe('string');
      session.destroy();
    },
  );
});
