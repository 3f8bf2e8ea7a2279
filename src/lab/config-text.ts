/** A configuration that can be edited, by several sessions at once: running, a candidate, a named session. */
export interface ConfigText {
  readonly text: string;
  /** Another number after every change, whoever made it. */
  readonly revision: number;
  set(text: string): void;
  /** Hears of each line that was taken, with the sections in which it was typed. */
  record?(path: readonly string[], line: string): void;
}
