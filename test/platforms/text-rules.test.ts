import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1OfText, textOfLatin1 } from '#core';
import {
  applySecrets,
  dropLines,
  findSecrets,
  line,
  type SecretRule,
  secret,
  secretBlock,
  secretWithin,
} from '#platforms';

const mark = (value: string): string => `<${value.length}>`;

describe('applySecrets', () => {
  const rules = [
    secret('password', /password (?:\d )?(?<secret>\S+)/),
    secret('auth', /auth (?<secret>\S+) priv (?<secret2>\S+)/),
    secretBlock('BEGIN', /-----BEGIN [A-Z ]+-----/, /-----END [A-Z ]+-----/),
  ];

  it('replaces groups and leaves everything else as it was, line ends included', () => {
    const text = 'a password 7 abc rest\r\n b\u00a0\nuser auth x priv yy\n\n';
    expect(applySecrets(text, rules, mark)).toBe('a password 7 <3> rest\r\n b\u00a0\nuser auth <1> priv <2>\n\n');
  });

  it('finds a secret as often as it stands in a line', () => {
    expect(applySecrets('password a password 5 bb, password ccc', rules, mark)).toBe(
      'password <1> password 5 <3> password <3>',
    );
  });

  it('makes one mark of a block and keeps the lines around it', () => {
    const text = 'x\n-----BEGIN KEY-----\nAAA\nBBB\n-----END KEY-----\ny\n';
    expect(applySecrets(text, rules, mark)).toBe('x\n-----BEGIN KEY-----\n<7>\n-----END KEY-----\ny\n');
  });

  it('hides the rest of a block that never ends', () => {
    expect(applySecrets('-----BEGIN KEY-----\nAAA\nBBB', rules, mark)).toBe('-----BEGIN KEY-----\n<7>');
    expect(applySecrets('-----BEGIN KEY-----\nAAA\nBBB\n', rules, mark)).toBe('-----BEGIN KEY-----\n<7>\n');
    expect(applySecrets('-----BEGIN KEY-----\n-----END KEY-----', rules, mark)).toBe(
      '-----BEGIN KEY-----\n-----END KEY-----',
    );
    expect(applySecrets('-----BEGIN KEY-----', rules, mark)).toBe('-----BEGIN KEY-----');
  });

  it('joins overlapping secrets to one, so that nothing stays between them', () => {
    const overlapping = [secret('key', /key (?<secret>\S+)/), secret('key', /key a(?<secret>.*)/)];
    expect(applySecrets('key abc def', overlapping, mark)).toBe('key <7>');
    const resalted: SecretRule = { kind: 'line', word: 'key', match: /key (?<secret>\S+)/, resalted: true };
    const seen: SecretRule[] = [];
    applySecrets('key abc', [secret('key', /key (?<secret>\S+)/), resalted], (value, rule) => {
      seen.push(rule);
      return value;
    });
    expect(seen).toEqual([resalted]);
  });

  it('asks for the section of a rule that holds in one only', () => {
    const rule = secretWithin({ word: 'snmp {', open: /^ *snmp \{$/ }, 'community', /community (?<secret>[^ ;]+)/);
    const text = [
      'community a;',
      'g {',
      '  snmp {',
      '    community b {',
      '    }',
      '    community c;',
      '  }',
      '  community d;',
      '}',
      'snmp {',
      '  community e;',
    ].join('\n');
    expect(applySecrets(text, [rule], () => '*').match(/community \S+/g)).toEqual([
      'community a;',
      'community *',
      'community *;',
      'community d;',
      'community *;',
    ]);
  });

  it('calls in the order of the text, with the rule', () => {
    const seen: [string, string][] = [];
    applySecrets('auth a priv b\npassword c\n', rules, (value, { word }) => {
      seen.push([value, word]);
      return '';
    });
    expect(seen).toEqual([
      ['a', 'auth'],
      ['b', 'auth'],
      ['c', 'password'],
    ]);
  });

  it('loses nothing when a mark is the secret itself', () => {
    const piece = fc.constantFrom(
      'password ',
      'abc',
      '\n',
      '\r\n',
      'auth x priv y',
      '-----BEGIN A-----',
      '-----END A-----',
      ' ',
      'é\udc80',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(applySecrets(text, rules, (value) => value)).toBe(text);
      }),
    );
  });

  it('takes no-break spaces and line separators for parts of a secret, as devices do', () => {
    const odd = [
      secret('pass', /\bpass\s(?<secret>\S+)/),
      secret('key', /\bkey (?<secret>.+)/),
      secret('psk', /\bpsk (?<secret>[^\s,"]+)/),
      secret('end', /\bend [\s,](?<secret>[\S]+)/),
    ];
    const text = 'pass a\u00a0b c\nkey a\u2028b c\npsk a\u00a0b,c\nend  a\ufeffb c\n';
    expect(applySecrets(text, odd, mark)).toBe('pass <3> c\nkey <5>\npsk <3>,c\nend  <3> c\n');
  });

  it('finds the same in Latin-1, rules in whatever script', () => {
    const rules = [
      secret('пароль', /\bпароль (?<secret>\S+)/),
      secret('é', /é\s(?<secret>[à-ü]+)(?<secret2>\S)/),
      secretBlock('ключ', /^ключ$/, /^конец$/),
      secretWithin({ word: 'узел', open: /^узел \{$/ }, 'имя', /имя (?<secret>\S+)/),
    ].map((rule): SecretRule => rule);
    const piece = fc.constantFrom(...'пароль|é|ключ|конец|узел {|}|имя| |\n|àü\u00a0|密码|x|\udce9|\r\n|b1'.split('|'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const latin1 = latin1OfText(text);
        const found = findSecrets(latin1, rules, 'latin1');
        expect(found.map(({ from, to }) => textOfLatin1(latin1.slice(from, to)))).toEqual(
          findSecrets(text, rules).map(({ from, to }) => text.slice(from, to)),
        );
        const dropped = rules.flatMap((rule) => (rule.kind === 'line' ? [line(rule.word, rule.match)] : []));
        expect(textOfLatin1(dropLines(latin1, dropped, 'latin1'))).toBe(dropLines(text, dropped));
      }),
      { numRuns: 500 },
    );
  });

  it('matches a rule against no line that does not hold its word', () => {
    let tries = 0;
    const many = Array.from({ length: 40 }, (_, i): SecretRule => {
      const match = new RegExp(`^ *(?:password|word-${i}) \\d (?<secret>\\S+)`);
      return {
        kind: 'line',
        word: i % 4 === 0 ? 'password' : `word-${i % 12}`,
        get match() {
          tries += 1;
          return match;
        },
      };
    });
    const interface_ = 'interface GigabitEthernet1/0/1\n description a room with a view\n switchport mode access\n!\n';
    const text = `${interface_.repeat(20)}username noc password 7 094F471A1A0A\n`.repeat(120);
    expect(text.length).toBeGreaterThan(200_000);
    applySecrets(text, many, mark);
    // Ten rules share the one word that occurs, on 120 of nearly 10,000 lines.
    expect(tries).toBe(1200);
  });
});

describe('dropLines', () => {
  it('drops whole lines, ends included, by word and pattern', () => {
    const text = '! Time: 1\nkeep Time\r\n! Time: 2\r\nuptime 5\nlast ! Time: 3';
    expect(dropLines(text, [line('! Time:', /^! Time:/), line('uptime')])).toBe('keep Time\r\nlast ! Time: 3');
    expect(dropLines('a\nuptime', [line('uptime')])).toBe('a\n');
    expect(dropLines('uptime uptime\n', [line('uptime'), line('up')])).toBe('');
  });

  it('does to any text what a filter line by line does', () => {
    const rules = [line('x', /^x/), line('yy'), line('z', /z$/)];
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'yy', 'z', '\n', '\r\n', 'a', ' '), { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const expected = text
          .split(/(?<=\n)/)
          .filter((whole) => {
            const bare = whole.replace(/\r*\n?$/, '');
            return !/^x/.test(bare) && !bare.includes('yy') && !/z$/.test(bare);
          })
          .join('');
        expect(dropLines(text, rules)).toBe(expected);
      }),
    );
  });
});
