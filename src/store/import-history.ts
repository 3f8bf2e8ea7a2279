import { abortError, NetwrightError } from '#core';
import { authorOf, identity } from './commit-message.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import { FastImport, type FastImportChange } from './fast-import.ts';
import type { ForeignCommit } from './foreign-history.ts';
import { PathPlan } from './path-plan.ts';
import type { Repository } from './repository.ts';
import { blobId, isOwnPath } from './run-writer.ts';
import type { IndexedCommit, IndexedVersion, VersionIndex } from './version-index.ts';

export interface ImportHistoryParts {
  readonly repository: Repository;
  readonly head: string | undefined;
  readonly index: VersionIndex;
  readonly stored: (commits: readonly IndexedCommit[]) => Promise<void>;
}

export type ImportedHistory = Awaited<ReturnType<ConfigurationStore['importHistory']>>;

/**
 * Writes the history of another tool after what is here, commit by commit with its own author, dates and message.
 * All of it or, when anything fails, nothing: the branch moves at the end.
 */
export async function importHistory(
  commits: AsyncIterable<ForeignCommit>,
  parts: ImportHistoryParts,
  signal?: AbortSignal,
): Promise<ImportedHistory> {
  const paths = new PathPlan();
  const existing = new Set<string>();
  for await (const places of parts.index.places()) {
    for (const place of places) {
      paths.place(place);
      existing.add(place.device);
    }
  }
  const into = new FastImport(parts.repository.path);
  try {
    const current = new Map<string, { blob: string; sizeBytes: number }>();
    const imported: IndexedCommit[] = [];
    let parent = parts.head;
    let versions = 0;
    for await (const commit of commits) {
      if (signal?.aborted) throw abortError(signal);
      const indexed: IndexedVersion[] = [];
      const changes: FastImportChange[] = [];
      // Taken away first: a device that moved within one commit is known by its name.
      for (const file of commit.files.toSorted(
        (a, b) => Number(a.content !== undefined) - Number(b.content !== undefined),
      )) {
        if (existing.has(file.device)) throw alreadyHere(file.device);
        const version = await take(file, { paths, current, changes, into, hash: parts.repository.hash });
        if (version) indexed.push(version);
      }
      const merged = withoutMoves(indexed);
      if (merged.length === 0) continue;
      versions += merged.length;
      const who = identity(commit.author);
      const subject = commit.message.split('\n', 1)[0] ?? '';
      const odd = merged.filter((version) => !isOwnPath(version));
      const trailers = [
        'Run-Id: import',
        `Reason: ${subject}`,
        `Imported-From: ${commit.sha}`,
        ...odd.map(({ path, device }) => `Device: ${JSON.stringify([path, device])}`),
      ];
      const sha = await into.commit({
        ref: parts.repository.ref,
        ...(parent === undefined ? {} : { parent }),
        author: who,
        committer: who,
        authoredAtMs: commit.authoredAtMs,
        committedAtMs: commit.committedAtMs,
        message: `${commit.message.trimEnd() || 'Imported'}\n\n${trailers.join('\n')}\n`,
        changes,
      });
      parent = undefined;
      imported.push({
        sha,
        atMs: commit.committedAtMs,
        runId: 'import',
        author: authorOf(who),
        reason: subject,
        versions: merged,
      });
    }
    if (imported.length === 0) {
      await into.abandon();
      return { commits: 0, versions: 0, devices: 0 };
    }
    await into.finish();
    await parts.stored(imported);
    return { commits: imported.length, versions, devices: current.size };
  } catch (error) {
    await into.abandon();
    throw error;
  }
}

const alreadyHere = (device: string): NetwrightError =>
  new NetwrightError('NW_IMPORT_INVALID', `${device} has a history here already, another cannot be put before it`, {
    hint: 'import before the first backup, or into a workspace of its own',
  });

async function take(
  file: ForeignCommit['files'][number],
  state: {
    readonly paths: PathPlan;
    readonly current: Map<string, { blob: string; sizeBytes: number }>;
    readonly changes: FastImportChange[];
    readonly into: FastImport;
    readonly hash: string;
  },
): Promise<IndexedVersion | undefined> {
  const { device, path, content, linesAdded, linesRemoved } = file;
  const last = state.current.get(device);
  if (content === undefined) {
    if (last === undefined || state.paths.pathOf(device) !== path) return undefined;
    state.paths.release(device);
    state.changes.push({ path, deleted: true });
    return { device, path, ...last, linesAdded: 0, linesRemoved: 0, retired: true };
  }
  const blob = blobId(state.hash, content);
  const before = state.paths.claim(device, path);
  if (last?.blob === blob && before === path) return undefined;
  if (before !== undefined && before !== path) state.changes.push({ path: before, deleted: true });
  state.changes.push({ path, mark: await state.into.blob(content) });
  const sizeBytes = content.byteLength;
  state.current.set(device, { blob, sizeBytes });
  return { device, path, blob, sizeBytes, linesAdded, linesRemoved, retired: false };
}

/** A device that was taken away and brought back in one commit has moved: one version. */
function withoutMoves(versions: readonly IndexedVersion[]): IndexedVersion[] {
  const here = new Set(versions.filter(({ retired }) => !retired).map(({ device }) => device));
  return versions.filter(({ device, retired }) => !retired || !here.has(device));
}
