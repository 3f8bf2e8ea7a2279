import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitVersion } from './git-process.ts';
import type { Repository } from './repository.ts';

/** Packs of single runs that may stand beside one another. */
const mostPacks = 12;

/**
 * Joins the packs of single runs. Each run leaves one, whose objects are no deltas of those in other packs; a
 * geometric repack (git 2.32) joins the small ones, with deltas between them, so that every object is repacked a
 * logarithmic number of times over the years and there are never more than a dozen packs.
 */
export async function consolidate(repository: Repository, signal?: AbortSignal): Promise<void> {
  const crashes = (await readdir(repository.path)).filter((name) => /^fast_import_crash_\d+$/.test(name));
  if (crashes.length > 0) {
    // A fast-import whose owner was killed leaves a pack that nothing refers to: only a whole repack drops that.
    await git(repository.path, ['-c', 'pack.threads=1', 'repack', '-q', '-l', '-a', '-d'], { signal });
    for (const name of crashes) await rm(join(repository.path, name), { force: true });
    return;
  }
  const names = await readdir(join(repository.path, 'objects', 'pack')).catch(() => [] as string[]);
  const packs = names.filter((name) => name.endsWith('.pack') && !names.includes(name.replace(/pack$/, 'keep')));
  if (packs.length <= mostPacks) return;
  const [major, minor] = await gitVersion();
  const geometric = major > 2 || (major === 2 && minor >= 32);
  const how = geometric ? ['--geometric=2', '-d'] : ['-a', '-d'];
  await git(repository.path, ['-c', 'pack.threads=1', 'repack', '-q', '-l', ...how], { signal });
}
