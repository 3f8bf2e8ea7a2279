export type { OpenSession, OpenSessionOptions } from './open-session.ts';
export type { CommandOutput, InteractiveIo, SendOptions, Session } from './session.ts';
export type { TranscriptEntry, TranscriptSink } from './transcript.ts';
