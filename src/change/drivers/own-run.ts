/** Where the newest commits of a change stand in a log that begins with the newest. */
export interface OwnRun {
  /** How many commits of others came later. */
  readonly later: number;
  /** How many have to be taken back for the change to be gone: those later ones, and its own that stand together. */
  readonly depth: number;
}

/**
 * Finds them. What stands further down, behind somebody else's commit or a rollback of the device, was over before.
 * @returns undefined when the log has none of the change
 */
export function ownRun<T>(newestFirst: readonly T[], isOwn: (commit: T) => boolean): OwnRun | undefined {
  const later = newestFirst.findIndex(isOwn);
  if (later < 0) return undefined;
  const behind = newestFirst.findIndex((commit, at) => at > later && !isOwn(commit));
  return { later, depth: behind < 0 ? newestFirst.length : behind };
}
