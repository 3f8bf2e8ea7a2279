import type { NetwrightError } from '#core';
import type { Platform } from './platform.ts';

/** All platforms that are known here: ours and those of the workspace, loaded when asked for. */
export interface PlatformRegistry {
  /** By id or alias. @throws NetwrightError `NW_PLATFORM_UNKNOWN` (with a suggestion) or `NW_PLATFORM_INVALID`. */
  get(id: string): Promise<Platform>;
  /** The canonical id of an id or alias; undefined when unknown. Needs no loading. */
  resolve(id: string): string | undefined;
  ids(): readonly string[];
  /**
   * What is doubtful and taken all the same in the files of the workspace, such as a pattern that may take very long:
   * sentences with file, line and column. With an id or alias, those of its file alone.
   */
  doubts(id?: string): readonly string[];
  /**
   * Every platform, in the order of ids. A file of the workspace that is not well formed is left out and told to
   * `onInvalid` (default: the log), so that one mistake does not stop what needs another platform.
   */
  all(onInvalid?: (error: NetwrightError) => void): AsyncIterable<Platform>;
}
