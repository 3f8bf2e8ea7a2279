import type { CallOptions, Clock } from '#core';
import type { Platform } from '#platforms';
import type { XmlQuestion } from '../ask.ts';

/**
 * What answers questions: a session at the command line, eAPI, NX-API, NETCONF, or a folder of recorded outputs.
 * Everything that is not an answer rejects: a refused command with `NW_COMMAND_REJECTED`, a form of answer that the
 * way to the device does not have with `NW_NOT_SUPPORTED`, prose where JSON was expected with `NW_FACTS_INVALID`.
 */
export interface FactSource {
  readonly device: string;
  readonly platform: Platform;
  /** What the device calls itself, where that is known without a question. */
  readonly hostname?: string;
  /** Default: the system's. */
  readonly clock?: Clock;
  text(command: string, options?: SourceOptions): Promise<string>;
  json(command: string, options?: SourceOptions): Promise<unknown>;
  xml(question: XmlQuestion, options?: SourceOptions): Promise<string>;
}

export interface SourceOptions extends CallOptions {
  readonly isAnswer?: RegExp;
}
