import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedAnswer, quotedEnd, quotedLines, secret } from '#platforms';

const rules = [secret('community', /^snmp-server community (?<secret>\S+)/)];

describe('text of a device in a message', () => {
  it.each([
    ['snmp-server community s3cr', 'snmp-server community <redacted>'],
    ['snmp-server commun', 'snmp-server …'],
    ['username noc s3', 'username …'],
    ['description two wo', 'description two …'],
    ['set banner "two wo', 'set banner …'],
    ['<name>two wo', '<name>…'],
    ['http://u:p@192.0.2.1/', '…'],
    ['root:$', '…'],
    ['hunt', '…'],
    ['a\nb\n', 'a\nb\n'],
    ['r1(config)#', 'r1(config)#'],
    ['admin@r1> ', 'admin@r1> '],
    ['[admin@MikroTik] >', '[admin@MikroTik] >'],
    ['interface x\nend', 'interface x\nend'],
    ['Press any key ', 'Press any key '],
  ])('that ends in %j is shown as %j', (text, shown) => {
    expect(quotedEnd(text, rules)).toBe(shown);
  });

  it('has no line of a key', () => {
    expect(quotedLines(`a\n${'QUJD'.repeat(16)}\nb`, [])).toBe('a\n<redacted>\nb');
  });

  it('has not what was typed as a secret, whatever the refusal says', () => {
    expect(quotedAnswer("% Invalid input: 's3cret'", 'snmp-server community s3cret RO', rules)).toBe(
      "% Invalid input: '<redacted>'",
    );
  });

  it('is as long as it was, at most, and takes no time, whatever it is', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '"', '<', '>', '\\', ' ', '\t', '\r', '\n', ':', '#', '$', 'key', '=', 'password'),
      maxLength: 400,
    });
    fc.assert(
      fc.property(noise, (text) => {
        const from = text.lastIndexOf('\n') + 1;
        expect(quotedEnd(text, []).split('\n').length).toBeLessThanOrEqual(text.slice(0, from).split('\n').length);
      }),
    );
    const startedAt = performance.now();
    for (const sign of ['"', '<', ' ', 'key ', 'a', '$', ':#']) quotedEnd(sign.repeat(100_000 / sign.length), rules);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
