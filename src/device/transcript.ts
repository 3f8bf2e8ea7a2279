/** One thing that happened on a channel. Text is redacted before it comes here. */
export interface TranscriptEntry {
  /** Milliseconds since the conversation began. */
  readonly atMs: number;
  readonly kind: 'sent' | 'received' | 'note';
  readonly text: string;
}

export interface TranscriptSink {
  add(entry: TranscriptEntry): void;
}
