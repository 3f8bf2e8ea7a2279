import { describe, expect, test } from 'vitest';
import { NetwrightError, systemClock } from '#core';
import { createTranscript } from '#device';
import type { Platform } from '#platforms';
import type { Channel, ChannelListener } from '#transport';
import { Conversation } from '../../src/device/conversation.ts';
import { Recorder } from '../../src/device/recorder.ts';
import { scrubTranscript } from '../../src/runner/scrub-transcript.ts';
import { endpoint } from '../device/fixtures.ts';
import { catalogueIds, loadPlatform, loadSamples } from '../platforms/samples.ts';
import { isWithin, lastLineOf, withoutSecrets } from '../platforms/shown-text.ts';

/** A conversation whose device says `said` and hangs up, or says nothing more until the deadline. */
async function endOf(platform: Platform, said: string, hangsUp: boolean) {
  let listener: ChannelListener | undefined;
  const label = 'r1 (192.0.2.1:22, ssh)';
  const channel = {
    label,
    greeting: '',
    protocol: 'ssh',
    listen(given: ChannelListener) {
      listener = given;
    },
    write() {},
    pause() {},
    resume() {},
    destroy() {},
  } as unknown as Channel;
  const transcript = createTranscript();
  const recorder = new Recorder(endpoint(), transcript, systemClock);
  const conversation = new Conversation(channel, recorder, 1_000_000);
  conversation.secrets = platform.backup.secrets;
  listener!.data(Buffer.from(said));
  const failed = conversation
    .watch(() => undefined, {
      timeoutMs: hangsUp ? 10_000 : 0,
      doing: 'during "x"',
      onTimeout: (lastLine) =>
        new NetwrightError('NW_COMMAND_TIMEOUT', `${label}: not ended, last line "${lastLine}"`, {
          details: { lastLine },
        }),
    })
    .catch((error: unknown) => error as NetwrightError);
  if (hangsUp) listener!.end(new NetwrightError('NW_CONNECTION_LOST', `${label}: the connection was closed`));
  const error = (await failed) as NetwrightError;
  const entries = scrubTranscript(transcript.entries(), platform.backup.secrets);
  return { error, entries };
}

const quoted = /last line "(?<line>.*)"(?: \(the connection was closed\))?$/s;

describe.each(catalogueIds)('%s', (id) => {
  test('however its output is cut, no character of a secret is quoted or kept', { timeout: 60_000 }, async () => {
    const platform = await loadPlatform(id);
    const leaks: string[] = [];
    for (const { text, gone } of loadSamples(id).secrets) {
      const hidden = withoutSecrets(text, gone);
      for (let end = 1; end <= text.length; end += 1) {
        const said = text.slice(0, end);
        const { error, entries } = await endOf(platform, said, end % 8 !== 0);
        const allowed = hidden.slice(0, end);
        const line = quoted.exec(error.message)?.groups?.['line'] ?? '';
        const known = lastLineOf(allowed);
        if (!isWithin(line.replace(/^…/, ''), known)) leaks.push(`${JSON.stringify(said).slice(-100)}: ${line}`);
        if (error.details['lastLine'] !== undefined) expect(error.details['lastLine']).toBe(line);
        const kept = entries.filter(({ kind }) => kind === 'received').map((entry) => entry.text);
        if (!isWithin(kept.join(''), allowed))
          leaks.push(`${JSON.stringify(said).slice(-100)}: kept ${kept.join('').slice(-100)}`);
        const notes = entries.filter(({ kind }) => kind === 'note').map((entry) => entry.text);
        for (const note of notes) {
          const told = quoted.exec(note)?.groups?.['line'];
          if (told !== undefined && !isWithin(told.replace(/^…/, ''), known)) leaks.push(`note ${told}`);
        }
      }
    }
    expect(leaks.slice(0, 5)).toEqual([]);
  });
});
