import { text } from 'node:stream/consumers';
import { gitEnd, spawnGit, storeError } from './git-process.ts';

/**
 * Messages of all commits of a repository that contain a text, newest first; none when there is no commit yet.
 * @throws `NW_STORE_FAILED`, `NW_GIT_MISSING`
 */
export async function commitMessages(repository: string, containing: string): Promise<readonly string[]> {
  const log = spawnGit(repository, [
    'log',
    '--all',
    '-z',
    '--format=%B',
    '--fixed-strings',
    `--grep=${containing}`,
    '--',
  ]);
  log.stdin.end();
  const [messages, { code, words }] = await Promise.all([text(log.stdout), gitEnd(log)]);
  if (code !== 0) throw storeError(`${repository}: git log`, words);
  return messages.split('\0').filter((message) => message !== '');
}
