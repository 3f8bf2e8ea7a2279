import type { Language } from './model.ts';

export interface ReadOptions {
  /** Where facts of files are kept by content, so that a second reading parses only what changed. Default: nowhere. */
  readonly cacheFolder?: string;
  /** Cancels between files with `NW_CANCELLED`. */
  readonly signal?: AbortSignal;
  /** Called at most ten times a second, and at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Only files below these paths or matching these globs (relative to the root). */
  readonly only?: readonly string[];
  /** Left out, beside `node_modules`, `.git`, `__pycache__`, `dist`, `.venv`, `site-packages` and hidden folders. */
  readonly exclude?: readonly string[];
  readonly languages?: readonly Language[];
  /** Larger files are skipped with a warning. Default 2 MiB. */
  readonly maxFileBytes?: number;
  /** Worker threads at most; 0 reads in this thread. Default: as many as pay for the number of bytes. */
  readonly threads?: number;
}

export interface ReadProgress {
  readonly stage: 'walking' | 'reading' | 'linking' | 'done';
  readonly filesDone: number;
  readonly filesTotal: number;
  /** Files whose facts came out of the cache. */
  readonly filesCached: number;
}

/** A Python package to be found where Python keeps packages. */
export interface PythonPackage {
  /** `netmiko`, `jnpr.junos`. */
  readonly package: string;
  /** Folders to look in, before the usual ones. */
  readonly searchFolders?: readonly string[];
}
