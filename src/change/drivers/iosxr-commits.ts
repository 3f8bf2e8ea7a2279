import type { Session } from '#device';
import { ownRun } from './own-run.ts';
import type { Pace } from './pace.ts';

/** An entry of `show configuration commit list detail`; 1 is the newest. */
export interface XrCommit {
  readonly number: number;
  readonly id: string;
  readonly user: string;
  readonly comment: string;
}

/**
 * ```
 *    1) CommitId: 1000000009                 Label: NONE
 *       UserId:   noc                        Line:  vty0
 *       Client:   CLI                        Time:  Fri Nov 20 09:26:45 2026
 *       Comment:  netwright-7f3a: new uplink
 * ```
 */
export function parseCommitList(text: string): readonly XrCommit[] {
  const commits: XrCommit[] = [];
  for (const line of text.split('\n')) {
    const first = /^\s*(\d{1,4})\) CommitId:\s+(\d+)/.exec(line);
    if (first) commits.push({ number: Number(first[1]), id: first[2]!, user: '', comment: '' });
    const last = commits.at(-1);
    if (!last) continue;
    const user = /^\s*UserId:\s+(\S+)/.exec(line)?.[1];
    const comment = /^\s*Comment:\s+(.*\S)/.exec(line)?.[1];
    commits[commits.length - 1] = {
      ...last,
      ...(user === undefined ? {} : { user }),
      ...(comment === undefined ? {} : { comment }),
    };
  }
  return commits;
}

export const readCommitList = async (session: Session, pace: Pace): Promise<readonly XrCommit[]> =>
  parseCommitList(await session.send('show configuration commit list detail', pace(60_000)));

/** How many commits have to be taken back for the change to be gone, and which of them are not its own. */
export function depthOf(
  commits: readonly XrCommit[],
  name: string,
): { readonly depth: number; readonly others: readonly XrCommit[] } {
  const isOurs = ({ comment }: XrCommit): boolean =>
    comment === name || comment.startsWith(`${name} `) || comment.startsWith(`${name}:`);
  const { depth, later } = ownRun(commits, isOurs) ?? { depth: 0, later: 0 };
  return { depth, others: commits.slice(0, later) };
}
