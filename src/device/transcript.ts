import { type Clock, decodeText, type Redactor, systemClock } from '#core';

/** One thing that happened on a channel. Text is redacted before it comes here. */
export interface TranscriptEntry {
  /** Milliseconds since the conversation began. */
  readonly atMs: number;
  readonly kind: 'sent' | 'received' | 'note';
  readonly text: string;
}

export interface TranscriptSink {
  /** Milliseconds since 1970 from which `atMs` counts; default: when the channel was opened. */
  readonly startedAtMs?: number;
  add(entry: TranscriptEntry): void;
  /**
   * Takes received bytes as they are, with the means to redact them later; a sink that has it is never given
   * `received` entries by `add`, with the same times as those. It spares the work for the conversations that nobody will read.
   */
  received?(chunk: Buffer, redact: (text: string) => string, atMs: number): void;
}

export interface TranscriptOptions {
  /** Applied to everything besides the session's own redaction, which knows the secrets of the login only. */
  readonly redactor?: Redactor;
  /** How much is kept; the oldest goes. Default 256 KiB. */
  readonly limitBytes?: number;
  readonly clock?: Clock;
}

export interface Transcript extends TranscriptSink {
  readonly startedAtMs: number;
  /** What was kept, redacted; received text in whole pieces between what was sent. */
  entries(): readonly TranscriptEntry[];
}

interface Kept {
  readonly atMs: number;
  readonly kind: TranscriptEntry['kind'];
  readonly content: string | Buffer;
  readonly redact: (text: string) => string;
}

const sameText = (text: string): string => text;

/** Keeps the last part of a conversation in memory, for the case that it fails. */
export function createTranscript(options: TranscriptOptions = {}): Transcript {
  const { redactor, limitBytes = 256 * 1024, clock = systemClock } = options;
  const startedAtMs = clock.now();
  const kept: Kept[] = [];
  let first = 0;
  let size = 0;

  const keep = (entry: Kept): void => {
    kept.push(entry);
    size += entry.content.length;
    // The last entry stays however large it is: chunks are as small as packets.
    while (size > limitBytes && first < kept.length - 1) size -= kept[first++]!.content.length;
    if (first > 64 && first * 2 > kept.length) {
      kept.splice(0, first);
      first = 1;
      kept.unshift({ atMs: 0, kind: 'note', content: '', redact: sameText });
    }
  };

  return {
    startedAtMs,
    add: (entry) => keep({ atMs: entry.atMs, kind: entry.kind, content: entry.text, redact: sameText }),
    received: (chunk, redact, atMs) => keep({ atMs, kind: 'received', content: chunk, redact }),
    entries: () => {
      const entries = assemble(kept.slice(first), first > 0);
      return redactor ? entries.map((entry) => ({ ...entry, text: redactor.redact(entry.text) })) : entries;
    },
  };
}

/** Joins neighbouring received chunks before they are redacted, so that no secret hides in a seam. */
function assemble(kept: readonly Kept[], isCut: boolean): TranscriptEntry[] {
  const entries: TranscriptEntry[] = [];
  let isFirstReceived = isCut;
  for (let at = 0; at < kept.length; ) {
    const { atMs, kind, content, redact } = kept[at]!;
    if (typeof content === 'string') {
      if (content !== '') entries.push({ atMs, kind, text: content });
      at += 1;
      continue;
    }
    const chunks: Buffer[] = [];
    for (; at < kept.length && typeof kept[at]!.content !== 'string'; at++) chunks.push(kept[at]!.content as Buffer);
    let text = decodeText(Buffer.concat(chunks));
    // What is left of a line whose beginning went may be the rest of a secret.
    if (isFirstReceived) text = text.slice(text.indexOf('\n') + 1 || text.length);
    isFirstReceived = false;
    if (text !== '') entries.push({ atMs, kind, text: redact(text) });
  }
  return isCut ? [{ atMs: 0, kind: 'note', text: 'the beginning was not kept' }, ...entries] : entries;
}
