import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetwrightError } from '#core';
import type { Part } from '../../src/backup/collect.ts';
import { genericRules } from '../../src/backup/generic-secrets.ts';
import { guardComplete, guardShrunk } from '../../src/backup/guard.ts';
import { markOf, scrubLatin1 } from '../../src/backup/scrub.ts';
import { configuration, testPlatform } from './fixtures.ts';

const key = new Uint8Array(32).fill(9);
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ0189$/.+-_=!'.split('')), minLength: 6, maxLength: 30 });
const command = testPlatform.backup.commands.at(-1)!;

test('no secret that a rule names is left, whatever it is made of; scrubbing twice changes nothing', () => {
  const mark = markOf('r1', key);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (secrets) => {
      const text = secrets.map((one, at) => `user u${at} secret ${one}\n`).join('');
      const clean = scrubLatin1(text, testPlatform.backup, mark);
      for (const [at, line] of clean.split('\n').slice(0, -1).entries()) {
        expect(line).toMatch(new RegExp(`^user u${at} secret <secret:[0-9a-f]{8}>$`));
      }
      expect(scrubLatin1(clean, testPlatform.backup, mark)).toBe(clean);
    }),
  );
});

test('a mark stays the same for a secret, differs for another, for another device and under another key', () => {
  const at = (device: string, secret: string, k = key): string => markOf(device, k)(secret, {});
  expect(at('r1', 'one')).toBe(at('r1', 'one'));
  expect(new Set([at('r1', 'one'), at('r1', 'two'), at('r2', 'one'), at('r1', 'one', new Uint8Array(32))]).size).toBe(
    4,
  );
  expect(markOf('r1', key)('anything', { resalted: true })).toBe('<secret>');
});

test.each([
  'enable secret 5 $1$abcd$abcdefgHIJK',
  'username amr password 7 0822455D0A16',
  'snmp-server community S3cretRO RO 10',
  'set snmp community S3cretRO authorization read-only',
  'crypto isakmp key VerySecret address 10.0.0.1',
  ' neighbor 10.0.0.1 password 7 0822455D0A16',
  'tacacs-server key 7 0822455D0A16',
  ' encrypted-password "$6$abc$defghijklmnop"; ## SECRET-DATA',
  '        set password ENC AK1abcdefgh==',
  'snmp-agent community read cipher %^%#abcdefg%^%#',
  'ip http client proxy http://user:hunter22@proxy.example.net',
  ' wpa-psk ascii 0 hunter2222',
])('the general rules hide the secret of: %s', (line) => {
  const clean = scrubLatin1(line, genericRules, markOf('r1', key));
  const secret = /\$1\$abcd\S+|0822455D0A16|S3cretRO|VerySecret|\$6\$abc\$\w+|AK1\S+|%\^%#abcdefg%\^%#|hunter2+/.exec(
    line,
  )![0];
  expect(clean).not.toContain(secret);
  expect(clean).toMatch(/<secret(:[0-9a-f]{8})?>/);
});

test('a private key disappears whole', () => {
  const text = 'x\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabcdef\n-----END RSA PRIVATE KEY-----\ny\n';
  expect(scrubLatin1(text, genericRules, markOf('r1', key))).toMatch(
    /^x\n-----BEGIN RSA PRIVATE KEY-----\n<secret:[0-9a-f]{8}>\n-----END RSA PRIVATE KEY-----\ny\n$/,
  );
});

const refusal = (text: string): string | undefined => {
  try {
    guardComplete('r1', testPlatform, [{ command, latin1: text }]);
    return undefined;
  } catch (error) {
    return (error as NetwrightError).code;
  }
};

test('every cut of a configuration is refused', () => {
  const whole = configuration('r1', ...Array.from({ length: 30 }, (_, at) => `interface e${at}`));
  expect(refusal(whole)).toBeUndefined();
  for (let length = 0; length < whole.length; length += 1)
    expect(refusal(whole.slice(0, length)), String(length)).toBe('NW_OUTPUT_INCOMPLETE');
});

test('one that ends in a complaint is refused, as is none at all', () => {
  const endless = { ...testPlatform, backup: { ...testPlatform.backup, complete: { prompt: true as const } } };
  const guard = (parts: readonly Part[]) => () => guardComplete('r1', endless, parts);
  expect(guard([{ command, latin1: 'hostname r1' }])).not.toThrow();
  expect(guard([{ command, latin1: 'hostname r1\n% Error: out of memory' }])).toThrow(
    'it ends in "% Error: out of memory"',
  );
  expect(guard([{ command, latin1: ' \n\t\n' }])).toThrow('it is empty');
  expect(guard([])).toThrow('no command gave a configuration');
});

test('what shrank is refused by share, unless little was lost', () => {
  const refused = (size: number, last: number): boolean => {
    try {
      guardShrunk('r1', ['é'.repeat(Math.floor(size / 4)), 'x'.repeat(size - Math.floor(size / 4))], last, 0.7);
      return false;
    } catch {
      return true;
    }
  };
  expect([refused(700, 1000), refused(10, 900), refused(69_000, 100_000), refused(70_000, 100_000)]).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
