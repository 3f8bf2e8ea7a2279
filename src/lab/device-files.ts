import { posix } from 'node:path';

/** What the storage of a system is like. */
export interface FileSystem {
  /** `flat`: names behind a prefix such as `flash:`; `tree`: paths from `/`. */
  readonly kind: 'flat' | 'tree';
  /** Printed before names: `flash:/`. */
  readonly prefix: string;
  /** Where relative names belong, for `tree`. */
  readonly home?: string;
  readonly totalBytes: number;
  /** Taken by images and the like. */
  readonly usedBytes: number;
}

/** The files of one device that somebody put there. */
export class DeviceFiles {
  readonly system: FileSystem;
  readonly #files = new Map<string, { readonly bytes: Buffer; readonly atMs: number }>();
  isFull = false;

  constructor(system: FileSystem) {
    this.system = system;
  }

  /** The name by which a file is kept: `flash:/x` and `x` are one. */
  plain(name: string): string {
    const bare = name.replace(/^[a-z][a-z0-9-]{1,20}:/i, '');
    if (this.system.kind === 'flat') return posix.normalize(`/${bare}`).slice(1);
    return posix.normalize(bare.startsWith('/') ? bare : `${this.system.home ?? ''}/${bare}`);
  }

  read(name: string): Buffer | undefined {
    return this.#files.get(this.plain(name))?.bytes;
  }

  text(name: string): string | undefined {
    return this.read(name)?.toString('utf8');
  }

  atMs(name: string): number {
    return this.#files.get(this.plain(name))?.atMs ?? 0;
  }

  /** @returns false when there is no room for it. */
  write(name: string, content: Buffer | string, atMs: number): boolean {
    const bytes = Buffer.from(content);
    const kept = this.read(name)?.length ?? 0;
    if (this.isFull || bytes.length - kept > this.freeBytes) return false;
    this.#files.set(this.plain(name), { bytes, atMs });
    return true;
  }

  delete(name: string): boolean {
    return this.#files.delete(this.plain(name));
  }

  get names(): string[] {
    return [...this.#files.keys()].sort();
  }

  get freeBytes(): number {
    if (this.isFull) return 0;
    let taken = this.system.usedBytes;
    for (const { bytes } of this.#files.values()) taken += bytes.length;
    return Math.max(0, this.system.totalBytes - taken);
  }
}
