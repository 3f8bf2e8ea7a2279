import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteness } from '#platforms';

describe('incompleteness', () => {
  it('finds an empty configuration', () => {
    expect(incompleteness(' \r\n\t\n', { prompt: true })).toBe('it is empty');
    expect(incompleteness('\u00a0', { prompt: true })).toBeUndefined();
  });

  it('wants the end marker on the last line that is not blank', () => {
    const complete = { end: [/^end[ ]*$/] };
    expect(incompleteness('a\nend\r\n\r\n', complete)).toBeUndefined();
    expect(incompleteness('a\nend\nb\n', complete)).toMatch(/end marker is missing, the last line is "b"/);
    expect(incompleteness(' end', complete)).toMatch(/missing/);
  });

  it('counts braces outside of strings and comments', () => {
    const complete = { balanced: 'braces' } as const;
    expect(incompleteness('a {\n b "}\\"{";\n /* { */\n c; ## {\n}\n', complete)).toBeUndefined();
    expect(incompleteness('a {\n b;\n', complete)).toBe('1 opening brace has no closing one');
    expect(incompleteness('a {\n}\n}\n', complete)).toBe('a closing brace too many at line 3');
    expect(incompleteness('a {\n b "x\n}\n', complete)).toBe('a string that begins at line 2 does not end');
    expect(incompleteness('/* a {\n', complete)).toBe('a comment that begins at line 1 does not end');
    expect(incompleteness('route a#b {\n}\nx http://y/*z\n', complete)).toBeUndefined();
  });

  it('wants every opened block closed, and by its own word', () => {
    const complete = {
      nested: [
        { open: /^config /, close: /^end$/ },
        { open: /^edit /, close: /^next$/ },
      ],
    };
    expect(incompleteness('config a\n edit 1\n next\nend\n', complete)).toBeUndefined();
    expect(incompleteness('config a\n edit 1\n next\n', complete)).toBe('"config a" at line 1 is not closed');
    expect(incompleteness('config a\n edit 1\nend\n', complete)).toBe(
      '"end" at line 3 where "edit 1" of line 2 is open',
    );
    expect(incompleteness('config a\nend\nend\n', complete)).toBe('"end" at line 3 closes nothing');
  });

  it('wants what every configuration of the system has', () => {
    const complete = { contains: [/^version \S/m, /^hostname /m], prompt: true } as const;
    expect(incompleteness('!Time\nversion 9\nhostname r1\n', complete)).toBeUndefined();
    expect(incompleteness('\nversion 9\n hostname r1\n', complete)).toBe(
      'it is no configuration: nothing in it matches /^hostname /m, the first line is "version 9"',
    );
  });

  it('does not take a text without any block for a list of blocks', () => {
    const complete = { nested: [{ open: /^config /, close: /^end$/ }] };
    expect(incompleteness('Version: FortiGate-91G v7.4.7\nHostname: fw1\n', complete)).toBe('no block begins in it');
  });

  it('never throws and never hangs, whatever comes', () => {
    const noise = fc.array(fc.constantFrom('{', '}', '"', '\\', '/*', '*/', '#', '\n', ' ', 'config a', 'end', 'é'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(noise, (pieces) => {
        const text = pieces.join('');
        const reason = incompleteness(text, {
          end: [/^end/],
          balanced: 'braces',
          nested: [{ open: /^config/, close: /^end/ }],
        });
        expect(reason === undefined || reason.length > 0).toBe(true);
      }),
    );
  });
});
