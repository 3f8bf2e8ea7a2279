import { NetwrightError } from '#core';
import type { Place } from './version-index.ts';

/**
 * Which device stands at which path of the tree. git would quietly replace a file by a folder of the same name, or
 * one device's file by another's: here that is refused.
 */
export class PathPlan {
  readonly #owners = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  /** How many paths lie below each folder. */
  readonly #folders = new Map<string, number>();

  /** A device that stands there already. */
  place({ device, path, live }: Place): void {
    if (live) this.#put(device, path);
  }

  pathOf(device: string): string | undefined {
    return this.#paths.get(device);
  }

  /** Gives the path to the device; resolves to the one that it had before. @throws `NW_CONFIG_INVALID`. */
  claim(device: string, path: string): string | undefined {
    const before = this.#paths.get(device);
    if (before === path) return before;
    checkPath(device, path);
    if (before !== undefined) this.release(device);
    const clash =
      this.#owners.get(path) ??
      (this.#folders.has(path) ? `the folder of other devices` : undefined) ??
      foldersOf(path)
        .map((folder) => this.#owners.get(folder))
        .find((owner) => owner !== undefined);
    if (clash !== undefined) {
      if (before !== undefined) this.#put(device, before);
      throw new NetwrightError(
        'NW_CONFIG_INVALID',
        `${device} cannot be stored at "${path}", there is "${clash}" already`,
        { hint: 'choose a `backup.path` that gives every device a path of its own, such as {site}/{name}' },
      );
    }
    this.#put(device, path);
    return before;
  }

  release(device: string): void {
    const path = this.#paths.get(device);
    if (path === undefined) return;
    this.#paths.delete(device);
    this.#owners.delete(path);
    for (const folder of foldersOf(path)) {
      const left = (this.#folders.get(folder) ?? 1) - 1;
      if (left === 0) this.#folders.delete(folder);
      else this.#folders.set(folder, left);
    }
  }

  #put(device: string, path: string): void {
    this.#paths.set(device, path);
    this.#owners.set(path, device);
    for (const folder of foldersOf(path)) this.#folders.set(folder, (this.#folders.get(folder) ?? 0) + 1);
  }
}

/** `a/b/c` lies in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

/** Names that git refuses in a tree (`git fsck` calls them hasDot, hasDotdot, hasDotgit, zeroPaddedFilemode, …). */
function checkPath(device: string, path: string): void {
  const bad = path
    .split('/')
    .find((part) => part === '' || part === '.' || part === '..' || /^\.git$/i.test(part) || /[\0\n]/.test(part));
  if (path.length <= 1_000 && bad === undefined && path.isWellFormed()) return;
  throw new NetwrightError(
    'NW_CONFIG_INVALID',
    `${device} cannot be stored at "${path.slice(0, 200)}": git takes no such path`,
  );
}
