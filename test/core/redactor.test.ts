import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor, Secret } from '#core';

describe('Secret', () => {
  it('does not show in any way of printing', () => {
    const secret = new Secret('hunter22');
    expect(
      `${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret })} ${inspect(secret, { showHidden: true })}`,
    ).not.toContain('hunter22');
    expect(secret.reveal()).toBe('hunter22');
  });
});

describe('Redactor', () => {
  it('hides every learned value', () => {
    const redactor = new Redactor([new Secret('hunter22'), new Secret('p@ss.w*rd')]);
    expect(redactor.redact('password hunter22; again p@ss.w*rd!')).toBe('password <redacted>; again <redacted>!');
  });

  it('hides a value as the bytes of a device stand for it, too', () => {
    const redactor = new Redactor([new Secret('Schlüssel9')]);
    expect(redactor.redact('key Schlüssel9!')).toBe('key <redacted>!');
    expect(redactor.redact(Buffer.from('key Schlüssel9!').toString('latin1'))).toBe('key <redacted>!');
  });

  it('leaves longer words alone that contain a value', () => {
    const redactor = new Redactor([new Secret('cisco')]);
    expect(redactor.redact('cisco_ios Francisco cisco')).toBe('cisco_ios Francisco <redacted>');
  });

  it('prefers the longer of two values', () => {
    const redactor = new Redactor([new Secret('abcd'), new Secret('abcd-efgh')]);
    expect(redactor.redact('x abcd-efgh y')).toBe('x <redacted> y');
  });

  it('hides each line of a private key, but not its frame', () => {
    const redactor = new Redactor([new Secret('-----BEGIN KEY-----\nMIIEow\nIBAAKC\n-----END KEY-----\n')]);
    expect(redactor.redact('MIIEow and IBAAKC under -----BEGIN KEY-----')).toBe(
      '<redacted> and <redacted> under -----BEGIN KEY-----',
    );
  });

  it('goes through plain data', () => {
    const redactor = new Redactor([new Secret('hunter22')]);
    expect(redactor.redactData({ a: ['hunter22', 1, null], b: { c: 'x hunter22' } })).toEqual({
      a: ['<redacted>', 1, null],
      b: { c: 'x <redacted>' },
    });
  });

  it('leaves no value of four or more characters that stands alone', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, maxLength: 30 }).filter((one) => one.trim() === one && !one.startsWith('-----')),
        (value) => {
          const shown = new Redactor([new Secret(value)]).redact(`before ${value} after`);
          expect(shown).toBe('before <redacted> after');
        },
      ),
    );
  });
});
