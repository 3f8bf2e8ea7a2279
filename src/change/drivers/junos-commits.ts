import type { Session } from '#device';
import { ownRun } from './own-run.ts';
import type { Pace } from './pace.ts';

/** An entry of `show system commit`; 0 is what is running. */
export interface JunosCommit {
  readonly number: number;
  /** `2026-11-20 09:26:45 UTC by noc via cli` */
  readonly text: string;
  readonly comment: string;
  /** It was committed on trial; as long as it is the newest, the device still waits for the confirmation. */
  readonly isTrial: boolean;
}

/**
 * ```
 * 0   2026-11-20 09:26:45 UTC by noc via cli commit confirmed, rollback in 5mins
 *     netwright-7f3a: new uplink
 * ```
 */
export function parseCommits(text: string): readonly JunosCommit[] {
  const commits: JunosCommit[] = [];
  for (const line of text.split('\n')) {
    const entry = /^(\d{1,3}) {1,8}(\d{4}-.*)$/.exec(line);
    if (entry) {
      const isTrial = /\bcommit confirmed\b/.test(entry[2]!);
      commits.push({ number: Number(entry[1]), text: entry[2]!, comment: '', isTrial });
      continue;
    }
    const last = commits.at(-1);
    if (last && /^\s+\S/.test(line)) {
      commits[commits.length - 1] = { ...last, comment: `${last.comment} ${line.trim()}`.trim() };
    }
  }
  return commits;
}

export const readCommits = async (session: Session, pace: Pace): Promise<readonly JunosCommit[]> =>
  parseCommits(await session.send('show system commit', pace(60_000)));

/** Where a change stands in the log: the entries that carry its name. */
export interface JunosPlace {
  /** The oldest entry of the change: `rollback` to the one behind it takes it back. Undefined when there is none. */
  readonly oldest: number | undefined;
  /** Entries of others that came after it. */
  readonly later: readonly JunosCommit[];
  readonly isPending: boolean;
}

export function placeOf(commits: readonly JunosCommit[], name: string): JunosPlace {
  const isOurs = ({ comment }: JunosCommit): boolean =>
    comment === name || comment.startsWith(`${name} `) || comment.startsWith(`${name}:`);
  const run = ownRun(commits, isOurs);
  return {
    oldest: run && commits[run.depth - 1]?.number,
    later: commits.slice(0, run?.later ?? 0),
    isPending: commits.slice(0, 1).some((commit) => commit.isTrial && isOurs(commit)),
  };
}
