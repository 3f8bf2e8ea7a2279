import type { NetwrightError } from './errors.ts';

interface OutcomeBase {
  readonly device: string;
  /** Milliseconds since 1970, when the first attempt began. */
  readonly startedAtMs: number;
  /** All attempts together, waiting between them included. */
  readonly durationMs: number;
  readonly attempts: number;
  /** The kept conversation, for `netwright transcript show`. */
  readonly transcriptId?: string | undefined;
}

/** What became of one task on one device. A fan-out never throws for one device. */
export type Outcome<T> =
  | (OutcomeBase & { readonly ok: true; readonly value: T; readonly error?: undefined })
  | (OutcomeBase & { readonly ok: false; readonly value?: undefined; readonly error: NetwrightError });
