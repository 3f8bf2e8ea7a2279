import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '#device';
import { createPlatformRegistry } from '#platforms';
import { scrubTranscript } from '../../src/runner/scrub-transcript.ts';

const received = (text: string): TranscriptEntry => ({ atMs: 1, kind: 'received', text });

describe('a kept conversation', async () => {
  const rules = (await createPlatformRegistry().get('cisco_ios')).backup.secrets;
  const textOf = (text: string): string => scrubTranscript([received(text)], rules)[0]!.text;

  it('shows no secret of a configuration, and all the rest byte for byte', () => {
    expect(textOf('show run\r\nhostname r1\r\nsnmp-server community s3cret RO\r\nend\r\nr1#')).toBe(
      'show run\r\nhostname r1\r\nsnmp-server community <redacted> RO\r\nend\r\nr1#',
    );
  });

  it('hides a secret that was cut off with the connection', () => {
    expect(textOf('snmp-server community s3c')).not.toContain('s3c');
  });

  it('hides a secret between escape sequences', () => {
    expect(textOf('\x1b[24;1Hsnmp-\x1b[0mserver commu\x1b[0mnity s3cret RO\r\n')).not.toContain('s3cret');
    expect(textOf('\x1b[24;1Hhostname \x1b[0mr1\r\n')).toBe('\x1b[24;1Hhostname \x1b[0mr1\r\n');
  });

  it('hides what was typed, and leaves notes alone', () => {
    const typed: TranscriptEntry = { atMs: 0, kind: 'sent', text: 'enable secret 0 hunter22\n' };
    const note: TranscriptEntry = { atMs: 0, kind: 'note', text: 'SSH-2.0-Cisco-1.25' };
    const [first, second] = scrubTranscript([typed, note], rules);
    expect(first!.text).not.toContain('hunter22');
    expect(second).toEqual(note);
  });
});
