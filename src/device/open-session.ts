import type { CallOptions, Clock, Logger } from '#core';
import type { Platform } from '#platforms';
import type { Dialer, Endpoint } from '#transport';
import type { Session } from './session.ts';
import type { TranscriptSink } from './transcript.ts';

export interface OpenSessionOptions extends CallOptions {
  readonly dialer: Dialer;
  /** From connected to the first prompt, login dialogue included. Default 30,000. */
  readonly promptTimeoutMs?: number;
  /** For each command without one of its own. Default 60,000. */
  readonly commandTimeoutMs?: number;
  /** Default 64 MiB. */
  readonly maxOutputBytes?: number;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Gets the conversation as it happens, redacted. */
  readonly transcript?: TranscriptSink;
  /** Default: the first prompt is brought to the platform's `home` and its `open` steps are typed. */
  readonly prepare?: boolean;
}

/** Opens a channel, holds the login dialogue, goes home and types the platform's `open` steps. */
export type OpenSession = (endpoint: Endpoint, platform: Platform, options: OpenSessionOptions) => Promise<Session>;
