import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText, latin1OfText, Redactor, Secret } from '#core';
import { applySecrets, type BackupCommand, dropLines, type Platform } from '#platforms';
import { assemble } from '../../src/backup/assemble.ts';
import { ByteMemory } from '../../src/backup/byte-memory.ts';
import { type Mark, markOf, scrubbedPieces, withoutVolatile } from '../../src/backup/scrub.ts';
import { catalogueIds, loadPlatform, loadSamples } from '../platforms/samples.ts';

interface Part {
  readonly command: BackupCommand;
  readonly text: string;
}

/** The plain way: each text as a whole and as text, a copy for every step. */
function plainly(parts: readonly Part[], platform: Platform, mark: Mark, credentials: Redactor): Buffer {
  const { backup } = platform;
  const bodies = parts.map(({ command, text }) => {
    const clean = credentials.redact(applySecrets(dropLines(text, backup.volatile), backup.secrets, mark));
    const bare = clean.replace(/^(?:[ \t\r]*\n)+/, '').replace(/[ \t\r\n]+$/, '');
    if (command.as !== 'comment' || bare === '') return bare;
    return bare.replace(/^.*$/gm, (line) => (backup.comment + line).replace(/[ \t\r]+$/, ''));
  });
  return encodeText(
    bodies
      .filter((body) => body !== '')
      .map((body) => `${body}\n`)
      .join(`${backup.comment.trimEnd()}\n`),
  );
}

const loginSecret = 'Tr0mböne-login';
const credentials = new Redactor([new Secret(loginSecret)]);
const memory = new ByteMemory();

describe.each(catalogueIds)('%s', (id) => {
  test('any mixture of its lines becomes the same in pieces as in whole texts', async () => {
    const platform = await loadPlatform(id);
    const samples = loadSamples(id);
    const mark = markOf('r1', new Uint8Array(32).fill(7));
    const lines = [
      ...samples.runningConfig.split('\n'),
      ...samples.secrets.flatMap(({ text }) => text.split('\n')),
      ...(samples.volatile.drop ?? []),
      ...(samples.volatile.keep ?? []),
      ...['', '', '  ', '\r', ' description وصلة القاهرة', ' caf\udce9', ` banner ${loginSecret}`, '\u00a0'],
      ...['password sécret\u00a0ñ\udce9 enable secret 0 密码\u00a0', 'snmp-server community à\u00a0b RO'],
    ];
    const line = fc.oneof(fc.constantFrom(...lines), fc.constantFrom(...lines.slice(-10)));
    const text = fc.array(line, { maxLength: 40 }).map((some) => some.join('\n'));
    const whole = samples.secrets.map((sample) => sample.text);
    const configuration = fc.oneof(text, fc.constantFrom(samples.runningConfig, ...whole));
    const { commands } = platform.backup;
    await fc.assert(
      fc.asyncProperty(
        fc.array(configuration, { minLength: commands.length, maxLength: commands.length }),
        async (texts) => {
          const parts = commands.map((command, at) => ({ command, text: texts[at]! }));
          const pieces = assemble(
            parts.map(({ command, text: one }) => {
              const kept = withoutVolatile(latin1OfText(one), platform.backup);
              return { command, pieces: scrubbedPieces(kept, platform.backup, mark, credentials) };
            }),
            platform.backup.comment,
          );
          const expected = plainly(parts, platform, mark, credentials);
          await memory.lend(pieces, async (bytes) => {
            expect(Buffer.from(bytes).toString('latin1')).toBe(expected.toString('latin1'));
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('comments stand before the configuration, which keeps every byte, no-break spaces too', () => {
  const nbsp = '\u00a0';
  const command = { run: 'show run', as: 'configuration' } as const;
  const pieces = assemble(
    [
      { command: { run: 'a', as: 'comment' }, pieces: ['\none\n\n two \n'] },
      { command: { run: 'b', as: 'comment' }, pieces: [''] },
      { command, pieces: ['\n\n  ', 'indented\nli', `ne${nbsp}\n${nbsp}\n`, '\n', ' '] },
      { command, pieces: ['\n', ' '] },
    ],
    '! ',
  );
  expect(pieces.join('')).toBe(`! one\n!\n!  two\n!\n  indented\nline${nbsp}\n${nbsp}\n`);
});

test('memory that is lent twice at a time is not the same, and what is lent later is whole', async () => {
  const lender = new ByteMemory();
  const long = 'x'.repeat(2_000_000);
  const read = (...pieces: string[]): Promise<string> =>
    lender.lend(pieces, async (bytes) => {
      await new Promise((resolve) => setImmediate(resolve));
      return Buffer.from(bytes).toString('latin1');
    });
  expect(await Promise.all([read('one'), read('tw', 'o'), read(long, 'y')])).toEqual(['one', 'two', `${long}y`]);
  expect(await read('é'.repeat(300_000))).toBe('é'.repeat(300_000));
  expect(await read()).toBe('');
  await expect(read('one', 'two and ж')).rejects.toThrow('text stands where bytes are to be kept');
});
