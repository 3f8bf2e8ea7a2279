import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError } from '#core';
import { git, gitEnd, spawnGit, storeError } from './git-process.ts';

const description = 'Configurations of network devices, kept by Netwright\n';

export interface Repository {
  /** What git calls the git directory. */
  readonly path: string;
  /** `refs/heads/main`, or whatever branch a repository of old has. */
  readonly ref: string;
  /** `sha1` or `sha256`. */
  readonly hash: string;
}

/** Opens the repository at `path`, making a bare one with the branch `main` when there is none. */
export async function openRepository(path: string): Promise<Repository> {
  const nested = join(path, '.git');
  const folder = existsSync(nested) ? nested : path;
  if (!existsSync(join(folder, 'HEAD'))) {
    await refuseForeign(folder);
    await mkdir(folder, { recursive: true });
    // No template: no sample hooks, no description that asks to be edited.
    await git(folder, [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      '--initial-branch=main',
      '--object-format=sha1',
      folder,
    ]);
    await writeFile(join(folder, 'description'), description);
    return { path: folder, ref: 'refs/heads/main', hash: 'sha1' };
  }
  const hash = (await git(folder, ['rev-parse', '--show-object-format'])).trim();
  const [, ref = 'refs/heads/main'] =
    /^ref: (refs\/heads\/\S+)/.exec(await readFile(join(folder, 'HEAD'), 'utf8')) ?? [];
  return { path: folder, ref, hash: hash === 'sha256' ? 'sha256' : 'sha1' };
}

async function refuseForeign(folder: string): Promise<void> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const strange = names.filter((name) => !/^(description|config|objects|refs|info|lock|.*\.lock.*)$/.test(name));
  if (strange.length === 0) return;
  throw new NetwrightError(
    'NW_STORE_FAILED',
    `${folder} holds files ("${strange[0]}") but is no git repository; a repository is only made in an empty folder`,
    { retryable: false },
  );
}

/** The newest commit; undefined in an empty repository. */
export async function headOf(repository: Repository): Promise<string | undefined> {
  const written = await writtenRef(repository);
  if (written !== 'ask git') return written;
  const answer = await git(repository.path, ['rev-parse', '--verify', '--quiet', `${repository.ref}^{commit}`], {
    accept: [0, 1],
  });
  return answer.trim() || undefined;
}

/**
 * What stands in the file of the ref, or among the packed ones (gitrepository-layout(5)): to start git for that costs the event
 * loop as much as ten backups. A ref kept in another way is git's to tell.
 */
async function writtenRef({ path, ref }: Repository): Promise<string | undefined> {
  if (['reftable', 'commondir'].some((name) => existsSync(join(path, name)))) return 'ask git';
  const text = async (name: string): Promise<string | undefined> =>
    await readFile(join(path, name), 'latin1').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw storeError(`${join(path, name)} could not be read`, error.message, error);
    });
  const loose = (await text(ref))?.trim();
  if (loose !== undefined) return isObjectId(loose) ? loose : 'ask git';
  const packed = (await text('packed-refs'))?.split('\n').find((line) => line.endsWith(` ${ref}`));
  if (packed === undefined) return undefined;
  const id = packed.slice(0, -ref.length - 1);
  return isObjectId(id) ? id : 'ask git';
}

const isObjectId = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

export async function isAncestor(repository: Repository, older: string, newer: string): Promise<boolean> {
  const child = spawnGit(repository.path, ['merge-base', '--is-ancestor', older, newer]);
  child.stdin.end();
  child.stdout.resume();
  // 1: it is not; 128: the older one is no object of this repository.
  return (await gitEnd(child)).code === 0;
}

/**
 * Takes away what writers that were killed left behind: half-written packs and objects, locks of refs. Crash reports
 * stay for `consolidate`, which looks for what else such a writer left. Only called by the one writer, under the lock of the repository.
 */
export async function tidy(repository: Repository): Promise<void> {
  const remove = async (folder: string, stale: RegExp): Promise<void> => {
    const at = join(repository.path, folder);
    for (const name of existsSync(at) ? await readdir(at) : []) {
      if (stale.test(name)) await rm(join(at, name), { force: true });
    }
  };
  await remove('', /^((HEAD|packed-refs|config)\.lock|gc\.pid)$/);
  await remove('objects/pack', /^(tmp_|\.tmp-)/);
  await remove('objects', /^tmp_/);
  await rm(`${join(repository.path, repository.ref)}.lock`, { force: true });
}
