/** Kept conversations that failed. Entries are redacted before they come here; the oldest go beyond the limit. */
export interface TranscriptStore {
  save(transcript: StoredTranscript): Promise<void>;
  /** By id, or a prefix of it that is unique. */
  load(id: string): Promise<StoredTranscript | undefined>;
  list(options?: {
    readonly device?: string;
    readonly limit?: number;
  }): Promise<readonly Omit<StoredTranscript, 'entries'>[]>;
}

export interface StoredTranscript {
  readonly id: string;
  readonly device: string;
  readonly platform: string;
  readonly startedAtMs: number;
  /** Code and message of the error that ended it. */
  readonly failure: string;
  readonly entries: readonly {
    readonly atMs: number;
    readonly kind: 'sent' | 'received' | 'note';
    readonly text: string;
  }[];
}
