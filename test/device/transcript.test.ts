import { describe, expect, it } from 'vitest';
import { Redactor, Secret } from '#core';
import { createTranscript, openSession, type TranscriptEntry } from '#device';
import { FakeDevice } from './fake-device.ts';
import { endpoint, iosDevice, iosLike, iosOneByOne } from './fixtures.ts';
import { fc, test } from './property.ts';

const textOf = (entries: readonly TranscriptEntry[]): string => entries.map(({ text }) => text).join('');
const bytewise = (bytes: Buffer): readonly Buffer[] => [...bytes].map((byte) => Buffer.of(byte));

describe('a transcript', () => {
  it('holds what was sent and received, in order', async () => {
    const transcript = createTranscript();
    const device = iosDevice({ 'show version': 'Version 15' });
    const session = await openSession(endpoint(), iosOneByOne, { dialer: device, transcript });
    await session.send('show version');
    await session.close();
    const entries = transcript.entries().map(({ kind, text }) => [kind, text]);
    expect(entries).toEqual([
      ['received', '\r\nr1#'],
      ['sent', 'terminal length 0\n'],
      ['received', 'terminal length 0\r\nr1#'],
      ['sent', 'terminal width 511\n'],
      ['received', 'terminal width 511\r\nr1#'],
      ['sent', 'show version\n'],
      ['received', 'show version\r\nVersion 15\r\nr1#'],
      ['sent', 'exit\n'],
    ]);
  });

  it('never holds a secret that was typed, also of a hop, nor one that a device printed in pieces', async () => {
    const device = new FakeDevice({
      protocol: 'telnet',
      cut: bytewise,
      start: (hand) => {
        hand.print('Password: ');
        hand.nextLine((typed) => hand.print(`${typed}\r\nhop is h0p-secret here\r\nr1#`));
      },
      line: (_, hand) => hand.print('key pa55word\r\nr1#'),
    });
    const hop = { ...endpoint({ password: new Secret('h0p-secret') }), name: 'bastion' };
    const plain: TranscriptEntry[] = [];
    const transcript = createTranscript();
    const both = {
      add: (entry: TranscriptEntry) => transcript.add(entry),
      received: (chunk: Buffer, redact: (text: string) => string, atMs: number) =>
        transcript.received!(chunk, redact, atMs),
    };
    const session = await openSession({ ...endpoint(), via: [hop] }, iosOneByOne, { dialer: device, transcript: both });
    session.destroy();
    const kept = textOf(transcript.entries());
    expect(kept).toContain('<redacted>');
    expect(kept).not.toMatch(/pa55word|h0p-secret/);

    const again = iosDevice({ 'show run': 'username x password pa55word' }, { cut: bytewise });
    const other = await openSession(endpoint(), iosLike, {
      dialer: again,
      transcript: { add: (entry) => plain.push(entry) },
    });
    await other.send('show run');
    await other.close();
    expect(textOf(plain)).toContain('username x password <redacted>');
    expect(textOf(plain)).not.toContain('pa55word');
  });

  it('is bounded: the oldest goes, and what is left of a line at the cut', () => {
    const transcript = createTranscript({ limitBytes: 1000 });
    const redactor = new Redactor([new Secret('pa55word')]);
    const redact = (text: string): string => redactor.redact(text);
    for (let at = 0; at < 200; at++) transcript.received!(Buffer.from(`line ${at} pa55`), redact, at);
    for (let at = 0; at < 20; at++) transcript.received!(Buffer.from(`word\r\nline ${at} pa55`), redact, at);
    const entries = transcript.entries();
    expect(entries[0]).toMatchObject({ kind: 'note', text: 'the beginning was not kept' });
    const text = textOf(entries.slice(1));
    expect(text.length).toBeLessThan(1200);
    expect(text.startsWith('line 1 <redacted>\r\n') || text.startsWith('line 0 <redacted>\r\n')).toBe(true);
  });

  it('forgets and frees beyond its bound, however long the conversation', () => {
    const transcript = createTranscript({ limitBytes: 10_000 });
    for (let at = 0; at < 20_000; at++) transcript.received!(Buffer.from(`line ${at}\r\n`), (text) => text, at);
    const text = textOf(transcript.entries());
    expect(text.length).toBeLessThan(11_000);
    expect(text).toContain('line 19999\r\n');
  });

  it('is redacted by the redactor of its maker too', () => {
    const transcript = createTranscript({ redactor: new Redactor([new Secret('other-secret')]) });
    transcript.add({ atMs: 0, kind: 'sent', text: 'login other-secret\n' });
    expect(textOf(transcript.entries())).toBe('login <redacted>\n');
  });

  const secret = fc.string({ unit: fc.constantFrom('a', 'b', '1', '#', '$', '%'), minLength: 6, maxLength: 16 });
  test.prop([secret, fc.array(fc.nat(30), { maxLength: 8 })])(
    'keeps a secret hidden whatever the chunks',
    (value, cuts) => {
      const redactor = new Redactor([new Secret(value)]);
      const text = Buffer.from(`one\r\nkey ${value} end\r\ntwo\r\n`);
      const transcript = createTranscript();
      let from = 0;
      for (const cut of [...cuts, text.length]) {
        transcript.received!(text.subarray(from, from + cut), (one) => redactor.redact(one), 0);
        from += cut;
      }
      expect(textOf(transcript.entries())).toBe('one\r\nkey <redacted> end\r\ntwo\r\n');
    },
  );
});
