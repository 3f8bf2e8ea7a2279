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
   * Every platform, in the order of ids. A file of the workspace that is not well formed is left out and told to
   * `onInvalid` (default: the log), so that one mistake does not stop what needs another platform.
   */
  all(onInvalid?: (error: NetwrightError) => void): AsyncIterable<Platform>;
}
