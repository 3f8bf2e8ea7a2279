import { readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import type { LinkContext } from '../reader.ts';
import { parseJsonWithComments } from './json-with-comments.ts';

/** A package.json or tsconfig.json, and its folder seen from the root of the model (`..` when it stands above). */
export interface SettingsFile {
  readonly folder: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** package.json and tsconfig.json of the tree and of the folders above it. Each is read once. */
export class PackageFiles {
  readonly #context: LinkContext;
  readonly #seen = new Map<string, SettingsFile | undefined>();

  constructor(context: LinkContext) {
    this.#context = context;
  }

  /** The nearest file of that name, from a folder upwards to the root of the file system. */
  nearest(name: string, folder: string): SettingsFile | undefined {
    const key = `${name}\0${folder}`;
    if (this.#seen.has(key)) return this.#seen.get(key);
    const here = this.read(posix.join(folder, name));
    const isTop = dirname(resolve(this.#context.root, folder)) === resolve(this.#context.root, folder);
    const found = here ?? (isTop ? undefined : this.nearest(name, folder === '' ? '..' : posix.join(folder, '..')));
    this.#seen.set(key, found);
    return found;
  }

  /** The file at a path seen from the root, `..` allowed. */
  read(path: string): SettingsFile | undefined {
    const key = `=${path}`;
    if (this.#seen.has(key)) return this.#seen.get(key);
    const text = this.#textOf(path);
    const content = text === undefined ? undefined : parseJsonWithComments(text);
    const isObject = typeof content === 'object' && content !== null;
    const folder = posix.dirname(path);
    const file = isObject
      ? { folder: folder === '.' ? '' : folder, content: content as Record<string, unknown> }
      : undefined;
    this.#seen.set(key, file);
    return file;
  }

  /** A path that a settings file names, seen from the root. */
  place(folder: string, path: string): string {
    const whole = relative(this.#context.root, resolve(this.#context.root, folder, path));
    return sep === '/' ? whole : whole.replaceAll(sep, '/');
  }

  #textOf(path: string): string | undefined {
    if (!path.startsWith('..')) {
      return this.#context.files.has(path) ? this.#context.readBeside(path) : undefined;
    }
    try {
      return readFileSync(resolve(this.#context.root, path), 'utf8');
    } catch {
      // No such file above the root: the search goes on upwards.
      return undefined;
    }
  }
}
