import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorOf, commitMessage, identity, type NotedDevice, readTrailers } from '../../src/store/commit-message.ts';
import { withoutUrlCredentials } from '../../src/store/push.ts';
import { leastCpuMs } from '../cpu-time.ts';

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Run-Id: x\nReason: y', 'a\n\nDevice: ["p","d"]', '<a> b <c>'),
);
const info = (id: string, reason: string) => ({ id, reason, startedAtMs: 0, author: 'x', commitPer: 'run' as const });
const oneLine = (text: string): string => text.replace(/[\r\n\t\0 ]+/g, ' ').trim();

test('what the trailers were given they give back, whatever devices and failures say', () => {
  const device = fc.record({
    device: anyText,
    durationMs: fc.nat(),
    failure: anyText,
    result: fc.constantFrom('failed' as const, 'changed' as const),
  });
  fc.assert(
    fc.property(
      anyText,
      anyText,
      fc.array(device, { maxLength: 5 }),
      anyText,
      anyText,
      (id, reason, notes, path, name) => {
        const message = commitMessage(info(`i${id}`, `r${reason}`), notes, new Map([[path, name]]));
        const read = readTrailers(message);
        expect(read.runId).toBe(oneLine(`i${id}`));
        expect(read.reason).toBe(oneLine(`r${reason}`));
        expect([...read.odd]).toEqual([[path, name]]);
        expect(message.split('\n')[0]).toMatch(/^Backup: \d+ of \d+ changed(, \d+ failed)?$/);
      },
    ),
  );
});

test('cut or noisy messages of strangers are read without a word', () => {
  const message = commitMessage(info('run-1', 'why'), [], new Map([['a/b', 'c']]));
  for (let length = 0; length <= message.length; length += 1)
    expect(() => readTrailers(message.slice(0, length))).not.toThrow();
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (noise) => {
      expect(() => readTrailers(`x\n\nDevice: ${noise}`)).not.toThrow();
    }),
  );
});

test('ten thousand devices make a message that can be read', () => {
  const notes = Array.from(
    { length: 10_000 },
    (_, at): NotedDevice => ({ device: `r${at}`, durationMs: 1, result: 'new' }),
  );
  const message = commitMessage(info('run-1', 'why'), notes, new Map());
  expect(message).toMatch(/^Backup: 10000 of 10000 changed\n/);
  expect(message).toContain('\nand 9000 more\n');
});

test('an author is one line with one mail address, whatever it was', () => {
  fc.assert(
    fc.property(anyText, (author) => {
      expect(identity(author)).toMatch(/^[^<>\n\0]+ <[^<>\n\0]*>$/);
    }),
  );
  expect(identity('Amr <amr@example.net>')).toBe('Amr <amr@example.net>');
  expect(authorOf(identity('cron'))).toBe('cron');
});

test('no password of a URL is left in what git says', () => {
  expect(
    withoutUrlCredentials("fatal: 'https://user:pa@ss@git.example.net/x.git' and ssh://git@host/y, http://plain/z"),
  ).toBe("fatal: 'https://<redacted>@git.example.net/x.git' and ssh://<redacted>@host/y, http://plain/z");
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', ':', '@', '%'), minLength: 6, maxLength: 12 });
  fc.assert(
    fc.property(word, (secret) => {
      expect(withoutUrlCredentials(`x https://u:${secret}@h/p y`)).toBe('x https://<redacted>@h/p y');
    }),
  );
  const cost = (size: number): number => leastCpuMs(2, () => void withoutUrlCredentials('://@'.repeat(size)));
  expect(cost(200_000)).toBeLessThan(10 * 5 * Math.max(cost(20_000), 0.5));
});
