export { cleanOutput } from './clean-output.ts';
export { type DetectedPlatform, type DetectPlatformOptions, detectPlatform } from './detect-platform.ts';
export { genericPlatform } from './generic-platform.ts';
export { type OpenSession, type OpenSessionOptions, openSession } from './open-session.ts';
export { PromptMatcher } from './prompt-matcher.ts';
export type { CommandOutput, InteractiveIo, SendOptions, Session } from './session.ts';
export {
  createTranscript,
  type Transcript,
  type TranscriptEntry,
  type TranscriptOptions,
  type TranscriptSink,
} from './transcript.ts';
