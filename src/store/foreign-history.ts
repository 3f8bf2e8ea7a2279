import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { abortError, NetwrightError } from '#core';
import { type LoggedFile, readLog } from './commit-log.ts';
import { git } from './git-process.ts';
import { ObjectReader } from './object-reader.ts';

export const foreignKinds = ['oxidized', 'rancid'] as const;
export type ForeignKind = (typeof foreignKinds)[number];

/** A commit of another tool's repository, with the configurations that it brought or took away. */
export interface ForeignCommit {
  readonly sha: string;
  readonly author: string;
  readonly authoredAtMs: number;
  readonly committedAtMs: number;
  readonly message: string;
  readonly files: readonly ForeignFile[];
}

export interface ForeignFile {
  readonly device: string;
  /** Where the configuration stands, tool-specific folders taken out: `cairo/r1`. */
  readonly path: string;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Undefined: the device was taken away. */
  readonly content: Buffer | undefined;
}

export interface ForeignHistory {
  readonly commits: number;
  read(signal?: AbortSignal): AsyncIterable<ForeignCommit>;
}

/**
 * The history of a repository that Oxidized or RANCID wrote, oldest first.
 * @param group stands before every path, for repositories that hold one group each
 * @throws `NW_IMPORT_INVALID` when there is no repository or nothing in it
 */
export async function openForeignHistory(path: string, kind: ForeignKind, group?: string): Promise<ForeignHistory> {
  const nested = join(path, '.git');
  const repository = existsSync(nested) ? nested : path;
  const count = await git(repository, ['rev-list', '--count', '--first-parent', 'HEAD', '--']).catch((error: Error) => {
    throw new NetwrightError('NW_IMPORT_INVALID', `${path} is no git repository with commits: ${error.message}`, {
      cause: error,
    });
  });
  return {
    commits: Number(count.trim()),
    async *read(signal) {
      const objects = new ObjectReader(repository);
      try {
        for await (const commit of readLog(repository, 'HEAD', objects)) {
          if (signal?.aborted) throw abortError(signal);
          const placed = commit.files.flatMap((file) => placeOf(file, kind, group));
          const files: ForeignFile[] = [];
          for (const { device, path: at, file } of placed) {
            const { linesAdded, linesRemoved } = file;
            const content = file.deleted ? undefined : (await objects.read(file.blob)).content;
            files.push({ device, path: at, linesAdded, linesRemoved, content });
          }
          yield { ...commit, files };
        }
      } finally {
        await objects.close();
      }
    },
  };
}

/** Oxidized writes `<group>/<node>` or `<node>`; RANCID `<group>/configs/<host>` or `configs/<host>` beside its own files. */
function placeOf(
  file: LoggedFile,
  kind: ForeignKind,
  group: string | undefined,
): { readonly device: string; readonly path: string; readonly file: LoggedFile }[] {
  const parts = file.path.split('/');
  const device = parts.at(-1)!;
  if (device === '' || device.startsWith('.')) return [];
  let folders = parts.slice(0, -1);
  if (kind === 'rancid') {
    if (folders.at(-1) !== 'configs') return [];
    folders = folders.slice(0, -1);
  }
  return [{ device, path: [...(group === undefined ? [] : [group]), ...folders, device].join('/'), file }];
}
